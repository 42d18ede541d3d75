//! What is configured only by those who use it: one-click, instant conversion, Post Pay, disputes
//! and daily lists. Whatever SegPay does not publish is off until it stands here.

use base::{Currency, Money};
use serde::Deserialize;

/// Charging the card of an earlier purchase.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OneClick {
    /// `page` (public: the customer confirms with the CVC) or `server` (no page).
    #[serde(default)]
    pub way: OneClickWay,
    /// The name our reference travels under; another one than `reference_field`, because SegPay
    /// reports a one-click sale of a one-time article as if it were a rebill.
    #[serde(default = "pdclick")]
    pub reference_field: String,
    /// The call for fixed prices.
    #[serde(default = "sales")]
    pub path: String,
    /// The call for prices of ours.
    #[serde(default = "sales_dynamic")]
    pub dynamic_path: String,
    /// The name of the price point in these calls.
    #[serde(default = "eticketid")]
    pub eticket_field: String,
    /// The name of the earlier purchase in these calls.
    #[serde(default = "octoken")]
    pub token_field: String,
    /// How SegPay answers these calls; required for `server`, for it is not public.
    #[serde(default)]
    pub reply: Option<ReplyWords>,
}

/// How an earlier purchase is charged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OneClickWay {
    /// On SegPay's page, which asks for the CVC.
    #[default]
    Page,
    /// From our server, whose address SegPay must have on its list.
    Server,
}

/// Holding money on the card of an earlier purchase, to be captured once.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostPay {
    /// Package and price point, of the kind *Digital Purchase* or *Dynamic*.
    pub eticket: String,
    /// The currency of the price point; Post Pay converts nothing.
    pub currency: Currency,
    /// The most that is held.
    pub max: String,
    /// How SegPay answers; it is not public.
    #[serde(default)]
    pub reply: Option<ReplyWords>,
    /// How money is captured; it is not public, and without it nothing is held.
    #[serde(default)]
    pub capture: Option<HoldCapture>,
}

/// Path and names of a capture.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HoldCapture {
    /// Below `addresses.transactions`.
    pub path: String,
    /// The id of the authorisation.
    pub transaction_field: String,
    /// The price point.
    pub eticket_field: String,
    /// The earlier purchase.
    pub purchase_field: String,
    /// How much.
    pub amount_field: String,
}

/// The words of an answer. What is not among them is an outcome we do not know.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplyWords {
    /// The field that holds the word; without it, the whole answer is the word.
    #[serde(default)]
    pub field: Option<String>,
    /// Words of a yes.
    pub approved: Vec<String>,
    /// Words of a no.
    pub declined: Vec<String>,
    /// The field that holds SegPay's id of the transaction.
    #[serde(default)]
    pub transaction: Option<String>,
}

/// How a dispute is told, which is not public but for its existence.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisputeWord {
    /// The field.
    pub field: String,
    /// Its word.
    pub word: String,
}

/// Post Pay with its amounts read.
pub(super) struct SoundPostPay {
    pub eticket: String,
    pub max: Money,
    pub reply: ReplyWords,
    pub capture: Option<HoldCapture>,
}

/// One-click with its words.
pub(super) struct SoundOneClick {
    pub way: OneClickWay,
    pub reference_field: String,
    pub path: String,
    pub dynamic_path: String,
    pub eticket_field: String,
    pub token_field: String,
    pub reply: ReplyWords,
}

impl OneClick {
    /// Weighs it.
    ///
    /// # Errors
    /// A sentence that names the key.
    pub(super) fn sound(self, reference_field: &str) -> Result<SoundOneClick, String> {
        super::config::reference_name("one_click.reference_field", &self.reference_field)?;
        if self.reference_field.eq_ignore_ascii_case(reference_field) {
            return Err("one_click.reference_field must differ from reference_field".to_owned());
        }
        let reply = match (self.way, self.reply) {
            (OneClickWay::Page, _) => ReplyWords::default(),
            (OneClickWay::Server, None) => {
                return Err("one_click.reply is missing: how SegPay answers is not public".into());
            }
            (OneClickWay::Server, Some(reply)) => reply.sound("one_click.reply")?,
        };
        for (key, name) in [
            ("one_click.eticket_field", &self.eticket_field),
            ("one_click.token_field", &self.token_field),
        ] {
            if name.is_empty() {
                return Err(format!("{key} is empty"));
            }
        }
        Ok(SoundOneClick {
            way: self.way,
            reference_field: self.reference_field.to_ascii_lowercase(),
            path: self.path,
            dynamic_path: self.dynamic_path,
            eticket_field: self.eticket_field,
            token_field: self.token_field,
            reply,
        })
    }
}

impl PostPay {
    /// Weighs it.
    ///
    /// # Errors
    /// A sentence that names the key.
    pub(super) fn sound(self) -> Result<SoundPostPay, String> {
        let Some(reply) = self.reply else {
            return Err("post_pay.reply is missing: how SegPay answers is not public".to_owned());
        };
        let reply = reply.sound("post_pay.reply")?;
        if reply.transaction.is_none() {
            return Err("post_pay.reply.transaction is missing: a capture names it".to_owned());
        }
        Ok(SoundPostPay {
            eticket: super::config::eticket("post_pay.eticket", self.eticket)?,
            max: super::config::money("post_pay.max", &self.max, self.currency)?,
            reply,
            capture: self.capture,
        })
    }
}

impl ReplyWords {
    fn sound(self, key: &str) -> Result<ReplyWords, String> {
        let blank = |word: &String| word.trim().is_empty();
        if self.approved.is_empty() || self.approved.iter().chain(&self.declined).any(blank) {
            return Err(format!("{key}.approved must list words, and no word may be empty"));
        }
        let same = |word: &&String| {
            self.declined.iter().any(|other| other.trim().eq_ignore_ascii_case(word.trim()))
        };
        match self.approved.iter().find(same) {
            Some(word) => Err(format!("{key}: {word} is both a yes and a no")),
            None => Ok(self),
        }
    }
}

fn pdclick() -> String {
    "pdclick".to_owned()
}

fn sales() -> String {
    "OneClickSales.asmx/SalesService".to_owned()
}

fn sales_dynamic() -> String {
    "OneClickSales.asmx/SalesServiceDynamic".to_owned()
}

fn eticketid() -> String {
    "eticketid".to_owned()
}

fn octoken() -> String {
    "octoken".to_owned()
}
