//! A deed within a capture: the receipt is issued in the transaction that books the money.

use base::{Fault, Timestamp};
use jiff::tz::TimeZone;
use store::Tx;

use super::receipt::{Line, Receipt};
use super::rows;
use crate::payments::{Attempt, Payment};
use crate::{Billing, catalog};

/// Issues the receipt for what an attempt took.
pub(crate) async fn issue(
    tx: &mut Tx,
    billing: &Billing,
    payment: &Payment,
    attempt: &Attempt,
    now: Timestamp,
) -> Result<Receipt, Fault> {
    let year = now.to_zoned(TimeZone::UTC).year();
    let number = format!("{year}-{:06}", rows::next_number(tx, year).await?);
    let code = catalog::find(tx, payment.pack).await?.map(|pack| pack.code).unwrap_or_default();
    let account = billing.accounts.get(&attempt.account);
    let receipt = Receipt {
        id: billing.env.id(),
        number,
        payment: payment.id,
        attempt: attempt.id,
        customer: payment.customer,
        issued_at: now,
        lines: vec![Line {
            pack: payment.pack,
            code,
            tokens: payment.tokens,
            amount: attempt.captured,
        }],
        total: attempt.captured,
        descriptor: account.map(|account| account.descriptor.clone()).unwrap_or_default(),
        card: attempt.card.clone(),
        processor: account.map(|account| account.connector.support()).unwrap_or_default(),
        seller: billing.site.legal_name.clone(),
        seller_mail: billing.site.support_mail.clone(),
    };
    rows::insert(tx, &receipt).await?;
    Ok(receipt)
}
