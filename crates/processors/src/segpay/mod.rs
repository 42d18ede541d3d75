//! SegPay: a pay page for fixed and dynamic prices, unsigned postbacks behind locks, and a
//! reporting service (SRS) that gives back, ends and looks up.
//!
//! What is relied on is public: "SegPay's Processing API for Merchants" 1.3 (2017) and the help
//! centre at gethelp.segpay.com (postbacks, postback parameters, stand-in, dynamic pricing, SRS
//! consumer support, SRS transaction details). Each file says which of them it follows. Post Pay
//! is not part of this connector.

mod config;
mod fields;
mod postback;
mod price;
mod srs;
mod start;
mod words;
mod xml;

#[cfg(test)]
mod tests;

pub use config::{Addresses, AnswerWords, Dynamic, PricePoint, SegPayConfig, Srs};

use async_trait::async_trait;
use processor::{
    Answer, Cancellation, Capabilities, Done, FindBy, Found, Http, Notice, PostbackAnswer,
    Processor, RawNotice, Refunding, Rejected, StartRequest, Started, SupportContact, Verdict,
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
        SupportContact {
            name: "SegPay".to_owned(),
            web: Some("https://cs.segpay.com".to_owned()),
            mail: Some("help@segpay.com".to_owned()),
            phones: vec![
                "+1 954 414 1610".to_owned(),
                "+1 888 376 0948 (toll-free in North America)".to_owned(),
            ],
            hours: None,
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

    async fn check(&self) -> Result<(), String> {
        srs::check(&self.config, &self.http).await
    }
}
