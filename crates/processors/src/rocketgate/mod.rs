//! `RocketGate`: a hosted page behind a hashed link, an XML gateway for everything else, and
//! postbacks that are not signed.
//!
//! What is relied on is public: the vendor's own open clients (`rocketgate/rocketgate-php-sdk`,
//! `rocketgate-go-sdk`, `rocketgate-hostedpage-nodejs`) for names, codes and hosts, and the example
//! of the hosted page with its postbacks. Its manuals at help.rocketgate.com are not public. Our
//! reference is the invoice id, which is unique, so a charge is found again by it.

mod config;
mod gateway;
mod invoice;
mod link;
mod postback;
mod sale;
mod settle;
mod words;

#[cfg(test)]
mod tests;

pub use config::{Addresses, GooglePay, PostbackNames, ReturnNames, RocketGateConfig};

use async_trait::async_trait;
use base::Money;
use processor::{
    Answer, Cancellation, Capabilities, Charge, Charged, Done, FindBy, Finding, Found, Http, Locks,
    Notice, PostbackAnswer, Processor, RawNotice, Refunding, Rejected, StartRequest, Started,
    SubscriptionChange, SupportContact, TabKind, Unproven, Verdict,
};

use config::Sound;

/// A `RocketGate` account, ready to be asked.
pub struct RocketGate {
    config: Sound,
    http: Http,
}

impl RocketGate {
    /// An account with its configuration, which must be whole and sound.
    ///
    /// # Errors
    /// A sentence that names the key that is wrong.
    pub fn new(config: RocketGateConfig, http: Http) -> Result<RocketGate, String> {
        Ok(RocketGate { config: config.sound()?, http })
    }

    /// Whether the query of an address that a browser came back to was made by the house. It is no
    /// proof of payment: a customer may come back as often as they like.
    #[must_use]
    pub fn made_return(&self, query: &str) -> bool {
        link::is_hashed(query, &self.config.hash_secret)
    }
}

/// Makes the connector of an account.
///
/// # Errors
/// A sentence that names the key of the configuration that is wrong.
pub fn open(
    config: serde_json::Value,
    http: Http,
) -> Result<std::sync::Arc<dyn Processor>, String> {
    Ok(std::sync::Arc::new(RocketGate::new(crate::build::read::<RocketGateConfig>(config)?, http)?))
}

#[async_trait]
impl Processor for RocketGate {
    fn name(&self) -> &'static str {
        "rocketgate"
    }

    fn capabilities(&self) -> Capabilities {
        let google = self.config.google_pay.as_ref();
        Capabilities {
            hosted_page: true,
            server_charge: true,
            stored_card: true,
            recurring: true,
            manual_capture: self.config.holds,
            tab: Some(TabKind::StoredCard),
            void: true,
            refund_full: true,
            refund_partial: true,
            cancel_subscription: true,
            change_subscription: true,
            find: true,
            google_pay: google.map(|pay| (pay.gateway.clone(), pay.merchant_id.clone())),
            // Nothing signs a postback: what it says of money is looked up by the invoice.
            proves_by_asking: true,
            currencies: vec![self.config.currency.code().to_owned()],
            ..Capabilities::default()
        }
    }

    /// Statements and support are the merchant's own: the operator names them.
    fn support(&self) -> SupportContact {
        SupportContact { name: "RocketGate".to_owned(), ..SupportContact::default() }
    }

    async fn start(&self, request: &StartRequest) -> Answer<Started> {
        link::start(&self.config, request)
    }

    async fn charge(&self, charge: &Charge) -> Answer<Charged> {
        sale::charge(&self.config, &self.http, charge).await
    }

    async fn capture(&self, _key: &str, transaction: &str, amount: Money) -> Answer<Done> {
        settle::capture(&self.config, &self.http, transaction, amount).await
    }

    async fn void(&self, _key: &str, transaction: &str) -> Answer<Done> {
        settle::void(&self.config, &self.http, transaction).await
    }

    async fn refund(&self, refunding: &Refunding) -> Answer<Done> {
        settle::refund(&self.config, &self.http, refunding).await
    }

    async fn cancel(&self, cancellation: &Cancellation) -> Answer<Done> {
        invoice::cancel(&self.config, &self.http, cancellation).await
    }

    async fn change(&self, change: &SubscriptionChange) -> Answer<Done> {
        invoice::change(&self.config, &self.http, change).await
    }

    async fn find(&self, by: &FindBy) -> Answer<Option<Found>> {
        invoice::find(&self.config, &self.http, by).await
    }

    fn locks(&self) -> Option<&Locks> {
        Some(&self.config.locks)
    }

    fn read_postback(&self, raw: &RawNotice) -> Result<Vec<Notice>, Rejected> {
        self.config.locks.check(raw)?;
        postback::read(&self.config, raw).map(|notice| vec![notice])
    }

    async fn prove(&self, raw: &RawNotice) -> Result<(), Unproven> {
        invoice::prove(&self.config, &self.http, raw).await
    }

    fn answer(&self, verdict: Verdict) -> PostbackAnswer {
        postback::answer(verdict)
    }

    async fn check(&self, now: base::Timestamp) -> Vec<Finding> {
        invoice::check(&self.config, &self.http, now).await
    }
}
