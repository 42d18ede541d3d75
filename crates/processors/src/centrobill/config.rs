//! What a CentroBill account is configured with, and what makes a configuration sound.

use std::collections::BTreeMap;

use base::{Currency, Money};
use processor::Locks;
use serde::Deserialize;
use url::Url;

/// Ways to pay whose yes may still be withdrawn: bank transfers that are confirmed within eight
/// days ("Charge" in the guides; names as the payment sources of the open SDK).
const BANK_TRANSFERS: [&str; 9] = [
    "onlinebanking",
    "sofortbanking",
    "giropay",
    "ideal",
    "eps",
    "przelewy24",
    "mybank",
    "payid",
    "banktransferchile",
];

/// How long a repeated key only reads the first answer. CentroBill promises the behaviour and
/// tells to repeat after a brief wait; how long it remembers is not public.
const KEEPS_KEYS: u32 = 60;

/// The longest time a hold is asked for.
const CAPTURE_DAYS: u16 = 30;

/// The configuration of a CentroBill account, as written down.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CentroBillConfig {
    /// The key of the interface; it also goes into the signature of notifications.
    pub api_key: String,
    /// The site that prices of ours are sold on.
    #[serde(default)]
    pub site_id: Option<String>,
    /// Products that CentroBill keeps with their price (a named SKU).
    #[serde(default)]
    pub products: BTreeMap<String, Product>,
    /// Further locks before notifications; the signature covers neither amount nor action.
    #[serde(default)]
    pub locks: Locks,
    /// The key of the older notifications; without it they are not read.
    #[serde(default)]
    pub legacy: Option<Legacy>,
    /// Whether CentroBill is asked for its own copy of a notification before money is booked.
    #[serde(default)]
    pub look_up: bool,
    /// In how many days an authorisation is captured; without it nothing is authorised first.
    #[serde(default)]
    pub capture_days: Option<u16>,
    /// Ways to pay whose yes may still be withdrawn.
    #[serde(default)]
    pub provisional_methods: Option<Vec<String>>,
    /// For how many seconds a repeated key is trusted to charge nothing; 0 for never.
    #[serde(default)]
    pub keeps_keys: Option<u32>,
    /// ISO 4217 codes the account takes; empty means any.
    #[serde(default)]
    pub currencies: Vec<Currency>,
    /// Where the interface is: the stage, or a stand-in of tests.
    #[serde(default = "live")]
    pub address: String,
}

/// A product that CentroBill keeps.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// Its name there.
    pub sku: String,
    /// Its price as CentroBill keeps it, `9.99`.
    pub amount: String,
    /// Its currency.
    pub currency: Currency,
}

/// The older notifications.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Legacy {
    /// The authentication key of the older interface.
    pub auth_key: String,
}

/// The configuration with everything read and held against everything else.
pub(super) struct Sound {
    pub api_key: String,
    pub site_id: Option<String>,
    pub products: BTreeMap<String, (String, Money)>,
    pub locks: Locks,
    pub legacy_key: Option<String>,
    pub look_up: bool,
    pub capture_days: Option<u16>,
    pub provisional_methods: Vec<String>,
    pub keeps_keys: Option<u32>,
    pub currencies: Vec<String>,
    pub base: Url,
}

impl CentroBillConfig {
    /// Reads and weighs everything.
    ///
    /// # Errors
    /// A sentence that names the key.
    pub(super) fn sound(self) -> Result<Sound, String> {
        self.locks.sound()?;
        secret("api_key", &self.api_key)?;
        if let Some(legacy) = &self.legacy {
            secret("legacy.auth_key", &legacy.auth_key)?;
        }
        if self.site_id.is_none() && self.products.is_empty() {
            return Err("site_id must be set, or products must name a SKU".to_owned());
        }
        if self.site_id.as_deref().is_some_and(|site| !plain(site)) {
            return Err("site_id must be letters and digits".to_owned());
        }
        if self.capture_days.is_some_and(|days| !(1..=CAPTURE_DAYS).contains(&days)) {
            return Err(format!("capture_days must be 1 to {CAPTURE_DAYS}"));
        }
        let products = self.products.into_iter().map(|(name, product)| {
            let price = price(&format!("products.{name}"), product)?;
            Ok((name, price))
        });
        let methods = match self.provisional_methods {
            Some(methods) => methods.iter().map(|name| name.to_ascii_lowercase()).collect(),
            None => BANK_TRANSFERS.map(str::to_owned).to_vec(),
        };
        Ok(Sound {
            products: products.collect::<Result<_, String>>()?,
            base: address(&self.address)?,
            api_key: self.api_key,
            site_id: self.site_id,
            locks: self.locks,
            legacy_key: self.legacy.map(|legacy| legacy.auth_key),
            look_up: self.look_up,
            capture_days: self.capture_days,
            provisional_methods: methods,
            keeps_keys: Some(self.keeps_keys.unwrap_or(KEEPS_KEYS)).filter(|seconds| *seconds > 0),
            currencies: self.currencies.iter().map(|code| code.code().to_owned()).collect(),
        })
    }
}

/// An id of CentroBill's: it goes into addresses and into digests.
pub(super) fn plain(id: &str) -> bool {
    let fine = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=64).contains(&id.len()) && id.bytes().all(fine)
}

fn secret(key: &str, value: &str) -> Result<(), String> {
    let fine = value.len() >= 16 && value.bytes().all(|byte| byte.is_ascii_graphic());
    if fine { Ok(()) } else { Err(format!("{key} must have 16 characters or more and no blanks")) }
}

fn price(key: &str, product: Product) -> Result<(String, Money), String> {
    let amount = Money::parse(&product.amount, product.currency)
        .map_err(|error| format!("{key}.amount: {error}"))?;
    if !amount.is_positive() {
        return Err(format!("{key}.amount must be positive"));
    }
    if product.sku.trim().is_empty() {
        return Err(format!("{key}.sku must be the name of a SKU"));
    }
    Ok((product.sku, amount))
}

fn address(text: &str) -> Result<Url, String> {
    let slash = if text.ends_with('/') { "" } else { "/" };
    format!("{text}{slash}").parse().map_err(|error| format!("address is not an address: {error}"))
}

fn live() -> String {
    "https://api.centrobill.com/".to_owned()
}

impl std::fmt::Debug for Legacy {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Legacy(…)")
    }
}

impl std::fmt::Debug for CentroBillConfig {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("CentroBillConfig")
            .field("site_id", &self.site_id)
            .field("products", &self.products)
            .field("locks", &self.locks)
            .field("look_up", &self.look_up)
            .finish_non_exhaustive()
    }
}
