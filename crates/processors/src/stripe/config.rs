//! What a Stripe account is configured with, and what makes a configuration sound.

use base::Currency;
use processor::SupportContact;
use serde::Deserialize;
use url::Url;

/// The configuration of a Stripe account, as written down.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StripeConfig {
    /// The secret key, or a restricted one with the rights that the guide names.
    pub secret_key: String,
    /// Whether money is real: keys and messages of the other mode are refused.
    #[serde(default)]
    pub mode: Mode,
    /// Signing secrets of the webhook endpoint: one, or both while one is rolled. Without any,
    /// nothing that Stripe sends is believed.
    #[serde(default)]
    pub webhook_secrets: Vec<String>,
    /// The publishable key; Google Pay is asked with it.
    #[serde(default)]
    pub publishable_key: Option<String>,
    /// What may be paid in; empty: anything that Stripe takes.
    #[serde(default)]
    pub currencies: Vec<Currency>,
    /// Ways to pay on Stripe's page, by Stripe's names.
    #[serde(default = "card")]
    pub methods: Vec<String>,
    /// Whether cards are kept for later charges. Tell customers so before they pay.
    #[serde(default)]
    pub keep_cards: bool,
    /// How a running tab is carried.
    #[serde(default)]
    pub tab: Tab,
    /// What stands behind the merchant's prefix on card statements.
    #[serde(default)]
    pub statement_suffix: Option<String>,
    /// Whom customers ask. With Stripe that is the merchant itself.
    #[serde(default)]
    pub support: SupportContact,
    /// Where Stripe is; changed in tests only.
    #[serde(default)]
    pub addresses: Addresses,
}

/// How a running tab is carried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tab {
    /// Holds ask for increments and overcapture where the card has them.
    #[default]
    Grow,
    /// One capture, up to what was held.
    Ceiling,
}

/// Where Stripe is.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Addresses {
    /// The API.
    pub base: String,
}

impl Default for Addresses {
    fn default() -> Addresses {
        Addresses { base: "https://api.stripe.com/".to_owned() }
    }
}

/// Whether money is real.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// It is.
    #[default]
    Live,
    /// It is play money.
    Test,
}

impl Mode {
    /// Of a message that says whether it is live.
    pub(super) const fn of(livemode: Livemode) -> Mode {
        if livemode.0 { Mode::Live } else { Mode::Test }
    }

    /// Stripe's word for it, as it stands in keys.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Mode::Live => "live",
            Mode::Test => "test",
        }
    }

    const fn other(self) -> Mode {
        match self {
            Mode::Live => Mode::Test,
            Mode::Test => Mode::Live,
        }
    }
}

/// Stripe's own word for it.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct Livemode(bool);

/// The configuration with everything read and held against everything else.
pub(super) struct Sound {
    pub secret_key: String,
    pub webhook_secrets: Vec<String>,
    pub publishable_key: Option<String>,
    pub currencies: Vec<Currency>,
    pub methods: Vec<String>,
    pub keep_cards: bool,
    pub tab: Tab,
    pub statement_suffix: Option<String>,
    pub support: SupportContact,
    pub base: Url,
    pub mode: Mode,
}

impl Sound {
    /// Whether the account takes a currency.
    pub fn takes(&self, currency: Currency) -> bool {
        self.currencies.is_empty() || self.currencies.contains(&currency)
    }
}

impl StripeConfig {
    /// Reads and weighs everything.
    ///
    /// # Errors
    /// A sentence that names the key.
    pub(super) fn sound(self) -> Result<Sound, String> {
        let mode = self.mode;
        sound_key("secret_key", &self.secret_key, mode)?;
        if self.secret_key.starts_with("pk_") {
            return Err("secret_key must not be the publishable key".to_owned());
        }
        if let Some(key) = &self.publishable_key {
            sound_key("publishable_key", key, mode)?;
            if !key.starts_with("pk_") || !key.bytes().all(is_word) {
                return Err("publishable_key must begin with pk_".to_owned());
            }
        }
        for secret in &self.webhook_secrets {
            sound_key("webhook_secrets", secret, mode)?;
        }
        let word = |text: &String| !text.is_empty() && text.bytes().all(is_word);
        if self.methods.is_empty() || !self.methods.iter().all(word) {
            return Err("methods must name Stripe's ways to pay, such as card".to_owned());
        }
        if let Some(suffix) = &self.statement_suffix {
            sound_suffix(suffix)?;
        }
        let base: Url = self
            .addresses
            .base
            .parse()
            .map_err(|error| format!("addresses.base is not an address: {error}"))?;
        if !base.path().ends_with('/') {
            return Err("addresses.base must end with a slash".to_owned());
        }
        let mut support = self.support;
        if support.name.is_empty() {
            "Stripe".clone_into(&mut support.name);
        }
        Ok(Sound {
            secret_key: self.secret_key,
            webhook_secrets: self.webhook_secrets,
            publishable_key: self.publishable_key,
            currencies: self.currencies,
            methods: self.methods,
            keep_cards: self.keep_cards,
            tab: self.tab,
            statement_suffix: self.statement_suffix,
            support,
            base,
            mode,
        })
    }
}

/// Long enough to be a key, and none of the other mode.
fn sound_key(name: &str, key: &str, mode: Mode) -> Result<(), String> {
    if key.len() < 16 || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(format!("{name} must be 16 plain characters or more"));
    }
    let other = mode.other().word();
    let of_other = |kind: &str| key.starts_with(&format!("{kind}_{other}_"));
    if ["sk", "rk", "pk"].into_iter().any(of_other) {
        return Err(format!("{name} is of {other} mode, and mode is {}", mode.word()));
    }
    Ok(())
}

/// Stripe prints `PREFIX* SUFFIX`, at most 22 characters together, with at least one letter.
fn sound_suffix(suffix: &str) -> Result<(), String> {
    let plain = |letter: char| (' '..='~').contains(&letter) && !"<>\\'\"*".contains(letter);
    let letters = suffix.chars().any(|letter| letter.is_ascii_alphabetic());
    if letters && (1..=19).contains(&suffix.len()) && suffix.chars().all(plain) {
        Ok(())
    } else {
        let rule = "must be 1 to 19 plain characters with a letter and without <>\\'\"*";
        Err(format!("statement_suffix {rule}"))
    }
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn card() -> Vec<String> {
    vec!["card".to_owned()]
}

impl std::fmt::Debug for StripeConfig {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("StripeConfig")
            .field("webhook_secrets", &self.webhook_secrets.len())
            .field("currencies", &self.currencies)
            .field("methods", &self.methods)
            .field("tab", &self.tab)
            .finish_non_exhaustive()
    }
}
