//! NMI: charges from the server with a card in its vault, a token of its script or Google Pay's;
//! holds, voids, refunds, look-up, and signed webhooks.
//!
//! What is relied on is public: NMI's integration pages (docs.nmi.com) and what open source that
//! talks to it records. A page of NMI's that customers could be sent to is not described there.

mod charge;
mod check;
mod config;
mod declines;
mod deeds;
mod gateway;
mod lock;
mod postback;
mod query;

#[cfg(test)]
mod tests;

pub use config::{Addresses, GooglePay, NmiConfig};

use std::sync::Arc;

use async_trait::async_trait;
use base::{Money, Timestamp};
use processor::{
    Answer, Capabilities, Charge, Charged, Done, FindBy, Finding, Found, Http, Notice, Processor,
    RawNotice, Refunding, Rejected, StartRequest, Started, SupportContact, TabKind,
};
use serde_json::Value;

use config::Sound;

/// An NMI account, ready to be asked.
pub struct Nmi {
    config: Sound,
    http: Http,
}

impl Nmi {
    /// An account with its configuration, which must be whole and sound.
    ///
    /// # Errors
    /// A sentence that names the key that is wrong.
    pub fn new(config: NmiConfig, http: Http) -> Result<Nmi, String> {
        Ok(Nmi { config: config.sound()?, http })
    }
}

/// Makes the connector of an account.
///
/// # Errors
/// A sentence that names the key of the configuration that is wrong.
pub fn open(config: Value, http: Http) -> Result<Arc<dyn Processor>, String> {
    Ok(Arc::new(Nmi::new(crate::build::read::<NmiConfig>(config)?, http)?))
}

#[async_trait]
impl Processor for Nmi {
    fn name(&self) -> &'static str {
        "nmi"
    }

    fn capabilities(&self) -> Capabilities {
        let google = self.config.google_pay.clone();
        let codes = self.config.currencies.iter().map(|currency| currency.code().to_owned());
        Capabilities {
            server_charge: true,
            stored_card: self.config.keep_cards,
            manual_capture: true,
            partial_capture: true,
            tab: Some(TabKind::FixedCeiling),
            void: true,
            refund_full: true,
            refund_partial: true,
            find: true,
            find_proves_absence: self.config.absence_proven_after,
            google_pay: google.map(|google| (google.gateway, google.merchant_id)),
            disputes: true,
            currencies: codes.collect(),
            ..Capabilities::default()
        }
    }

    fn support(&self) -> SupportContact {
        self.config.support.clone()
    }

    async fn start(&self, request: &StartRequest) -> Answer<Started> {
        let _ = request;
        let why = "NMI has no publicly known page to send customers to: charge a token, Google \
                   Pay or a stored card";
        Answer::NotExecuted(why.to_owned())
    }

    async fn charge(&self, charge: &Charge) -> Answer<Charged> {
        charge::charge(&self.config, &self.http, charge).await
    }

    async fn capture(&self, _key: &str, transaction: &str, amount: Money) -> Answer<Done> {
        deeds::capture(&self.config, &self.http, transaction, amount).await
    }

    async fn void(&self, _key: &str, transaction: &str) -> Answer<Done> {
        deeds::void(&self.config, &self.http, transaction).await
    }

    async fn refund(&self, refunding: &Refunding) -> Answer<Done> {
        deeds::refund(&self.config, &self.http, refunding).await
    }

    async fn find(&self, by: &FindBy) -> Answer<Option<Found>> {
        query::find(&self.config, &self.http, by).await
    }

    fn read_postback(&self, raw: &RawNotice) -> Result<Vec<Notice>, Rejected> {
        lock::open(self.config.signing_key.as_deref(), raw)?;
        postback::read(&self.config, raw)
    }

    async fn check(&self, now: Timestamp) -> Vec<Finding> {
        check::check(&self.config, &self.http, now).await
    }
}
