//! Hears that a payment was captured and writes the receipt's mail in the same transaction.

use async_trait::async_trait;
use base::id::PaymentId;
use base::{Env, Fault};
use billing::Site;
use billing::receipts::{self, Receipt};
use identity::{Customer, Email, customers};
use store::Tx;
use store::outbox::{Event, Listener};

use super::letter;
use crate::mail::{NewMail, Post, queue};

/// The kind of mail.
const KIND: &str = "receipt";

/// What is read of the event; everything else is looked up.
#[derive(serde::Deserialize)]
struct Captured {
    id: PaymentId,
}

/// Writes a mail for every payment that was captured, once.
pub struct ReceiptListener {
    env: Env,
    site: Site,
    post: Post,
}

impl ReceiptListener {
    /// Writes in the name of this site, for this post.
    #[must_use]
    pub fn new(env: Env, site: Site, post: Post) -> ReceiptListener {
        ReceiptListener { env, site, post }
    }

    /// Writes the mail, unless the customer gave no address: then there is nobody to write to.
    pub(super) async fn write(
        &self,
        tx: &mut Tx,
        customer: &Customer,
        receipt: &Receipt,
    ) -> Result<(), Fault> {
        let Some(Ok(to)) = customer.email.as_deref().map(Email::checked) else {
            metrics::counter!("paydesk_mails", "outcome" => "no_address").increment(1);
            return Ok(());
        };
        let mail = NewMail {
            to,
            language: customer.language,
            kind: KIND,
            about: Some(receipt.payment.to_string()),
            letter: letter::write(&self.site, customer, receipt)?,
        };
        let host = self.site.base_url.host_str().unwrap_or("localhost");
        if queue(tx, &self.env, &self.post, host, mail).await?.is_some() {
            metrics::counter!("paydesk_mails", "outcome" => "written").increment(1);
        }
        Ok(())
    }
}

#[async_trait]
impl Listener for ReceiptListener {
    fn name(&self) -> &'static str {
        "desk.receipts"
    }

    async fn hear(&self, tx: &mut Tx, event: &Event) -> Result<(), Fault> {
        if event.kind != "payment.captured" {
            return Ok(());
        }
        let captured: Captured = serde::Deserialize::deserialize(&event.body)
            .map_err(|error| Fault::of("read payment.captured", error))?;
        let receipt = receipts::of_payment(tx, captured.id).await?;
        let receipt =
            receipt.ok_or_else(|| Fault::new("find the receipt of a captured payment"))?;
        let customer = customers::find(tx, receipt.customer).await?;
        let customer = customer.ok_or_else(|| Fault::new("find the customer of a receipt"))?;
        self.write(tx, &customer, &receipt).await
    }
}
