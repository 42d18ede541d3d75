//! SegPay: a pay page for fixed and dynamic prices, unsigned postbacks behind locks, and a
//! reporting service (SRS) that gives back, ends and looks up.
//!
//! What is relied on is public: "SegPay's Processing API for Merchants" 1.3 (2017) and the help
//! centre at gethelp.segpay.com (postbacks, postback parameters, stand-in, dynamic pricing, SRS
//! consumer support, SRS transaction details). Each file says which of them it follows. Post Pay
//! is not part of this connector.

mod config;
mod postback;
mod price;
mod srs;
mod start;
mod words;

#[cfg(test)]
mod tests;

pub use config::{Addresses, AnswerWords, Dynamic, PricePoint, SegPayConfig, Srs};

use async_trait::async_trait;
use processor::{
    Answer, CallPaidBy, Cancellation, Capabilities, Done, FindBy, Finding, Found, HouseCan, Http,
    Notice, Phone, PostbackAnswer, Processor, RawNotice, Refunding, Rejected, StartRequest,
    Started, SupportContact, Verdict,
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
        let srs = self.config.srs.is_some();
        Capabilities {
            hosted_page: true,
            recurring: true,
            // SRS has no amount in its refund: the whole transaction or nothing. It voids by
            // itself if the refund comes before settlement.
            refund_full: srs,
            cancel_subscription: srs,
            find: srs,
            look_up_before_booking: self.config.look_up,
            disputes: true,
            currencies: self.config.currencies(),
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
        postback::read(raw, &self.config.reference_field).map(|notice| vec![notice])
    }

    /// Member postbacks wait for a word the merchant chose; transaction postbacks look at the
    /// status. Both get both.
    fn answer(&self, verdict: Verdict) -> PostbackAnswer {
        let words = &self.config.answers;
        let body = if verdict == Verdict::Stored { &words.ok } else { &words.error };
        PostbackAnswer { body: body.clone(), ..PostbackAnswer::plain(verdict) }
    }

    async fn check(&self, now: base::Timestamp) -> Vec<Finding> {
        srs::check(&self.config, &self.http, now).await
    }
}
