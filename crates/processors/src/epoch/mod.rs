//! Epoch: a form or a link to its pay page, one-click charges behind a signed link, postbacks
//! behind locks, and DataPlus, without which nobody hears of rebills, credits and chargebacks.
//!
//! Epoch's own guides lie behind a login. What is relied on is public: the Epoch module of the
//! Magic Members plug-in (form, postback, DataPlus tables, customer search), the aMember page
//! "Payment Plugin: Epoch", the NATS wiki, "Epoch.com Data Plus integration guide" (mage2.pro), and
//! a public class that signs Camcharge links. Each file says which of them it follows.

mod charge;
mod config;
mod dataplus;
mod digest;
mod postback;
mod search;
mod senders;
mod start;
mod words;

#[cfg(test)]
mod tests;

pub use config::{
    Addresses, Algorithm, Camcharge, Dataplus, Digest, EpochConfig, Product, Search, StartBy,
};

use async_trait::async_trait;
use processor::{
    Answer, ByHand, CallPaidBy, Cancellation, Capabilities, Charge, Charged, Done, FindBy, Finding,
    Found, HandTask, HouseCan, Http, Locks, Notice, Phone, Processor, RawNotice, Rejected,
    StartRequest, Started, SupportContact, TabKind, Unreadable,
};

use config::Sound;

/// An Epoch account, ready to be asked.
pub struct Epoch {
    config: Sound,
    http: Http,
}

impl Epoch {
    /// An account with its configuration, which must be whole and sound.
    ///
    /// # Errors
    /// A sentence that names the key that is wrong.
    pub fn new(config: EpochConfig, http: Http) -> Result<Epoch, String> {
        Ok(Epoch { config: config.sound()?, http })
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
    Ok(std::sync::Arc::new(Epoch::new(crate::build::read::<EpochConfig>(config)?, http)?))
}

#[async_trait]
impl Processor for Epoch {
    fn name(&self) -> &'static str {
        "epoch"
    }

    fn capabilities(&self) -> Capabilities {
        let searches = self.config.search.is_some();
        let one_click = self.config.camcharge.is_some();
        let mut by_hand = vec![task(
            HandTask::Refund,
            "Give the money back in Epoch's client area, by the transaction id shown here. \
             Epoch's refund call is not public. The DataPlus row of the credit confirms it.",
        )];
        if !searches {
            let how = "End the membership in Epoch's client area, by the member id shown here. \
                       The MemberCancelStats row confirms it.";
            by_hand.push(task(HandTask::CancelSubscription, how));
            let how =
                "Search in Epoch's client area for the transaction id or the customer's mail.";
            by_hand.push(task(HandTask::Find, how));
        }
        Capabilities {
            hosted_page: true,
            server_charge: one_click,
            stored_card: one_click,
            tab: one_click.then_some(TabKind::StoredCard),
            recurring: true,
            cancel_subscription: searches,
            find: searches,
            reports: self.config.data_plus.is_some(),
            by_hand,
            currencies: self.config.currencies(),
            ..Capabilities::default()
        }
    }

    /// As public consumer-advice pages name it.
    fn support(&self) -> SupportContact {
        let phone = |number: &str, paid_by, from: Option<&str>| Phone {
            number: number.to_owned(),
            paid_by,
            from: from.map(str::to_owned),
        };
        SupportContact {
            name: "Epoch".to_owned(),
            statement: vec!["EPOCH.COM *".to_owned()],
            web: Some("https://epoch.com/billing_support/find_purchase".to_owned()),
            mail: Some("billing@epoch.com".to_owned()),
            phones: vec![
                phone("+1 800 893 8871", CallPaidBy::House, Some("US")),
                phone("+1 310 664 5810", CallPaidBy::Caller, None),
            ],
            can: vec![HouseCan::FindCharge],
            ..SupportContact::default()
        }
    }

    async fn start(&self, request: &StartRequest) -> Answer<Started> {
        start::start(&self.config, request)
    }

    /// A link that the customer follows: it authorises and takes the money at once.
    async fn charge(&self, charge: &Charge) -> Answer<Charged> {
        charge::charge(&self.config, charge)
    }

    async fn cancel(&self, cancellation: &Cancellation) -> Answer<Done> {
        search::cancel(&self.config, &self.http, cancellation).await
    }

    async fn find(&self, by: &FindBy) -> Answer<Option<Found>> {
        search::find(&self.config, &self.http, by).await
    }

    fn locks(&self) -> Option<&Locks> {
        Some(&self.config.locks)
    }

    fn read_postback(&self, raw: &RawNotice) -> Result<Vec<Notice>, Rejected> {
        self.config.locks.check(raw)?;
        digest::check(&self.config, raw)?;
        postback::read(&self.config, raw).map(|notice| vec![notice])
    }

    fn read_report(&self, file: &[u8]) -> Result<Vec<Notice>, Unreadable> {
        dataplus::read_file(&self.config, file)
    }

    async fn check(&self, now: base::Timestamp) -> Vec<Finding> {
        let mut findings = senders::check(&self.config, &self.http, now).await;
        findings.push(search::check(&self.config, &self.http).await);
        if self.config.data_plus.is_none() {
            let says = "not configured: rebills, credits and chargebacks are never heard of";
            findings.push(Finding::notice("data_plus", says));
        }
        findings
    }
}

fn task(what: HandTask, how: &str) -> ByHand {
    ByHand { what, how: how.to_owned() }
}
