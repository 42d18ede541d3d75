//! A deed within a capture: the receipt is issued in the transaction that books the money.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use base::id::TokenPackId;
use base::{Fault, Timestamp};
use jiff::tz::TimeZone;
use store::Tx;

use super::receipt::{Line, Receipt};
use super::rows;
use crate::payments::{Attempt, Payment};
use crate::{Billing, catalog};

/// Issues the receipts for what attempts took, numbered in their order.
pub(crate) async fn issue(
    tx: &mut Tx,
    billing: &Billing,
    sold: &[(Payment, Attempt)],
    now: Timestamp,
) -> Result<(), Fault> {
    let Some(many) = i64::try_from(sold.len()).ok().filter(|many| *many > 0) else { return Ok(()) };
    let year = now.to_zoned(TimeZone::UTC).year();
    let before = rows::take_numbers(tx, year, many).await? - many;
    let mut codes: HashMap<TokenPackId, String> = HashMap::new();
    let mut receipts = Vec::with_capacity(sold.len());
    for (number, (payment, attempt)) in (before + 1..).zip(sold) {
        let code = match codes.entry(payment.pack) {
            Entry::Occupied(known) => known.get().clone(),
            Entry::Vacant(new) => {
                let pack = catalog::find(tx, payment.pack).await?;
                new.insert(pack.map(|pack| pack.code).unwrap_or_default()).clone()
            }
        };
        let number = format!("{year}-{number:06}");
        receipts.push(receipt(billing, payment, attempt, (number, code), now));
    }
    rows::insert(tx, &receipts).await
}

fn receipt(
    billing: &Billing,
    payment: &Payment,
    attempt: &Attempt,
    (number, code): (String, String),
    now: Timestamp,
) -> Receipt {
    let account = billing.accounts.get(&attempt.account);
    Receipt {
        id: billing.env.id(),
        number,
        payment: payment.id,
        attempt: attempt.id,
        customer: payment.customer,
        issued_at: now,
        lines: vec![Line {
            pack: payment.pack,
            code,
            tokens: attempt.sold(payment.tokens),
            amount: attempt.captured,
        }],
        total: attempt.captured,
        descriptor: account.map(|account| account.descriptor.clone()).unwrap_or_default(),
        card: attempt.card.clone(),
        processor: account.map(crate::Account::support).unwrap_or_default(),
        seller: billing.site.legal_name.clone(),
        seller_mail: billing.site.support_mail.clone(),
    }
}
