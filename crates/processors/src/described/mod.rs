//! Houses described by a record: a hosted page, signed notices and calls, all of it written down
//! in TOML or JSON instead of code.
//!
//! Records of Webbilling and Paymentico ship with Paydesk as far as they are public; what is not
//! must be supplied by the operator, and until then is refused with a sentence that names the key.

mod calls;
mod digest;
mod json;
mod look;
mod message;
mod own;
mod parameters;
mod postback;
mod record;
mod settings;
mod sound;
mod start;

#[cfg(test)]
mod tests;

pub use record::Record;
pub use settings::Settings;

use std::sync::Arc;

use async_trait::async_trait;
use base::{Money, Timestamp};
use processor::{
    Answer, ByHand, Cancellation, Capabilities, Charge, Charged, Done, FindBy, Finding, Found,
    HandTask, Http, Locks, Notice, PostbackAnswer, Processor, RawNotice, Refunding, Rejected,
    StartRequest, Started, SupportContact, TabKind, Verdict,
};
use serde_json::Value;

use record::{Means, Operation, When};
use settings::Purse;

/// What is public of Webbilling.
const WEBBILLING: &str = include_str!("records/webbilling.toml");
/// What is public of Paymentico.
const PAYMENTICO: &str = include_str!("records/paymentico.toml");

/// An account of a described house, ready to be asked.
pub struct Described {
    name: &'static str,
    record: Record,
    purse: Purse,
    locks: Locks,
    look_up: bool,
    http: Http,
}

/// Makes the connector of an account.
///
/// # Errors
/// A sentence that names the key of the configuration that is wrong.
pub fn open(config: Value, http: Http) -> Result<Arc<dyn Processor>, String> {
    Ok(Arc::new(Described::new("described", None, config, http)?))
}

/// Makes the connector of a Webbilling account.
///
/// # Errors
/// As [`open`].
pub fn webbilling(config: Value, http: Http) -> Result<Arc<dyn Processor>, String> {
    Ok(Arc::new(Described::new("webbilling", Some(WEBBILLING), config, http)?))
}

/// Makes the connector of a Paymentico account.
///
/// # Errors
/// As [`open`].
pub fn paymentico(config: Value, http: Http) -> Result<Arc<dyn Processor>, String> {
    Ok(Arc::new(Described::new("paymentico", Some(PAYMENTICO), config, http)?))
}

impl Described {
    /// An account by its settings, with a record that ships or without.
    ///
    /// # Errors
    /// A sentence that names the key that is missing, unknown or wrong.
    pub fn new(
        name: &'static str,
        shipped: Option<&str>,
        config: Value,
        http: Http,
    ) -> Result<Described, String> {
        let settings: Settings = crate::build::read(config)?;
        let record = settings::record(shipped, settings.record.as_ref())?;
        let locks = sound::weigh(&record, &settings)?;
        let purse = Purse::of(&settings);
        Ok(Described { name, record, purse, locks, look_up: settings.look_up, http })
    }

    /// The sentence for a part of the record that is not there, with what to ask of the house.
    fn missing(&self, key: &str) -> String {
        match self.record.asked.get(key) {
            Some(asked) => format!("record.{key} is missing: {asked}"),
            None => format!("record.{key} is missing"),
        }
    }

    fn by_hand(&self) -> Vec<ByHand> {
        let tasks = [
            ("refund", HandTask::Refund),
            ("void", HandTask::Void),
            ("cancel", HandTask::CancelSubscription),
            ("find", HandTask::Find),
        ];
        let manual = tasks.into_iter().filter_map(|(name, what)| match self.operation(name)? {
            Operation::Manual(how) => Some(ByHand { what, how: how.clone() }),
            Operation::Call(_) => None,
        });
        manual.collect()
    }

    fn says(&self, means: &[Means]) -> bool {
        let postback = self.record.postback.as_ref();
        postback
            .is_some_and(|postback| postback.status.iter().any(|rule| means.contains(&rule.means)))
    }
}

#[async_trait]
impl Processor for Described {
    fn name(&self) -> &'static str {
        self.name
    }

    fn capabilities(&self) -> Capabilities {
        let calls = |name| self.calls(name).is_some();
        let start = self.record.start.as_ref();
        let says = |when| {
            start.is_some_and(|start| {
                start.parameters.iter().any(|parameter| parameter.when == Some(when))
            })
        };
        let heard = self.record.postback.is_some() || self.purse.test;
        let capture = self.calls("capture");
        let find = self.calls("find");
        Capabilities {
            hosted_page: start.is_some() && heard,
            server_charge: calls("charge"),
            stored_card: calls("charge"),
            recurring: says(When::Renewing),
            manual_capture: capture.is_some(),
            partial_capture: capture.is_some_and(|template| template.partial),
            tab: match (calls("charge"), capture.is_some()) {
                (_, true) => Some(TabKind::FixedCeiling),
                (true, false) => Some(TabKind::StoredCard),
                (false, false) => None,
            },
            void: calls("void"),
            refund_full: calls("refund"),
            refund_partial: self.calls("refund").is_some_and(|template| template.partial),
            cancel_subscription: calls("cancel"),
            find: find.is_some(),
            find_proves_absence: find.and_then(|template| template.proves_absence_after),
            by_hand: self.by_hand(),
            look_up_before_booking: self.look_up,
            disputes: self.says(&[Means::Chargeback, Means::DisputeOpened]),
            currencies: self.record.currencies.iter().map(|own| own.code().to_owned()).collect(),
            ..Capabilities::default()
        }
    }

    fn support(&self) -> SupportContact {
        self.record.support.clone()
    }

    async fn start(&self, request: &StartRequest) -> Answer<Started> {
        self.begin(request)
    }

    async fn charge(&self, charge: &Charge) -> Answer<Charged> {
        self.charge_stored(charge).await
    }

    async fn capture(&self, key: &str, transaction: &str, amount: Money) -> Answer<Done> {
        self.collect(key, transaction, amount).await
    }

    async fn void(&self, key: &str, transaction: &str) -> Answer<Done> {
        self.release(key, transaction).await
    }

    async fn refund(&self, refunding: &Refunding) -> Answer<Done> {
        self.give_back(refunding).await
    }

    async fn cancel(&self, cancellation: &Cancellation) -> Answer<Done> {
        self.end(cancellation).await
    }

    async fn find(&self, by: &FindBy) -> Answer<Option<Found>> {
        self.look_up(by).await
    }

    fn locks(&self) -> Option<&Locks> {
        Some(&self.locks)
    }

    fn read_postback(&self, raw: &RawNotice) -> Result<Vec<Notice>, Rejected> {
        self.read(raw).map(|notice| vec![notice])
    }

    fn answer(&self, verdict: Verdict) -> PostbackAnswer {
        self.answer_with(verdict)
    }

    async fn check(&self, _now: Timestamp) -> Vec<Finding> {
        self.look()
    }
}
