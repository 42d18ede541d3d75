//! Somebody who looked a charge up wants its details sent to the mail on file.

use base::id::{CustomerId, PaymentId};
use base::{Stop, Timestamp};
use billing::receipts;
use identity::{Email, customers};

use super::letter;
use crate::Desk;
use crate::mail::{NewMail, queue};

/// The kind of mail.
const KIND: &str = "charge_details";

/// Writes the mail about these charges of a customer, in their language; once a day, however often
/// it is asked for. Without an address on file nothing is written.
///
/// # Errors
/// A fault if the database fails.
pub async fn send_details(
    desk: &Desk,
    customer: CustomerId,
    charges: &[PaymentId],
) -> Result<(), Stop> {
    let billing = &desk.billing;
    let host = billing.site.base_url.host_str().unwrap_or("localhost");
    let written = store::write!(billing.store, |tx| {
        let customer = customers::find(tx, customer).await?;
        let mut bought = Vec::new();
        for charge in charges {
            bought.extend(receipts::of_payment(tx, *charge).await?);
        }
        let theirs = customer.as_ref().map(|customer| customer.id);
        bought.retain(|receipt| Some(receipt.customer) == theirs);
        let (Some(customer), Some(newest)) = (customer, bought.first()) else { return Ok(None) };
        let Some(Ok(to)) = customer.email.as_deref().map(Email::checked) else { return Ok(None) };
        let mail = NewMail {
            to,
            language: customer.language,
            kind: KIND,
            about: Some(about(newest.payment, billing.env.now())),
            letter: letter::write(&billing.site, &customer, &bought)?,
        };
        Ok(queue(tx, &billing.env, &desk.post, host, mail).await?)
    })?;
    if written.is_some() {
        metrics::counter!("paydesk_mails", "outcome" => "written").increment(1);
    }
    Ok(())
}

/// What the mail is about: the newest charge, today.
fn about(newest: PaymentId, now: Timestamp) -> String {
    format!("{newest} {}", now.strftime("%Y-%m-%d"))
}
