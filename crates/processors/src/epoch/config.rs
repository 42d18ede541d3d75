//! What an Epoch account is configured with, and what makes a configuration sound.

use std::collections::BTreeMap;

use base::{Currency, Money};
use jiff::tz::TimeZone;
use processor::Locks;
use processor::sign::Digesting;
use serde::Deserialize;
use url::Url;

/// The configuration of an Epoch account, as written down.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EpochConfig {
    /// What opens for Epoch's postbacks; at least one lock must take a secret.
    pub locks: Locks,
    /// The company code.
    pub co_code: String,
    /// How a payment begins.
    #[serde(default)]
    pub start: StartBy,
    /// Who referred the customer; `a` is nobody.
    #[serde(default = "nobody")]
    pub reseller: String,
    /// The pay page's first choice of instrument, `PP` for PayPal; only the link carries it.
    #[serde(default)]
    pub selected_type: Option<String>,
    /// The price that Epoch keeps for each product of ours.
    pub products: BTreeMap<String, Product>,
    /// The name our reference travels under and comes back under: it begins with `x_`.
    #[serde(default = "x_reference")]
    pub reference_field: String,
    /// Whether the browser brings the outcome's fields along when it returns. They prove nothing.
    #[serde(default)]
    pub response_post: bool,
    /// The key of digests, if the account has one.
    #[serde(default)]
    pub digest: Option<Digest>,
    /// One-click charges of earlier members.
    #[serde(default)]
    pub camcharge: Option<Camcharge>,
    /// Credentials of the customer search, which also cancels.
    #[serde(default)]
    pub search: Option<Search>,
    /// Rows of DataPlus and MemberCancelStats.
    #[serde(default)]
    pub data_plus: Option<Dataplus>,
    /// The zone of Epoch's times, `America/Los_Angeles`. Epoch says it to its merchants only;
    /// without it times that name no zone are not read.
    #[serde(default)]
    pub time_zone: Option<String>,
    /// Where Epoch is; changed for its test host and in tests.
    #[serde(default)]
    pub addresses: Addresses,
}

/// How a payment begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StartBy {
    /// A form that the browser posts.
    #[default]
    Flexpost,
    /// A link.
    Join,
}

/// A price at Epoch.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// The price's code.
    pub pi_code: String,
    /// What Epoch takes first, `9.95`.
    pub amount: String,
    /// Its currency.
    pub currency: Currency,
    /// Whether Epoch renews it by itself.
    #[serde(default)]
    pub renews: bool,
}

/// The key of digests and where they are used.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Digest {
    /// The key.
    pub key: String,
    /// How it is used.
    #[serde(default)]
    pub algorithm: Algorithm,
    /// Whether a postback must carry a digest that is right.
    #[serde(default = "yes")]
    pub postbacks: bool,
    /// Whether the link that begins a payment carries one.
    #[serde(default)]
    pub join: bool,
}

/// How a digest is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Algorithm {
    /// HMAC with MD5, which a published example proves.
    #[default]
    HmacMd5,
    /// HMAC with SHA-1, which one public program uses.
    HmacSha1,
}

/// One-click charges.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Camcharge {
    /// The currency of `auth_amount`, which names none.
    pub currency: Currency,
    /// The least that is charged.
    pub min: String,
    /// The most that is charged.
    pub max: String,
    /// Whether the link names our postback address. The customer can read it there, so it needs
    /// `locks.senders` and digests on postbacks.
    #[serde(default)]
    pub pburl: bool,
}

/// Credentials of the customer search.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// A user with the right to search.
    pub user: String,
    /// Its password.
    pub password: String,
    /// The reason that is given for cancelling.
    #[serde(default = "approved")]
    pub cancel_reason: String,
    /// Whether to ask for JSON instead of XML.
    #[serde(default)]
    pub json: bool,
}

