//! CCBill: a pay page with a price of ours behind a digest (FlexForms), charges of payment tokens
//! and of earlier customers, webhooks, and DataLink, which gives back, ends, looks up and reports.
//!
//! What is relied on is public: ccbill.com/doc ("Webhooks User Guide" and its event pages, "CCBill
//! API Guide", "Data Link Extract System User Guide", "Error Codes") and CCBill/restful-api-guide;
//! where they leave a gap, public programs that talk to CCBill. Each file says which it follows.

mod again;
mod body;
mod config;
mod datalink;
mod digest;
mod extract;
mod rest;
mod start;
mod trial;
mod webhook;
mod words;

#[cfg(test)]
mod tests;

pub use config::{Addresses, CcBillConfig, ChargeAgain, Datalink, Extract, Form, Login, Rest};
pub use digest::Returned;

use async_trait::async_trait;
use processor::{
    Answer, ByHand, Cancellation, Capabilities, CaptureWhen, Charge, Charged, Done, FindBy,
    Finding, Found, HandTask, HouseCan, Http, Instrument, Locks, Notice, Processor, RawNotice,
    Refunding, Rejected, StartRequest, Started, SupportContact, TabKind, Unreadable,
};

use config::Sound;

/// A CCBill account, ready to be asked.
pub struct CcBill {
    config: Sound,
    http: Http,
    pace: extract::Pace,
}

impl CcBill {
    /// An account with its configuration, which must be whole and sound.
    ///
    /// # Errors
    /// A sentence that names the key that is wrong.
    pub fn new(config: CcBillConfig, http: Http) -> Result<CcBill, String> {
        Ok(CcBill { config: config.sound()?, http, pace: extract::Pace::default() })
    }

    /// Whether the digest that a returning browser brings fits what it says. It shows that the
    /// link was made by CCBill; it proves no payment, for a link can be opened twice.
    #[must_use]
    pub fn return_fits(&self, returned: &Returned, digest: &str) -> bool {
        digest::return_fits(&self.config.salt, returned, digest)
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
    Ok(std::sync::Arc::new(CcBill::new(crate::build::read::<CcBillConfig>(config)?, http)?))
}

#[async_trait]
impl Processor for CcBill {
    fn name(&self) -> &'static str {
        "ccbill"
    }

    fn capabilities(&self) -> Capabilities {
        let datalink = self.config.datalink.as_ref();
        let calls = datalink.is_some();
        let again = datalink.is_some_and(|datalink| datalink.charge_again.is_some());
        let extract = datalink.is_some_and(|datalink| datalink.extract.is_some());
        Capabilities {
            hosted_page: true,
            server_charge: self.config.rest.is_some() || again,
            stored_card: again,
            tab: again.then_some(TabKind::StoredCard),
            recurring: true,
            void: calls,
            refund_full: calls,
            refund_partial: datalink.is_some_and(|datalink| datalink.partial_refunds),
            cancel_subscription: calls,
            find: calls,
            reports: extract,
            pulls_reports: extract,
            by_hand: if calls { Vec::new() } else { by_hand() },
            disputes: true,
            currencies: self.config.codes(),
            ..Capabilities::default()
        }
    }

    /// As CCBill's own support pages name it. Its telephone number was not checked again.
    fn support(&self) -> SupportContact {
        SupportContact {
            name: "CCBill".to_owned(),
            statement: vec!["CCBILL".to_owned()],
            web: Some("https://ccbill.com/support".to_owned()),
            mail: Some("consumersupport@ccbill.com".to_owned()),
            can: vec![HouseCan::FindCharge, HouseCan::CancelRenewal, HouseCan::ChangeCard],
            ..SupportContact::default()
        }
    }

    async fn start(&self, request: &StartRequest) -> Answer<Started> {
        start::start(&self.config, request)
    }

    async fn charge(&self, charge: &Charge) -> Answer<Charged> {
        if charge.capture == CaptureWhen::Later {
            return Answer::cannot("hold money: CCBill takes it at once");
        }
        match &charge.instrument {
            Instrument::Token { token } => {
                rest::charge(&self.config, &self.http, charge, token).await
            }
            Instrument::Stored { id, .. } => {
                again::charge(&self.config, &self.http, charge, id).await
            }
            Instrument::GooglePay { .. } => Answer::cannot("take Google Pay's tokens"),
        }
    }

    async fn void(&self, _key: &str, transaction: &str) -> Answer<Done> {
        datalink::void(&self.config, &self.http, transaction).await
    }

    async fn refund(&self, refunding: &Refunding) -> Answer<Done> {
        datalink::refund(&self.config, &self.http, refunding).await
    }

    async fn cancel(&self, cancellation: &Cancellation) -> Answer<Done> {
        datalink::cancel(&self.config, &self.http, cancellation).await
    }

    async fn find(&self, by: &FindBy) -> Answer<Option<Found>> {
        datalink::find(&self.config, &self.http, by).await
    }

    fn locks(&self) -> Option<&Locks> {
        Some(&self.config.locks)
    }

    fn read_postback(&self, raw: &RawNotice) -> Result<Vec<Notice>, Rejected> {
        self.config.locks.check(raw)?;
        webhook::read(&self.config, raw).map(|notice| vec![notice])
    }

    fn read_report(&self, file: &[u8]) -> Result<Vec<Notice>, Unreadable> {
        extract::read_file(&self.config, file)
    }

    async fn pull(&self, from: base::Timestamp, to: base::Timestamp) -> Answer<Vec<Vec<u8>>> {
        extract::pull(&self.config, &self.http, &self.pace, from, to).await
    }

    async fn check(&self, now: base::Timestamp) -> Vec<Finding> {
        trial::check(&self.config, &self.http, now).await
    }
}

fn by_hand() -> Vec<ByHand> {
    let task = |what, how: &str| ByHand { what, how: how.to_owned() };
    vec![
        task(
            HandTask::Refund,
            "Give the money back in CCBill's Admin Portal, by the subscription id shown here. The \
             Refund or Void webhook confirms it. (With datalink configured it is done from here.)",
        ),
        task(
            HandTask::CancelSubscription,
            "End the subscription in CCBill's Admin Portal, by the id shown here. The Cancellation \
             webhook confirms it.",
        ),
        task(
            HandTask::Find,
            "Look the subscription id or the customer's mail up in CCBill's Admin Portal.",
        ),
    ]
}
