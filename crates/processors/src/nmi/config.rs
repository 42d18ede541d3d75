//! What an NMI account is configured with, and what makes a configuration sound.

use base::Currency;
use processor::SupportContact;
use serde::Deserialize;
use url::Url;

/// The configuration of an NMI account, as written down.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NmiConfig {
    /// The private security key with the rights that the guide names.
    pub security_key: String,
    /// The signing key of the webhooks. Without it nothing that NMI sends is believed.
    #[serde(default)]
    pub signing_key: Option<String>,
    /// What may be paid in; only currencies with two decimals are publicly described.
    pub currencies: Vec<Currency>,
    /// What Google Pay is asked with for this gateway.
    #[serde(default)]
    pub google_pay: Option<GooglePay>,
    /// Whether cards are kept in the customer vault. Tell customers so before they pay.
    #[serde(default)]
    pub keep_cards: bool,
    /// Which of several processors behind the gateway takes the money.
    #[serde(default)]
    pub processor_id: Option<String>,
    /// The text for card statements, if the processor behind the gateway takes one.
    #[serde(default)]
    pub descriptor: Option<String>,
    /// So long the gateway takes a second payment of the same card and amount for a mistake; none
    /// leaves what is set at the gateway.
    #[serde(default)]
    pub duplicate_seconds: Option<u32>,
    /// After so many seconds "not found" is taken for proof that nothing was executed. NMI does
    /// not promise it in public, so it is off until NMI's support has confirmed it.
    #[serde(default)]
    pub absence_proven_after: Option<u32>,
    /// Whether messages about test transactions are taken.
    #[serde(default)]
    pub test_mode: bool,
    /// Whom customers ask. With NMI that is the merchant itself.
    #[serde(default)]
    pub support: SupportContact,
    /// Where NMI is; resellers have hosts of their own.
    #[serde(default)]
    pub addresses: Addresses,
}

/// What Google Pay is asked with; both come from the gateway.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GooglePay {
    /// The gateway's name at Google.
    pub gateway: String,
    /// The merchant's id at the gateway.
    pub merchant_id: String,
}

/// Where NMI is.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Addresses {
    /// The call that moves money.
    pub transact: String,
    /// The call that looks up.
    pub query: String,
}

impl Default for Addresses {
    fn default() -> Addresses {
        Addresses {
            transact: "https://secure.networkmerchants.com/api/transact.php".to_owned(),
            query: "https://secure.nmi.com/api/query.php".to_owned(),
        }
    }
}

/// The configuration with everything read and held against everything else.
pub(super) struct Sound {
    pub security_key: String,
    pub signing_key: Option<String>,
    pub currencies: Vec<Currency>,
    pub google_pay: Option<GooglePay>,
    pub keep_cards: bool,
    pub processor_id: Option<String>,
    pub descriptor: Option<String>,
    pub duplicate_seconds: Option<u32>,
    pub absence_proven_after: Option<u32>,
    pub test_mode: bool,
    pub support: SupportContact,
    pub transact: Url,
    pub query: Url,
}

impl Sound {
    /// The currency of a message: its own, or the only one that there is.
    pub fn currency<'a>(&'a self, told: &'a str) -> Option<&'a str> {
        match (&self.currencies[..], told) {
            ([only], "") => Some(only.code()),
            (_, "") => None,
            (_, told) => Some(told),
        }
    }
}

impl NmiConfig {
    /// Reads and weighs everything.
    ///
    /// # Errors
    /// A sentence that names the key.
    pub(super) fn sound(self) -> Result<Sound, String> {
        secret("security_key", Some(&self.security_key))?;
        secret("signing_key", self.signing_key.as_ref())?;
        if self.currencies.is_empty() {
            return Err("currencies must name at least one".to_owned());
        }
        if let Some(odd) = self.currencies.iter().find(|currency| currency.exponent() != 2) {
            return Err(format!("currencies: how NMI writes {odd} is not public"));
        }
        if let Some(google) = &self.google_pay
            && (google.gateway.is_empty() || google.merchant_id.is_empty())
        {
            return Err("google_pay must name both, gateway and merchant_id".to_owned());
        }
        if self.absence_proven_after.is_some_and(|seconds| seconds < 600) {
            return Err("absence_proven_after must be 600 seconds or more".to_owned());
        }
        let mut support = self.support;
        if support.name.is_empty() {
            "NMI".clone_into(&mut support.name);
        }
        Ok(Sound {
            transact: address("addresses.transact", &self.addresses.transact)?,
            query: address("addresses.query", &self.addresses.query)?,
            security_key: self.security_key,
            signing_key: self.signing_key,
            currencies: self.currencies,
            google_pay: self.google_pay,
            keep_cards: self.keep_cards,
            processor_id: self.processor_id,
            descriptor: self.descriptor,
            duplicate_seconds: self.duplicate_seconds,
            absence_proven_after: self.absence_proven_after,
            test_mode: self.test_mode,
            support,
        })
    }
}

fn secret(name: &str, value: Option<&String>) -> Result<(), String> {
    let weak = |value: &&String| value.len() < 16 || value.contains(char::is_whitespace);
    match value.filter(weak) {
        Some(_) => Err(format!("{name} must have 16 characters or more and no blanks")),
        None => Ok(()),
    }
}

fn address(key: &str, text: &str) -> Result<Url, String> {
    text.parse().map_err(|error| format!("{key} is not an address: {error}"))
}

impl std::fmt::Debug for NmiConfig {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("NmiConfig")
            .field("signing_key", &self.signing_key.is_some())
            .field("currencies", &self.currencies)
            .field("keep_cards", &self.keep_cards)
            .finish_non_exhaustive()
    }
}
