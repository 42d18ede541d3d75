//! SegPay: a pay page for fixed and dynamic prices, one-click and Post Pay on the card of an
//! earlier purchase, unsigned postbacks behind locks, and a reporting service (SRS) that gives
//! back, ends, changes, looks up and lists.
//!
//! What is relied on is public: "SegPay's Processing API for Merchants" 1.3 (2017) and the help
//! centre at gethelp.segpay.com (postbacks, postback parameters, stand-in, dynamic pricing,
//! one-click, Post Pay, SRS consumer support, SRS transaction details). Each file says which of
//! them it follows. What is not public (how the server calls answer, how Post Pay captures, the
//! name of the reactivation, the word of a dispute) is off until it is configured.

mod charge;
mod config;
mod lists;
mod more;
mod postback;
mod price;
mod replies;
mod srs;
mod start;
mod words;

#[cfg(test)]
mod tests;

pub use config::{Addresses, AnswerWords, Dynamic, PointRenewal, PricePoint, SegPayConfig, Srs};
pub use more::{DisputeWord, HoldCapture, OneClick, OneClickWay, PostPay, ReplyWords};

use async_trait::async_trait;
use base::{Money, Timestamp};
use processor::{
    Answer, ByHand, CallPaidBy, Cancellation, Capabilities, Charge, Charged, Done, FindBy, Finding,
    Found, HandTask, HouseCan, Http, Notice, Phone, PostbackAnswer, Processor, RawNotice,
    Refunding, Rejected, StartRequest, Started, SubscriptionChange, SupportContact, TabKind,
    Unreadable, Verdict,
};

use config::Sound;

/// A SegPay account, ready to be asked.
pub struct SegPay {
    config: Sound,
    http: Http,
}

impl SegPay {
    /// An account with its configuration, which must be whole and sound.
    ///
    /// # Errors
    /// A sentence that names the key that is wrong.
    pub fn new(config: SegPayConfig, http: Http) -> Result<SegPay, String> {
        Ok(SegPay { config: config.sound()?, http })
    }

    /// No call is public that releases what Post Pay holds, nor one that gives back without SRS.
    fn by_hand(&self) -> Vec<ByHand> {
        let mut tasks = Vec::new();
        if self.config.post_pay.is_some() {
            let how = "In SegPay's merchant portal, find the authorisation and release it; left \
                       alone, it lapses at the bank.";
            tasks.push(ByHand { what: HandTask::Void, how: how.to_owned() });
        }
        if self.config.srs.is_none() {
            for what in [HandTask::Refund, HandTask::CancelSubscription, HandTask::Find] {
                let how = "In SegPay's merchant portal, find the purchase; a postback confirms it.";
                tasks.push(ByHand { what, how: how.to_owned() });
            }
        }
        tasks
    }

    /// What is not public and therefore off, or on by the operator's word.
    fn not_public(&self) -> Vec<Finding> {
        let config = &self.config;
        let mut findings = Vec::new();
        let mut tell = |what: &str, says: &str| findings.push(Finding::notice(what, says));
        match &config.post_pay {
            Some(own) if own.capture.is_none() => tell(
                "post_pay.capture",
                "missing, so nothing is held: ask SegPay how an authorisation is captured",
            ),
            Some(_) => tell(
                "post_pay.capture",
                "used by your word: path and names are not public; try it with a small sum",
            ),
            None => {}
        }
        if config.one_click.as_ref().is_some_and(|own| own.way == OneClickWay::Server) {
            tell("one_click.reply", "used by your word: how SegPay answers is not public");
        }
        if config.srs.as_ref().is_some_and(|srs| srs.reactivate.is_none()) {
            tell("srs.reactivate", "missing: ended subscriptions cannot be revived from here");
        }
        if config.dispute.is_none() {
            tell("dispute", "missing: SegPay's dispute postbacks wait for a person");
        }
        findings
    }
}

/// Makes the connector of an account.
///
/// # Errors
/// A sentence that names the key of the configuration that is wrong.
pub fn open(
    config: serde_json::Value,
    http: processor::Http,
) -> Result<std::sync::Arc<dyn processor::Processor>, String> {
    Ok(std::sync::Arc::new(SegPay::new(crate::build::read::<SegPayConfig>(config)?, http)?))
}

