//! Stripe: its own page, charges from the server, holds that grow, refunds, subscriptions, signed
//! webhooks, disputes and balance transactions.
//!
//! What is relied on is public: the guides and the API reference at docs.stripe.com, in the
//! version that [`api`] pins. Each file says which of them it follows.

mod api;
mod charge;
mod check;
mod config;
mod declines;
mod disputes;
mod find;
mod holds;
mod intent;
mod lock;
mod money;
mod objects;
mod payments;
mod postback;
mod refund;
mod refunds;
mod renewal;
mod renewals;
mod report;
mod settlement;
mod start;
mod subscription;

#[cfg(test)]
mod tests;

pub use config::{Addresses, Mode, StripeConfig, Tab};

use std::sync::Arc;

use async_trait::async_trait;
use base::{Money, Timestamp};
use processor::{
    Answer, Cancellation, Capabilities, Charge, Charged, Done, FindBy, Finding, Found, Http,
    Notice, Processor, RawNotice, Refunding, Rejected, SettlementLine, StartRequest, Started,
    SubscriptionChange, SupportContact, TabKind, Unreadable,
};
use serde_json::Value;

use config::Sound;

/// How long Stripe remembers a key at least ("Idempotent requests": 24 hours).
const KEEPS_KEYS: u32 = 24 * 60 * 60;

/// A Stripe account, ready to be asked.
pub struct Stripe {
    config: Sound,
    http: Http,
}

impl Stripe {
    /// An account with its configuration, which must be whole and sound.
    ///
    /// # Errors
    /// A sentence that names the key that is wrong.
    pub fn new(config: StripeConfig, http: Http) -> Result<Stripe, String> {
        Ok(Stripe { config: config.sound()?, http })
    }
}

/// Makes the connector of an account.
///
/// # Errors
/// A sentence that names the key of the configuration that is wrong.
pub fn open(config: Value, http: Http) -> Result<Arc<dyn Processor>, String> {
    Ok(Arc::new(Stripe::new(crate::build::read::<StripeConfig>(config)?, http)?))
}

#[async_trait]
impl Processor for Stripe {
    fn name(&self) -> &'static str {
        "stripe"
    }

    fn capabilities(&self) -> Capabilities {
        let codes = self.config.currencies.iter().map(|currency| currency.code().to_owned());
        let google_pay = self.config.publishable_key.clone().map(|key| ("stripe".to_owned(), key));
        Capabilities {
            hosted_page: true,
            server_charge: true,
            stored_card: true,
            recurring: true,
            manual_capture: true,
            partial_capture: true,
            tab: Some(match self.config.tab {
                Tab::Grow => TabKind::Grow,
                Tab::Ceiling => TabKind::FixedCeiling,
            }),
            void: true,
            refund_full: true,
            refund_partial: true,
            cancel_subscription: true,
            find: true,
            // Search lags, and a page that is open may still be paid on.
            find_proves_absence: None,
            keeps_keys: Some(KEEPS_KEYS),
            change_subscription: true,
            google_pay,
            reports: true,
            pulls_reports: true,
            disputes: true,
            settlement_file: true,
            currencies: codes.collect(),
            ..Capabilities::default()
        }
    }

    fn support(&self) -> SupportContact {
        self.config.support.clone()
    }

    async fn start(&self, request: &StartRequest) -> Answer<Started> {
        start::start(&self.config, &self.http, request).await
    }

    async fn charge(&self, charge: &Charge) -> Answer<Charged> {
        charge::charge(&self.config, &self.http, charge).await
    }

    async fn capture(&self, key: &str, transaction: &str, amount: Money) -> Answer<Done> {
        holds::capture(&self.config, &self.http, key, transaction, amount).await
    }

    async fn increment(&self, key: &str, transaction: &str, total: Money) -> Answer<Done> {
        match self.config.tab {
            Tab::Grow => holds::increment(&self.config, &self.http, key, transaction, total).await,
            Tab::Ceiling => Answer::cannot("increment"),
        }
    }

    async fn void(&self, key: &str, transaction: &str) -> Answer<Done> {
        holds::void(&self.config, &self.http, key, transaction).await
    }

    async fn refund(&self, refunding: &Refunding) -> Answer<Done> {
        refund::refund(&self.config, &self.http, refunding).await
    }

    async fn cancel(&self, cancellation: &Cancellation) -> Answer<Done> {
        subscription::cancel(&self.config, &self.http, cancellation).await
    }

    async fn change(&self, change: &SubscriptionChange) -> Answer<Done> {
        subscription::change(&self.config, &self.http, change).await
    }

    async fn find(&self, by: &FindBy) -> Answer<Option<Found>> {
        find::find(&self.config, &self.http, by).await
    }

    fn read_postback(&self, raw: &RawNotice) -> Result<Vec<Notice>, Rejected> {
        lock::open(&self.config.webhook_secrets, raw)?;
        postback::read(&raw.body, self.config.mode)
    }

    fn read_settlement(&self, file: &[u8]) -> Result<Vec<SettlementLine>, Unreadable> {
        settlement::read(file)
    }

    fn read_report(&self, file: &[u8]) -> Result<Vec<Notice>, Unreadable> {
        report::read(file, self.config.mode)
    }

    async fn pull(&self, from: Timestamp, to: Timestamp) -> Answer<Vec<Vec<u8>>> {
        report::pull(&self.config, &self.http, from, to).await
    }

    async fn check(&self, now: Timestamp) -> Vec<Finding> {
        check::check(&self.config, &self.http, now).await
    }
}
