//! PayPal: orders that the customer approves on PayPal's page, holds that may be captured to
//! 115 %, refunds, kept accounts, disputes, and messages that are proven by certificate or by
//! asking.
//!
//! What is relied on is public: PayPal's OpenAPI descriptions
//! (paypal/paypal-rest-api-specifications) and developer.paypal.com. Each file says which of them
//! it follows.

mod account;
mod certificate;
mod checkup;
mod config;
mod dispute;
mod events;
mod find;
mod orders;
mod payments;
mod problem;
mod report;
mod seal;
mod settlement;
mod subscription;
mod wire;

#[cfg(test)]
mod tests;

pub use config::{Addresses, GooglePay, PayPalConfig, Verify};

use std::sync::Arc;

use async_trait::async_trait;
use base::{Money, Timestamp};
use processor::{
    Answer, Cancellation, Capabilities, Charge, Charged, Completing, Done, FindBy, Finding, Found,
    HouseCan, Http, Notice, Processor, RawNotice, Refunding, Rejected, SettlementLine,
    StartRequest, Started, SupportContact, TabKind, Unproven, Unreadable,
};
use rustls::pki_types::TrustAnchor;
use serde_json::Value;

use account::Account;
use seal::Seal;

/// Orders keep the answer to a request id for six hours; payments keep it for 45 days.
const KEEPS_KEYS: u32 = 6 * 3600;

/// How much of a hold PayPal captures by default, in per cent.
const CAPTURES_UP_TO: u16 = 115;

/// A PayPal account, ready to be asked.
pub struct PayPal {
    account: Account,
}

impl PayPal {
    /// An account with its configuration, which must be whole and sound.
    ///
    /// # Errors
    /// A sentence that names the key that is wrong.
    pub fn new(config: PayPalConfig, http: Http) -> Result<PayPal, String> {
        PayPal::with_roots(config, http, webpki_roots::TLS_SERVER_ROOTS.to_vec())
    }

    /// An account that trusts other roots than the web's. Only tests have such roots.
    ///
    /// # Errors
    /// As [`PayPal::new`].
    pub fn with_roots(
        config: PayPalConfig,
        http: Http,
        roots: Vec<TrustAnchor<'static>>,
    ) -> Result<PayPal, String> {
        Ok(PayPal { account: Account::new(config.sound()?, http, roots) })
    }
}

/// Makes the connector of an account.
///
/// # Errors
/// A sentence that names the key of the configuration that is wrong.
pub fn open(config: Value, http: Http) -> Result<Arc<dyn Processor>, String> {
    Ok(Arc::new(PayPal::new(crate::build::read::<PayPalConfig>(config)?, http)?))
}

#[async_trait]
impl Processor for PayPal {
    fn name(&self) -> &'static str {
        "paypal"
    }

    fn capabilities(&self) -> Capabilities {
        let config = &self.account.config;
        let google = config.google_pay.as_ref();
        Capabilities {
            hosted_page: true,
            server_charge: config.vault,
            stored_card: config.vault,
            manual_capture: true,
            partial_capture: true,
            tab: Some(TabKind::Overcapture(CAPTURES_UP_TO)),
            void: true,
            refund_full: true,
            refund_partial: true,
            cancel_subscription: true,
            find: true,
            keeps_keys: Some(KEEPS_KEYS),
            completes: true,
            renew: true,
            google_pay: google.map(|google| (google.gateway.clone(), google.merchant_id.clone())),
            proves_by_asking: true,
            reports: true,
            pulls_reports: true,
            disputes: true,
            settlement_file: true,
            currencies: config::CURRENCIES.map(str::to_owned).to_vec(),
            ..Capabilities::default()
        }
    }

    /// As PayPal's own consumer pages name it. Its telephone numbers depend on the country and
    /// are shown after signing in, so none is printed here.
    fn support(&self) -> SupportContact {
        SupportContact {
            name: "PayPal".to_owned(),
            statement: vec!["PAYPAL *".to_owned(), "PAYPAL*".to_owned()],
            web: Some("https://www.paypal.com/disputes/".to_owned()),
            can: vec![HouseCan::FindCharge, HouseCan::CancelRenewal, HouseCan::ChangeCard],
            ..SupportContact::default()
        }
    }

    async fn start(&self, request: &StartRequest) -> Answer<Started> {
        orders::start(&self.account, request).await
    }

    async fn charge(&self, charge: &Charge) -> Answer<Charged> {
        orders::charge(&self.account, charge).await
    }

    async fn complete(&self, completing: &Completing) -> Answer<Charged> {
        orders::complete(&self.account, completing).await
    }

    async fn capture(&self, key: &str, transaction: &str, amount: Money) -> Answer<Done> {
        payments::capture(&self.account, key, transaction, amount).await
    }

    async fn renew(&self, key: &str, transaction: &str, amount: Money) -> Answer<Done> {
        payments::renew(&self.account, key, transaction, amount).await
    }

    async fn void(&self, key: &str, transaction: &str) -> Answer<Done> {
        payments::void(&self.account, key, transaction).await
    }

    async fn refund(&self, refunding: &Refunding) -> Answer<Done> {
        payments::refund(&self.account, refunding).await
    }

    async fn cancel(&self, cancellation: &Cancellation) -> Answer<Done> {
        payments::cancel(&self.account, cancellation).await
    }

    async fn find(&self, by: &FindBy) -> Answer<Option<Found>> {
        find::find(&self.account, by).await
    }

    /// Whether the message is PayPal's is only known after [`Processor::prove`].
    fn read_postback(&self, raw: &RawNotice) -> Result<Vec<Notice>, Rejected> {
        Seal::read(raw, &self.account.config)?;
        events::read(&raw.body).map(|notice| vec![notice])
    }

    async fn prove(&self, raw: &RawNotice) -> Result<(), Unproven> {
        seal::prove(&self.account, raw).await
    }

    fn read_settlement(&self, file: &[u8]) -> Result<Vec<SettlementLine>, Unreadable> {
        settlement::read(file)
    }

    fn read_report(&self, file: &[u8]) -> Result<Vec<Notice>, Unreadable> {
        report::read(file)
    }

    async fn pull(&self, from: Timestamp, to: Timestamp) -> Answer<Vec<Vec<u8>>> {
        report::pull(&self.account, from, to).await
    }

    async fn check(&self, now: Timestamp) -> Vec<Finding> {
        checkup::check(&self.account, now).await
    }
}
