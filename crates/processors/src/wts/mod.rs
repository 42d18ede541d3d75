//! `WTSeTicket`: e-checks of US bank accounts, by the Dynamic Billing System (DBS) of achbill.com.
//!
//! What is relied on is thin and public: the open client `DatingVIP/ach-wts-dbs-api` (fields,
//! actions, senders) and achdebit.com's pages for merchants. A bank account's number never enters
//! here: a payment begins without one, and the house sends the customer to its own page (its word
//! is *verify*). A yes is the house's; the bank may still return the check days later, which only
//! its nightly history files tell.

mod config;
mod dbs;
mod desk;
mod history;
mod reply;
mod sale;
mod toast;

#[cfg(test)]
mod tests;

pub use config::{Begin, Columns, History, Login, WtsConfig};

use async_trait::async_trait;
use processor::{
    Answer, ByHand, CallPaidBy, Cancellation, Capabilities, Charge, Charged, Done, Finding,
    HandTask, HouseCan, Http, Locks, Notice, Phone, Processor, RawNotice, Refunding, Rejected,
    StartRequest, Started, SupportContact, TabKind, Unreadable,
};

use config::Sound;

/// A `WTSeTicket` account, ready to be asked.
pub struct Wts {
    config: Sound,
    http: Http,
}

impl Wts {
    /// An account with its configuration, which must be whole and sound.
    ///
    /// # Errors
    /// A sentence that names the key that is wrong.
    pub fn new(config: WtsConfig, http: Http) -> Result<Wts, String> {
        Ok(Wts { config: config.sound()?, http })
    }

    /// What a person does at the house.
    fn by_hand(&self) -> Vec<ByHand> {
        let task = |what, how: &str| ByHand { what, how: how.to_owned() };
        let mut tasks = vec![task(
            HandTask::Find,
            "WTSeTicket has no public look-up: search its merchant pages at achdebit.com",
        )];
        if self.config.login.is_none() {
            tasks.push(task(HandTask::Refund, "give it back on its pages at achdebit.com"));
            tasks.push(task(HandTask::CancelSubscription, "end it on its pages at achdebit.com"));
        }
        tasks
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
    Ok(std::sync::Arc::new(Wts::new(crate::build::read::<WtsConfig>(config)?, http)?))
}

#[async_trait]
impl Processor for Wts {
    fn name(&self) -> &'static str {
        "wts"
    }

    fn capabilities(&self) -> Capabilities {
        let (login, again) = (self.config.login.is_some(), self.config.one_click);
        Capabilities {
            hosted_page: true,
            server_charge: again,
            stored_card: again,
            recurring: true,
            tab: again.then_some(TabKind::StoredCard),
            refund_full: login,
            refund_partial: login && self.config.partial_refunds,
            cancel_subscription: login,
            reports: self.config.history.is_some(),
            disputes: self.config.history.is_some(),
            by_hand: self.by_hand(),
            currencies: vec!["USD".to_owned()],
            ..Capabilities::default()
        }
    }

    /// As the house's consumer pages and public advice name it.
    fn support(&self) -> SupportContact {
        SupportContact {
            name: "WTSeTicket".to_owned(),
            statement: vec!["WTSETICKET.COM".to_owned(), "WTSBANK".to_owned()],
            web: Some("https://wtseticket.com".to_owned()),
            mail: Some("customerservice@wtseticket.com".to_owned()),
            phones: vec![Phone {
                number: "+1 800 975 5616".to_owned(),
                paid_by: CallPaidBy::House,
                from: Some("US".to_owned()),
            }],
            regions: vec!["US".to_owned()],
            can: vec![HouseCan::FindCharge, HouseCan::CancelRenewal],
            ..SupportContact::default()
        }
    }

    async fn start(&self, request: &StartRequest) -> Answer<Started> {
        sale::start(&self.config, &self.http, request).await
    }

    async fn charge(&self, charge: &Charge) -> Answer<Charged> {
        sale::charge(&self.config, &self.http, charge).await
    }

    async fn refund(&self, refunding: &Refunding) -> Answer<Done> {
        desk::refund(&self.config, &self.http, refunding).await
    }

    async fn cancel(&self, cancellation: &Cancellation) -> Answer<Done> {
        desk::cancel(&self.config, &self.http, cancellation).await
    }

    fn locks(&self) -> Option<&Locks> {
        Some(&self.config.locks)
    }

    fn read_postback(&self, raw: &RawNotice) -> Result<Vec<Notice>, Rejected> {
        self.config.locks.check(raw)?;
        toast::read(raw, self.config.tests).map(|notice| vec![notice])
    }

    fn read_report(&self, file: &[u8]) -> Result<Vec<Notice>, Unreadable> {
        match &self.config.history {
            Some(history) => history::read(history, file),
            None => Err(Unreadable::new("history is not configured: its columns are not public")),
        }
    }

    async fn check(&self, _now: base::Timestamp) -> Vec<Finding> {
        desk::check(&self.config)
    }
}
