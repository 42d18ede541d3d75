//! What a Verotel shop is configured with, and what makes a configuration sound.

use processor::Locks;
use serde::Deserialize;
use url::Url;

use super::brand::{self, Brand};

/// The addresses that Verotel's postbacks come from, as its clients list them.
pub(super) const SENDERS: [&str; 3] = ["195.20.32.202", "89.185.232.210", "83.223.52.202"];

/// The configuration of a Verotel shop, as written down.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerotelConfig {
    /// The merchant id, whose first four digits name the brand.
    pub merchant: String,
    /// The shop's id.
    pub shop: String,
    /// The shop's signature key.
    pub signature_key: String,
    /// What opens for postbacks besides their signature; without `senders` Verotel's own are
    /// taken.
    #[serde(default)]
    pub locks: Locks,
    /// How customers pay; without it they choose.
    #[serde(default)]
    pub payment_method: Option<PaymentMethod>,
    /// How a subscription is ended.
    #[serde(default)]
    pub cancel: CancelBy,
    /// Where the brand is; changed in tests only.
    #[serde(default)]
    pub address: Option<String>,
}

/// How customers pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum PaymentMethod {
    /// By card.
    Cc,
    /// By direct debit in Europe.
    Ddeu,
    /// By iDEAL.
    Ideal,
}

/// How a subscription is ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelBy {
    /// By calling Verotel's signed link.
    #[default]
    Call,
    /// By a person in the Control Center.
    Hand,
}

impl PaymentMethod {
    /// The word that is sent.
    pub(super) const fn word(self) -> &'static str {
        match self {
            PaymentMethod::Cc => "CC",
            PaymentMethod::Ddeu => "DDEU",
            PaymentMethod::Ideal => "IDEAL",
        }
    }
}

/// The configuration with everything read and held against everything else.
pub(super) struct Sound {
    pub brand: Brand,
    pub shop: String,
    pub key: String,
    pub locks: Locks,
    pub payment_method: Option<PaymentMethod>,
    pub cancel: CancelBy,
    pub at: Url,
}

impl VerotelConfig {
    /// Reads and weighs everything.
    ///
    /// # Errors
    /// A sentence that names the key.
    pub(super) fn sound(mut self) -> Result<Sound, String> {
        self.locks.sound()?;
        if self.locks.senders.is_empty() {
            // They are compiled in and a test reads them: none is left out.
            let all = SENDERS.iter().filter_map(|sender| format!("{sender}/32").parse().ok());
            self.locks.senders = all.collect();
        }
        digits("merchant", &self.merchant, 4)?;
        digits("shop", &self.shop, 1)?;
        if self.signature_key.len() < 8 {
            return Err("signature_key must be the whole key of the shop".to_owned());
        }
        let Some(brand) = brand::of(&self.merchant) else {
            let known = brand::digits();
            return Err(format!("merchant: no brand's ids begin like this, but with {known}"));
        };
        let at = self.address.as_deref().unwrap_or(brand.host);
        Ok(Sound {
            at: at.parse().map_err(|error| format!("address is not an address: {error}"))?,
            brand,
            shop: self.shop,
            key: self.signature_key,
            locks: self.locks,
            payment_method: self.payment_method,
            cancel: self.cancel,
        })
    }
}

fn digits(key: &str, text: &str, least: usize) -> Result<(), String> {
    if (least..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(())
    } else {
        Err(format!("{key} must be the number that Verotel gave"))
    }
}

impl std::fmt::Debug for VerotelConfig {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("VerotelConfig")
            .field("merchant", &self.merchant)
            .field("shop", &self.shop)
            .field("locks", &self.locks)
            .finish_non_exhaustive()
    }
}
