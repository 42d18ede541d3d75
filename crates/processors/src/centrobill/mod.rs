//! CentroBill: a hosted page, charges of what it keeps, credits and subscriptions by a JSON
//! interface, and notifications (IPN) with a thin signature.
//!
//! What is relied on is public: the guides at readme.centrobill.com (quick starts, payment actions,
//! prices of a SKU, idempotency, error handling), the description of the interface at
//! docs.api.centrobill.com, and CentroBill's own open source (`Centrobill/php-sdk-v1`,
//! `Centrobill/wc-centrobill`). Each file says which of them it follows.

mod change;
mod charge;
mod config;
mod ipn;
mod legacy;
mod look_up;
mod request;
mod said;
mod start;
mod words;

#[cfg(test)]
mod tests;

pub use config::{CentroBillConfig, Legacy, Product};

use async_trait::async_trait;
use processor::{
    Answer, ByHand, CallPaidBy, Cancellation, Capabilities, Charge, Charged, Done, FindBy, Finding,
    Found, HandTask, HouseCan, Http, Locks, Notice, Phone, PostbackAnswer, Processor, RawNotice,
    Refunding, Rejected, StartRequest, Started, SubscriptionChange, SupportContact, TabKind,
    Unproven, Verdict,
};

use config::Sound;

/// A CentroBill account, ready to be asked.
pub struct CentroBill {
    config: Sound,
    http: Http,
}

impl CentroBill {
    /// An account with its configuration, which must be whole and sound.
    ///
    /// # Errors
    /// A sentence that names the key that is wrong.
    pub fn new(config: CentroBillConfig, http: Http) -> Result<CentroBill, String> {
        Ok(CentroBill { config: config.sound()?, http })
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
    Ok(std::sync::Arc::new(CentroBill::new(crate::build::read::<CentroBillConfig>(config)?, http)?))
}

#[async_trait]
impl Processor for CentroBill {
    fn name(&self) -> &'static str {
        "centrobill"
    }

    fn capabilities(&self) -> Capabilities {
        let how = "CentroBill's look-up (its Feed API) is not public: search its merchant portal";
        let find = ByHand { what: HandTask::Find, how: how.to_owned() };
        Capabilities {
            hosted_page: true,
            server_charge: true,
            stored_card: true,
            recurring: true,
            // A hold is written as a price that falls due in so many days; nothing captures it
            // earlier.
            tab: Some(self.config.capture_days.map_or(TabKind::StoredCard, |_| TabKind::Scheduled)),
            void: true,
            refund_full: true,
            refund_partial: true,
            cancel_subscription: true,
            change_subscription: true,
            find: self.config.look_up,
            // What the signature leaves open is held against CentroBill's own copy.
            proves_by_asking: self.config.look_up,
            by_hand: if self.config.look_up { Vec::new() } else { vec![find] },
            keeps_keys: self.config.keeps_keys,
            disputes: true,
            currencies: self.config.currencies.clone(),
            ..Capabilities::default()
        }
    }

    /// As CentroBill's consumer site and public advice pages name it.
    fn support(&self) -> SupportContact {
        SupportContact {
            name: "CentroBill".to_owned(),
            statement: vec!["CENTROHELP.COM".to_owned(), "EUROBILL".to_owned()],
            web: Some("https://centrohelp.com".to_owned()),
            mail: Some("support@centrobill.com".to_owned()),
            phones: vec![Phone {
                number: "+1 877 778 8382".to_owned(),
                paid_by: CallPaidBy::House,
                from: Some("US".to_owned()),
            }],
            can: vec![HouseCan::FindCharge, HouseCan::CancelRenewal],
            ..SupportContact::default()
        }
    }

    async fn start(&self, request: &StartRequest) -> Answer<Started> {
        start::start(&self.config, &self.http, request).await
    }

    async fn charge(&self, charge: &Charge) -> Answer<Charged> {
        charge::charge(&self.config, &self.http, charge).await
    }

    async fn void(&self, key: &str, transaction: &str) -> Answer<Done> {
        change::void(&self.config, &self.http, key, transaction).await
    }

    async fn refund(&self, refunding: &Refunding) -> Answer<Done> {
        change::refund(&self.config, &self.http, refunding).await
    }

    async fn cancel(&self, cancellation: &Cancellation) -> Answer<Done> {
        change::cancel(&self.config, &self.http, cancellation).await
    }

    async fn change(&self, change: &SubscriptionChange) -> Answer<Done> {
        change::change(&self.config, &self.http, change).await
    }

    async fn find(&self, by: &FindBy) -> Answer<Option<Found>> {
        look_up::find(&self.config, &self.http, by).await
    }

    fn locks(&self) -> Option<&Locks> {
        Some(&self.config.locks)
    }

    fn read_postback(&self, raw: &RawNotice) -> Result<Vec<Notice>, Rejected> {
        self.config.locks.check(raw)?;
        ipn::read(&self.config, raw).map(|notice| vec![notice])
    }

    async fn prove(&self, raw: &RawNotice) -> Result<(), Unproven> {
        look_up::prove(&self.config, &self.http, raw).await
    }

    /// The JSON form looks at the status only; the legacy form reads these words.
    fn answer(&self, verdict: Verdict) -> PostbackAnswer {
        let word = if verdict == Verdict::Stored { "OK" } else { "NOK" };
        PostbackAnswer {
            content_type: "application/json",
            body: format!("{{\"result\":\"{word}\"}}"),
            ..PostbackAnswer::plain(verdict)
        }
    }

    async fn check(&self, now: base::Timestamp) -> Vec<Finding> {
        look_up::check(&self.config, &self.http, now).await
    }
}