/// Rows of DataPlus and MemberCancelStats.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dataplus {
    /// The currency of amounts whose `pi_code` is none of `products`.
    pub currency: Currency,
}

/// Where Epoch is.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Addresses {
    /// The form's.
    pub flexpost: String,
    /// The link's.
    pub join: String,
    /// The one-click link's.
    pub camcharge: String,
    /// The customer search.
    pub search: String,
    /// The list of senders.
    pub senders: String,
}

impl Default for Addresses {
    fn default() -> Addresses {
        Addresses {
            flexpost: "https://wnu.com/secure/fpost.cgi".to_owned(),
            join: "https://wnu.com/secure/services/".to_owned(),
            camcharge: "https://wnu.com/secure/services".to_owned(),
            search: "https://epoch.com/services/customer_search/".to_owned(),
            senders: "https://epoch.com/ip_list.php".to_owned(),
        }
    }
}

/// The configuration with everything read and held against everything else.
pub(super) struct Sound {
    pub locks: Locks,
    pub co_code: String,
    pub start: StartBy,
    pub reseller: String,
    pub selected_type: Option<String>,
    pub products: BTreeMap<String, SoundProduct>,
    pub reference_field: String,
    pub response_post: bool,
    pub digest: Option<Digest>,
    pub camcharge: Option<SoundCamcharge>,
    pub search: Option<Search>,
    pub data_plus: Option<Dataplus>,
    pub time_zone: Option<TimeZone>,
    pub flexpost_at: Url,
    pub join_at: Url,
    pub camcharge_at: Url,
    pub search_at: Url,
    pub senders_at: Url,
}

/// A price with its amount read.
pub(super) struct SoundProduct {
    pub pi_code: String,
    pub price: Money,
    pub renews: bool,
}

/// One-click charges with their range read.
pub(super) struct SoundCamcharge {
    pub min: Money,
    pub max: Money,
    pub pburl: bool,
}

