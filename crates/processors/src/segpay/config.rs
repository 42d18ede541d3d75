//! What a SegPay account is configured with, and what makes a configuration sound.

use std::collections::BTreeMap;

use base::{Currency, Money};
use processor::{Locks, Notice, NoticeKind};
use serde::Deserialize;
use url::Url;

use super::more::{DisputeWord, OneClick, PostPay, SoundOneClick, SoundPostPay};
use super::words::PLACEHOLDERS;

/// The configuration of a SegPay account, as written down.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SegPayConfig {
    /// What opens for SegPay's postbacks. SegPay signs nothing, so at least one lock must take a
    /// secret: `path_secret` or `basic`.
    pub locks: Locks,
    /// Whether a postback is booked only after SRS says the same. There is no default: decide.
    pub look_up: bool,
    /// Credentials of the reporting service; without them nothing is given back or looked up.
    #[serde(default)]
    pub srs: Option<Srs>,
    /// The price point that SegPay keeps for each product of ours.
    #[serde(default)]
    pub products: BTreeMap<String, PricePoint>,
    /// A price point that takes its price from us, for all other products.
    #[serde(default)]
    pub dynamic: Option<Dynamic>,
    /// Charging the card of an earlier purchase.
    #[serde(default)]
    pub one_click: Option<OneClick>,
    /// Whether trials may be converted early, on SegPay's page.
    #[serde(default)]
    pub instant_conversion: bool,
    /// Holding money on the card of an earlier purchase.
    #[serde(default)]
    pub post_pay: Option<PostPay>,
    /// How the postback of a dispute is told apart.
    #[serde(default)]
    pub dispute: Option<DisputeWord>,
    /// The name our reference travels under and comes back under.
    #[serde(default = "pdref")]
    pub reference_field: String,
    /// What SegPay expects to read as our answer to a postback.
    #[serde(default)]
    pub answers: AnswerWords,
    /// Where SegPay is; changed in tests only.
    #[serde(default)]
    pub addresses: Addresses,
}

/// Credentials of the reporting service.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Srs {
    /// The user id.
    pub user: String,
    /// The user access key.
    pub access_key: String,
    /// The daily lists that are fetched.
    #[serde(default = "lists")]
    pub lists: Vec<String>,
    /// The name of the call that lets a subscription renew again, which is not public.
    #[serde(default)]
    pub reactivate: Option<String>,
}

/// A fixed price at SegPay.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PricePoint {
    /// Package and price point, `1234:5678`.
    pub eticket: String,
    /// The price as SegPay keeps it, `9.99`.
    pub amount: String,
    /// Its currency.
    pub currency: Currency,
    /// How it renews, if SegPay keeps it as a subscription.
    #[serde(default)]
    pub renewal: Option<PointRenewal>,
}

/// How a fixed price renews at SegPay.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PointRenewal {
    /// What every following period costs, `29.95`.
    pub amount: String,
    /// How many days each of them lasts.
    pub every_days: u32,
}

/// A price point that takes its price from us.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dynamic {
    /// Package and price point, `1234:5678`.
    pub eticket: String,
    /// Which of SegPay's ways of asking: 2 (dynamic pricing id) or 1 (hash of the amount).
    #[serde(default = "second")]
    pub generation: u8,
    /// The merchant id, which the second way asks for.
    #[serde(default)]
    pub merchant_id: Option<String>,
    /// The currency of the price point.
    pub currency: Currency,
    /// The least price SegPay approved.
    pub min: String,
    /// The highest price SegPay approved.
    pub max: String,
}

/// Our answers to postbacks: free words without blanks, line breaks or markup.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AnswerWords {
    /// When it is stored.
    pub ok: String,
    /// When it is not.
    pub error: String,
}

impl Default for AnswerWords {
    fn default() -> AnswerWords {
        AnswerWords { ok: "GOOD".to_owned(), error: "NOT_SUCCESSFUL".to_owned() }
    }
}

/// Where SegPay is.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Addresses {
    /// The pay page.
    pub pay_page: String,
    /// The reporting service.
    pub srs: String,
    /// The page of one-click sales.
    pub one_click: String,
    /// The page of instant conversions.
    pub instant_conversion: String,
    /// One-click sales from the server.
    pub service: String,
    /// Post Pay.
    pub transactions: String,
}