#[async_trait]
impl Processor for SegPay {
    fn name(&self) -> &'static str {
        "segpay"
    }

    fn capabilities(&self) -> Capabilities {
        let config = &self.config;
        let srs = config.srs.is_some();
        let click = config.one_click.is_some();
        let holds = config.post_pay.as_ref().is_some_and(|own| own.capture.is_some());
        Capabilities {
            hosted_page: true,
            server_charge: click || holds || config.instant_conversion,
            stored_card: click || holds,
            recurring: config.products.values().any(|point| point.renewal.is_some()),
            // Post Pay authorises a ceiling that is captured once; it cannot grow.
            manual_capture: holds,
            partial_capture: holds,
            tab: match (holds, click) {
                (true, _) => Some(TabKind::FixedCeiling),
                (false, true) => Some(TabKind::StoredCard),
                (false, false) => None,
            },
            by_hand: self.by_hand(),
            change_subscription: srs,
            reports: srs,
            pulls_reports: srs,
            // SRS has no amount in its refund: the whole transaction or nothing. It voids by
            // itself if the refund comes before settlement.
            refund_full: srs,
            cancel_subscription: srs,
            find: srs,
            look_up_before_booking: config.look_up,
            disputes: true,
            currencies: config.currencies(),
            ..Capabilities::default()
        }
    }

    /// As consumer-advice pages and SegPay's own consumer site name it.
    fn support(&self) -> SupportContact {
        let phone = |number: &str, paid_by, from: Option<&str>| Phone {
            number: number.to_owned(),
            paid_by,
            from: from.map(str::to_owned),
        };
        let lines = ["SEGPAY.COM", "SEGPAYEU.COM", "SEGPAY *", "SPCD.NET"];
        SupportContact {
            name: "SegPay".to_owned(),
            statement: lines.map(str::to_owned).to_vec(),
            web: Some("https://cs.segpay.com".to_owned()),
            mail: Some("help@segpay.com".to_owned()),
            phones: vec![
                phone("+1 888 376 0948", CallPaidBy::House, Some("US")),
                phone("+1 954 414 1610", CallPaidBy::Caller, None),
            ],
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

    async fn capture(&self, _key: &str, transaction: &str, amount: Money) -> Answer<Done> {
        charge::capture(&self.config, &self.http, transaction, amount).await
    }

    async fn change(&self, change: &SubscriptionChange) -> Answer<Done> {
        srs::change(&self.config, &self.http, change).await
    }

    fn read_report(&self, file: &[u8]) -> Result<Vec<Notice>, Unreadable> {
        if self.config.srs.is_none() {
            return Err(Unreadable::new("srs is not configured, so no list is ours"));
        }
        lists::read(&self.config, file)
    }

    async fn pull(&self, from: Timestamp, to: Timestamp) -> Answer<Vec<Vec<u8>>> {
        lists::pull(&self.config, &self.http, from, to).await
    }

    async fn refund(&self, refunding: &Refunding) -> Answer<Done> {
        srs::refund(&self.config, &self.http, refunding).await
    }

    async fn cancel(&self, cancellation: &Cancellation) -> Answer<Done> {
        srs::cancel(&self.config, &self.http, cancellation).await
    }

    async fn find(&self, by: &FindBy) -> Answer<Option<Found>> {
        srs::find(&self.config, &self.http, by).await
    }

    fn locks(&self) -> Option<&processor::Locks> {
        Some(&self.config.locks)
    }

    fn read_postback(&self, raw: &RawNotice) -> Result<Vec<Notice>, Rejected> {
        self.config.locks.check(raw)?;
        postback::read(raw, &self.config).map(|notice| vec![notice])
    }

    /// Member postbacks wait for a word the merchant chose; transaction postbacks look at the
    /// status. Both get both.
    fn answer(&self, verdict: Verdict) -> PostbackAnswer {
        let words = &self.config.answers;
        let body = if verdict == Verdict::Stored { &words.ok } else { &words.error };
        PostbackAnswer { body: body.clone(), ..PostbackAnswer::plain(verdict) }
    }

    async fn check(&self, now: Timestamp) -> Vec<Finding> {
        let mut findings = srs::check(&self.config, &self.http, now).await;
        findings.extend(self.not_public());
        findings
    }
}
