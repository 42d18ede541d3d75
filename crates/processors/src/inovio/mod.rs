//! Inovio: charges and holds on cards that it keeps, captures, reversals, credits, and a look-up
//! by our own reference. It has no page of its own and sends no messages of a publicly known form.
//!
//! What is relied on is public: the "Gateway Payment Service API - Merchant Specification" 4.12
//! (2025) and the samples of Inovio's SDKs. Each file says which part it follows.

mod calls;
mod checkup;
mod config;
mod said;
mod status;

#[cfg(test)]
mod tests;

pub use config::InovioConfig;

use std::sync::Arc;

use async_trait::async_trait;
use base::{Money, Timestamp};
use processor::{
    Answer, Capabilities, Charge, Charged, Done, FindBy, Finding, Found, Http, Notice, Processor,
    RawNotice, Refunding, Rejected, StartRequest, Started, SupportContact, TabKind,
};
use serde_json::Value;

use config::Sound;

/// An Inovio account, ready to be asked.
pub struct Inovio {
    config: Sound,
    http: Http,
}

impl Inovio {
    /// An account with its configuration, which must be whole and sound.
    ///
    /// # Errors
    /// A sentence that names the key that is wrong.
    pub fn new(config: InovioConfig, http: Http) -> Result<Inovio, String> {
        Ok(Inovio { config: config.sound()?, http })
    }
}

/// Makes the connector of an account.
///
/// # Errors
/// A sentence that names the key of the configuration that is wrong.
pub fn open(config: Value, http: Http) -> Result<Arc<dyn Processor>, String> {
    Ok(Arc::new(Inovio::new(crate::build::read::<InovioConfig>(config)?, http)?))
}

#[async_trait]
impl Processor for Inovio {
    fn name(&self) -> &'static str {
        "inovio"
    }

    fn capabilities(&self) -> Capabilities {
        let codes = self.config.currencies.iter().map(|currency| currency.code().to_owned());
        Capabilities {
            server_charge: true,
            stored_card: true,
            manual_capture: true,
            partial_capture: true,
            tab: Some(TabKind::FixedCeiling),
            void: true,
            refund_full: true,
            refund_partial: true,
            find: true,
            find_proves_absence: self.config.absence_after,
            currencies: codes.collect(),
            ..Capabilities::default()
        }
    }

    /// Inovio is the merchant's gateway and speaks to no customers.
    fn support(&self) -> SupportContact {
        SupportContact { name: "Inovio".to_owned(), ..SupportContact::default() }
    }

    async fn start(&self, _request: &StartRequest) -> Answer<Started> {
        let why = "Inovio has no publicly known payment page: only cards that it keeps are charged";
        Answer::NotExecuted(why.to_owned())
    }

    async fn charge(&self, charge: &Charge) -> Answer<Charged> {
        calls::charge(&self.config, &self.http, charge).await
    }

    async fn capture(&self, _key: &str, transaction: &str, amount: Money) -> Answer<Done> {
        calls::capture(&self.config, &self.http, transaction, amount).await
    }

    async fn void(&self, _key: &str, transaction: &str) -> Answer<Done> {
        calls::void(&self.config, &self.http, transaction).await
    }

    async fn refund(&self, refunding: &Refunding) -> Answer<Done> {
        calls::refund(&self.config, &self.http, refunding).await
    }

    async fn find(&self, by: &FindBy) -> Answer<Option<Found>> {
        status::find(&self.config, &self.http, by).await
    }

    /// Nothing that comes to this account's address is Inovio's, as far as anybody can tell.
    fn read_postback(&self, _raw: &RawNotice) -> Result<Vec<Notice>, Rejected> {
        let why = "the form of Inovio's messages is not public, so none is believed";
        Err(Rejected::Unreadable(why.to_owned()))
    }

    async fn check(&self, now: Timestamp) -> Vec<Finding> {
        checkup::check(&self.config, &self.http, now).await
    }
}