impl Sound {
    /// Every currency that can be asked for.
    pub fn currencies(&self) -> Vec<String> {
        let fixed = self.products.values().map(|product| product.price.currency);
        let all = fixed.chain(self.camcharge.iter().map(|camcharge| camcharge.min.currency));
        let mut codes: Vec<String> = all.map(|currency| currency.code().to_owned()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// The currency of a price of Epoch's.
    pub fn currency_of(&self, pi_code: &str) -> Option<Currency> {
        let product = self.products.values().find(|product| product.pi_code == pi_code);
        product.map(|product| product.price.currency)
    }
}

impl Algorithm {
    /// What makes the digest.
    pub(super) const fn digesting(self) -> Digesting {
        match self {
            Algorithm::HmacMd5 => Digesting::HmacMd5,
            Algorithm::HmacSha1 => Digesting::HmacSha1,
        }
    }
}

impl EpochConfig {
    /// Reads and weighs everything.
    ///
    /// # Errors
    /// A sentence that names the key.
    pub(super) fn sound(self) -> Result<Sound, String> {
        self.locks.sound()?;
        if !self.locks.take_a_secret() {
            return Err("locks.path_secret or locks.basic must be set: the list of senders alone \
                        is not enough"
                .to_owned());
        }
        code("co_code", &self.co_code)?;
        code("reseller", &self.reseller)?;
        if let Some(kind) = &self.selected_type {
            code("selected_type", kind)?;
        }
        reference_name(&self.reference_field)?;
        self.weigh_digest()?;
        if self.products.is_empty() {
            return Err("products must name a price".to_owned());
        }
        let products = self.products.into_iter().map(|(name, product)| {
            let product = sound_product(&format!("products.{name}"), product)?;
            Ok((name, product))
        });
        let zone = |name: String| {
            TimeZone::get(&name).map_err(|_| format!("time_zone: there is no zone {name:?}"))
        };
        let at = &self.addresses;
        Ok(Sound {
            products: products.collect::<Result<_, String>>()?,
            camcharge: self.camcharge.map(sound_camcharge).transpose()?,
            time_zone: self.time_zone.map(zone).transpose()?,
            flexpost_at: address("addresses.flexpost", &at.flexpost)?,
            join_at: address("addresses.join", &at.join)?,
            camcharge_at: address("addresses.camcharge", &at.camcharge)?,
            search_at: address("addresses.search", &at.search)?,
            senders_at: address("addresses.senders", &at.senders)?,
            locks: self.locks,
            co_code: self.co_code,
            start: self.start,
            reseller: self.reseller,
            selected_type: self.selected_type,
            reference_field: self.reference_field,
            response_post: self.response_post,
            digest: self.digest,
            search: self.search,
            data_plus: self.data_plus,
        })
    }

    fn weigh_digest(&self) -> Result<(), String> {
        let digest = self.digest.as_ref();
        if digest.is_some_and(|digest| digest.key.len() < 8) {
            return Err("digest.key must have 8 characters or more".to_owned());
        }
        let Some(camcharge) = &self.camcharge else { return Ok(()) };
        if digest.is_none() {
            return Err("camcharge needs digest.key: its links are signed".to_owned());
        }
        let shut = !self.locks.senders.is_empty() && digest.is_some_and(|digest| digest.postbacks);
        if camcharge.pburl && !shut {
            return Err("camcharge.pburl shows the postback address to the customer, so it needs \
                        locks.senders and digest.postbacks"
                .to_owned());
        }
        Ok(())
    }
}

fn code(key: &str, text: &str) -> Result<(), String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if (1..=32).contains(&text.len()) && text.bytes().all(plain) {
        Ok(())
    } else {
        Err(format!("{key} must be a code of letters and digits"))
    }
}

/// Epoch echoes fields that begin with `x_`.
fn reference_name(name: &str) -> Result<(), String> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    match name.strip_prefix("x_") {
        Some(rest) if (1..=30).contains(&rest.len()) && rest.bytes().all(plain) => Ok(()),
        _ => Err("reference_field must be a name of small letters that begins with x_".to_owned()),
    }
}

fn sound_product(key: &str, product: Product) -> Result<SoundProduct, String> {
    code(&format!("{key}.pi_code"), &product.pi_code)?;
    let price = money(&format!("{key}.amount"), &product.amount, product.currency)?;
    Ok(SoundProduct { pi_code: product.pi_code, price, renews: product.renews })
}

fn sound_camcharge(camcharge: Camcharge) -> Result<SoundCamcharge, String> {
    let min = money("camcharge.min", &camcharge.min, camcharge.currency)?;
    let max = money("camcharge.max", &camcharge.max, camcharge.currency)?;
    if min.minor > max.minor {
        return Err("camcharge.min must not exceed camcharge.max".to_owned());
    }
    Ok(SoundCamcharge { min, max, pburl: camcharge.pburl })
}

fn money(key: &str, text: &str, currency: Currency) -> Result<Money, String> {
    let money = Money::parse(text, currency).map_err(|error| format!("{key}: {error}"))?;
    if money.is_positive() { Ok(money) } else { Err(format!("{key} must be positive")) }
}

fn address(key: &str, text: &str) -> Result<Url, String> {
    text.parse().map_err(|error| format!("{key} is not an address: {error}"))
}

fn nobody() -> String {
    "a".to_owned()
}

fn x_reference() -> String {
    "x_reference".to_owned()
}

fn approved() -> String {
    "wmapprvd".to_owned()
}

const fn yes() -> bool {
    true
}

impl std::fmt::Debug for Digest {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Digest").field("algorithm", &self.algorithm).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Search {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Search(…)")
    }
}

impl std::fmt::Debug for EpochConfig {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("EpochConfig")
            .field("locks", &self.locks)
            .field("co_code", &self.co_code)
            .field("start", &self.start)
            .field("products", &self.products)
            .finish_non_exhaustive()
    }
}