impl Default for Addresses {
    fn default() -> Addresses {
        Addresses {
            pay_page: "https://secure2.segpay.com/billing/poset.cgi".to_owned(),
            srs: "https://srs.segpay.com/".to_owned(),
            one_click: "https://secure2.segpay.com/billing/OneClick.aspx".to_owned(),
            instant_conversion: "https://secure2.segpay.com/billing/InstantConv.aspx".to_owned(),
            service: "https://service.segpay.com/".to_owned(),
            transactions: "https://transactions.segpay.com/".to_owned(),
        }
    }
}

/// The configuration with everything read and held against everything else.
pub(super) struct Sound {
    pub locks: Locks,
    pub look_up: bool,
    pub srs: Option<Srs>,
    pub lists: Vec<String>,
    pub products: BTreeMap<String, Point>,
    pub dynamic: Option<SoundDynamic>,
    pub one_click: Option<SoundOneClick>,
    pub instant_conversion: bool,
    pub post_pay: Option<SoundPostPay>,
    pub dispute: Option<DisputeWord>,
    pub reference_field: String,
    pub answers: AnswerWords,
    pub pay_page: Url,
    pub srs_base: Url,
    pub one_click_page: Url,
    pub conversion_page: Url,
    pub service: Url,
    pub transactions: Url,
}

/// A fixed price with its amounts read.
pub(super) struct Point {
    pub eticket: String,
    pub price: Money,
    pub renewal: Option<(Money, u32)>,
}

/// A dynamic price point with its range read.
pub(super) struct SoundDynamic {
    pub eticket: String,
    pub way: Way,
    pub min: Money,
    pub max: Money,
}

/// How a dynamic price is asked for.
pub(super) enum Way {
    /// The first generation: a hash of the amount.
    Hash,
    /// The second generation: an id, asked for with the merchant id.
    PricingId(String),
}

