//! Verotel FlexPay and its brands: a signed link to the pay page, signed postbacks, a signed
//! look-up, and a signed link that ends a subscription. Money is given back by hand.
//!
//! What is relied on is public: Verotel's own clients (verotel/flexpay-php-client,
//! verotel/flexpay4j) and programs that use them (pipisco/laravel-verotel-flexpay,
//! datinglibre/datinglibre-verotel-bundle). Each file says which it follows.

mod brand;
mod calls;
mod config;
mod postback;
mod signature;
mod start;

#[cfg(test)]
mod tests;

pub use config::{CancelBy, PaymentMethod, VerotelConfig};

use async_trait::async_trait;
use processor::{
    Answer, ByHand, Cancellation, Capabilities, Done, FindBy, Finding, Found, HandTask, Http,
    Locks, Notice, Processor, RawNotice, Rejected, StartRequest, Started, SupportContact,
};

use config::Sound;

/// A Verotel shop, ready to be asked.
pub struct Verotel {
    config: Sound,
    http: Http,
}

impl Verotel {
    /// A shop with its configuration, which must be whole and sound.
    ///
    /// # Errors
    /// A sentence that names the key that is wrong.
    pub fn new(config: VerotelConfig, http: Http) -> Result<Verotel, String> {
        Ok(Verotel { config: config.sound()?, http })
    }

    /// The signed link under which a customer ends a subscription at Verotel.
    ///
    /// # Errors
    /// A sentence, if this is no sale id of Verotel's.
    pub fn cancel_link(&self, sale: &str) -> Result<String, String> {
        calls::cancel_url(&self.config, sale).map(String::from)
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
    Ok(std::sync::Arc::new(Verotel::new(crate::build::read::<VerotelConfig>(config)?, http)?))
}

#[async_trait]
impl Processor for Verotel {
    fn name(&self) -> &'static str {
        "verotel"
    }

    fn capabilities(&self) -> Capabilities {
        let cancels = self.config.cancel == CancelBy::Call;
        let mut by_hand = vec![ByHand {
            what: HandTask::Refund,
            how:
                "Credit the sale in Verotel's Control Center, by the sale id shown here. What its \
                  refund API wants is not public. The credit postback confirms it."
                    .to_owned(),
        }];
        if !cancels {
            by_hand.push(ByHand {
                what: HandTask::CancelSubscription,
                how:
                    "End the subscription in Verotel's Control Center, by the sale id shown here. \
                      The cancel postback confirms it."
                        .to_owned(),
            });
        }
        Capabilities {
            hosted_page: true,
            recurring: true,
            cancel_subscription: cancels,
            find: true,
            disputes: true,
            by_hand,
            currencies: start::CURRENCIES.map(str::to_owned).to_vec(),
            ..Capabilities::default()
        }
    }

    /// The brand's name. How its customers reach it was not looked up: the operator enters it.
    fn support(&self) -> SupportContact {
        SupportContact { name: self.config.brand.name.to_owned(), ..SupportContact::default() }
    }

    async fn start(&self, request: &StartRequest) -> Answer<Started> {
        start::start(&self.config, request)
    }

    async fn cancel(&self, cancellation: &Cancellation) -> Answer<Done> {
        calls::cancel(&self.config, &self.http, cancellation).await
    }

    async fn find(&self, by: &FindBy) -> Answer<Option<Found>> {
        calls::find(&self.config, &self.http, by).await
    }

    fn locks(&self) -> Option<&Locks> {
        Some(&self.config.locks)
    }

    fn read_postback(&self, raw: &RawNotice) -> Result<Vec<Notice>, Rejected> {
        self.config.locks.check(raw)?;
        postback::read(&self.config, raw).map(|notice| vec![notice])
    }

    async fn check(&self, now: base::Timestamp) -> Vec<Finding> {
        calls::check(&self.config, &self.http, now).await
    }
}
