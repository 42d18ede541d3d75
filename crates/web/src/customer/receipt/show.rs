//! A payment's receipt: what was bought, what it cost, how it reads on the statement, who to ask.

use askama::Template;
use axum::extract::Path;
use base::Timestamp;
use base::id::PaymentId;
use billing::{payments, receipts};
use processor::SupportContact;

use crate::answer::{Answer, html};
use crate::customer::billing_support;
use crate::guard::Trouble;
use crate::guard::session::Visit;
use crate::layout::{Frame, Place};
use crate::parts::Statement;

/// The receipt.
#[derive(Template)]
#[template(path = "customer/receipt/show.html")]
pub(crate) struct Page {
    pub(crate) frame: Frame,
    pub(crate) number: String,
    pub(crate) issued_at: Timestamp,
    pub(crate) items: Vec<String>,
    pub(crate) amount: String,
    pub(crate) seller: String,
    pub(crate) card: Option<String>,
    pub(crate) statement: Statement,
    pub(crate) contact: SupportContact,
    pub(crate) reference: Option<String>,
    /// Where the house that took the payment is described.
    pub(crate) support: String,
}

/// `GET /{language}/receipt/{payment}`: for the customer whose payment it is.
pub(crate) async fn show(visit: Visit, Path((_, id)): Path<(String, PaymentId)>) -> Answer {
    visit.customer()?;
    let mut reader = visit.house.billing.store.read().await?;
    let receipt = receipts::of_payment(&mut reader, id).await?;
    let receipt = receipt.filter(|receipt| visit.is(receipt.customer));
    let receipt = receipt.ok_or(Trouble::NotFound)?;
    let attempt = payments::find_attempt(&mut reader, receipt.attempt).await?;
    drop(reader);
    let frame = visit.frame(visit.words.text("receipts-title"), Place::Wallet);
    let amount = frame.money(&receipt.total);
    let page = Page {
        number: receipt.number,
        issued_at: receipt.issued_at,
        items: receipt
            .lines
            .iter()
            .map(|line| frame.tokens("receipts-item-tokens", &line.tokens))
            .collect(),
        support: billing_support::show::link(&receipt.descriptor, ""),
        statement: Statement {
            descriptor: receipt.descriptor,
            amount: amount.clone(),
            processor: receipt.processor.name.clone(),
        },
        amount,
        seller: receipt.seller,
        card: receipt.card.and_then(|card| card_line(&card)),
        contact: receipt.processor,
        reference: attempt.and_then(|attempt| attempt.transaction),
        frame,
    };
    html(visit.language(), &page)
}

/// `Visa …1111`, as far as it is known.
fn card_line(card: &processor::Card) -> Option<String> {
    let digits = card.last4.as_ref()?;
    let brand = card.brand.as_deref().unwrap_or_default();
    Some(format!("{brand} …{digits}").trim().to_owned())
}