impl Sound {
    /// Every currency some price point takes.
    pub fn currencies(&self) -> Vec<String> {
        let fixed = self.products.values().map(|point| point.price.currency);
        let all = fixed.chain(self.dynamic.iter().map(|dynamic| dynamic.min.currency));
        let all = all.chain(self.post_pay.iter().map(|post_pay| post_pay.max.currency));
        let mut codes: Vec<String> = all.map(|currency| currency.code().to_owned()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// The field that brings back the reference of a one-click sale or a conversion.
    pub fn click_field(&self) -> String {
        let own = self.one_click.as_ref().map(|own| own.reference_field.clone());
        own.unwrap_or_else(|| "pdclick".to_owned())
    }

    /// What may be charged again after this notice: the purchase, where that is configured.
    pub fn stored(&self, notice: &Notice) -> Option<String> {
        let wanted = self.one_click.is_some() || self.post_pay.is_some();
        let paid = notice.kind == NoticeKind::Paid && !notice.provisional;
        notice.subscription.clone().filter(|_| wanted && paid)
    }
}

impl SegPayConfig {
    /// Reads and weighs everything.
    ///
    /// # Errors
    /// A sentence that names the key.
    pub(super) fn sound(self) -> Result<Sound, String> {
        self.locks.sound()?;
        if !self.locks.take_a_secret() {
            let why = "SegPay signs nothing, so locks.path_secret or locks.basic must be set";
            return Err(why.to_owned());
        }
        if self.look_up && self.srs.is_none() {
            return Err("look_up needs the credentials of srs".to_owned());
        }
        if self.products.is_empty() && self.dynamic.is_none() {
            return Err("products must name a price point, or dynamic must be set".to_owned());
        }
        reference_name("reference_field", &self.reference_field)?;
        for (key, word) in
            [("answers.ok", &self.answers.ok), ("answers.error", &self.answers.error)]
        {
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
            if word.is_empty() || word.len() > 64 || !word.bytes().all(plain) {
                return Err(format!("{key} must be one word of letters, digits and _-."));
            }
        }
        let has_srs = self.srs.is_some();
        let lists = self.srs.as_ref().map(|srs| srs.lists.clone()).unwrap_or_default();
        let plain = |name: &String| {
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        };
        if !lists.iter().chain(self.srs.iter().filter_map(|srs| srs.reactivate.as_ref())).all(plain)
        {
            return Err("srs.lists and srs.reactivate must be names of calls".to_owned());
        }
        let own_field = self.reference_field.clone();
        let products = self.products.into_iter().map(|(name, point)| {
            let price = price_point(&format!("products.{name}"), point)?;
            Ok((name, price))
        });
        Ok(Sound {
            products: products.collect::<Result<_, String>>()?,
            dynamic: self.dynamic.map(|dynamic| sound_dynamic(dynamic, has_srs)).transpose()?,
            one_click: self.one_click.map(|own| own.sound(&own_field)).transpose()?,
            instant_conversion: self.instant_conversion,
            post_pay: self.post_pay.map(PostPay::sound).transpose()?,
            dispute: self.dispute,
            pay_page: address("addresses.pay_page", &self.addresses.pay_page)?,
            srs_base: address("addresses.srs", &self.addresses.srs)?,
            one_click_page: address("addresses.one_click", &self.addresses.one_click)?,
            conversion_page: address(
                "addresses.instant_conversion",
                &self.addresses.instant_conversion,
            )?,
            service: address("addresses.service", &self.addresses.service)?,
            transactions: address("addresses.transactions", &self.addresses.transactions)?,
            lists,
            locks: self.locks,
            look_up: self.look_up,
            srs: self.srs,
            reference_field: self.reference_field.to_ascii_lowercase(),
            answers: self.answers,
        })
    }
}

/// Our own field: at most 32 characters, not beginning with a digit, no name of SegPay's.
pub(super) fn reference_name(key: &str, name: &str) -> Result<(), String> {
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let lower = name.to_ascii_lowercase();
    let theirs = PLACEHOLDERS.contains(&lower.as_str());
    if plain && !theirs && (1..=32).contains(&name.len()) && !name.as_bytes()[0].is_ascii_digit() {
        Ok(())
    } else {
        let rule = "must be a name of up to 32 letters and digits that SegPay does not use itself";
        Err(format!("{key} {rule} and that begins with a letter"))
    }
}

fn price_point(key: &str, point: PricePoint) -> Result<Point, String> {
    let price = money(&format!("{key}.amount"), &point.amount, point.currency)?;
    let renewal = match point.renewal {
        None => None,
        Some(renewal) => {
            let key = format!("{key}.renewal.amount");
            Some((money(&key, &renewal.amount, point.currency)?, renewal.every_days))
        }
    };
    Ok(Point { eticket: eticket(&format!("{key}.eticket"), point.eticket)?, price, renewal })
}

fn sound_dynamic(dynamic: Dynamic, has_srs: bool) -> Result<SoundDynamic, String> {
    let way = match (dynamic.generation, dynamic.merchant_id) {
        (1, _) => Way::Hash,
        (2, Some(_)) if !has_srs => {
            return Err("dynamic needs the credentials of srs for generation 2".to_owned());
        }
        (2, Some(merchant)) => Way::PricingId(merchant),
        (2, None) => return Err("dynamic.merchant_id is missing".to_owned()),
        _ => return Err("dynamic.generation must be 1 or 2".to_owned()),
    };
    let min = money("dynamic.min", &dynamic.min, dynamic.currency)?;
    let max = money("dynamic.max", &dynamic.max, dynamic.currency)?;
    if min.minor > max.minor {
        return Err("dynamic.min must not exceed dynamic.max".to_owned());
    }
    Ok(SoundDynamic { eticket: eticket("dynamic.eticket", dynamic.eticket)?, way, min, max })
}

pub(super) fn money(key: &str, text: &str, currency: Currency) -> Result<Money, String> {
    let money = Money::parse(text, currency).map_err(|error| format!("{key}: {error}"))?;
    if money.is_positive() { Ok(money) } else { Err(format!("{key} must be positive")) }
}

pub(super) fn eticket(key: &str, text: String) -> Result<String, String> {
    let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match text.split_once(':') {
        Some((package, point)) if number(package) && number(point) => Ok(text),
        _ => Err(format!("{key} must be package:price point, such as 1234:5678")),
    }
}

fn address(key: &str, text: &str) -> Result<Url, String> {
    text.parse().map_err(|error| format!("{key} is not an address: {error}"))
}

fn pdref() -> String {
    "pdref".to_owned()
}

/// The lists that the public description names for sales and for declines.
fn lists() -> Vec<String> {
    ["TransactionsList", "TransactionsList_Declined"].map(str::to_owned).to_vec()
}

const fn second() -> u8 {
    2
}

impl std::fmt::Debug for Srs {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Srs(…)")
    }
}

impl std::fmt::Debug for SegPayConfig {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("SegPayConfig")
            .field("locks", &self.locks)
            .field("look_up", &self.look_up)
            .field("products", &self.products)
            .field("dynamic", &self.dynamic)
            .finish_non_exhaustive()
    }
}
