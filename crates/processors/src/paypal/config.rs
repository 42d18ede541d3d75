//! What a PayPal account is configured with, and what makes a configuration sound.

use serde::Deserialize;
use url::Url;

/// The currencies PayPal takes ("Currency codes" at developer.paypal.com); Brazil's, China's and
/// Malaysia's only between accounts of that country.
pub(super) const CURRENCIES: [&str; 24] = [
    "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "ILS", "JPY",
    "MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "SEK", "SGD", "THB", "TWD", "USD",
];

/// The longest text on a statement behind `PAYPAL *`.
const DESCRIPTOR: usize = 22;

/// The longest name of the shop on PayPal's page.
const BRAND: usize = 127;

/// The configuration of a PayPal account, as written down.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PayPalConfig {
    /// The client id of the REST app.
    pub client_id: String,
    /// Its secret.
    pub client_secret: String,
    /// The id PayPal gave the webhook; every signature covers it.
    pub webhook_id: String,
    /// Whether this is a sandbox account, where no money moves.
    #[serde(default)]
    pub sandbox: bool,
    /// How a message is proven to be PayPal's.
    #[serde(default)]
    pub verify: Verify,
    /// The shop's name on PayPal's page; PayPal shows the account's own name without it.
    #[serde(default)]
    pub brand_name: Option<String>,
    /// What stands behind `PAYPAL *` on the customer's statement.
    #[serde(default)]
    pub descriptor: Option<String>,
    /// Whether customers' PayPal accounts are kept for later payments. PayPal must have approved
    /// the account for its vault.
    #[serde(default)]
    pub vault: bool,
    /// Whether a capture is the last one, so that PayPal releases what is left of the hold.
    #[serde(default = "yes")]
    pub final_capture: bool,
    /// Google Pay through PayPal, off without it.
    #[serde(default)]
    pub google_pay: Option<GooglePay>,
    /// Where PayPal is; changed in tests only.
    #[serde(default)]
    pub addresses: Option<Addresses>,
}

/// How a message is proven to be PayPal's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verify {
    /// By the certificate it names.
    #[default]
    Certificate,
    /// By asking PayPal about each.
    Api,
}

/// Google Pay through PayPal: what Google is asked with, and how PayPal takes the token.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GooglePay {
    /// The gateway's name, as PayPal's own script gives it to Google.
    pub gateway: String,
    /// The merchant's id at the gateway.
    pub merchant_id: String,
    /// The field of `payment_source.google_pay` that takes the token. Not public: ask PayPal.
    pub token_field: String,
}

/// Where PayPal is.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Addresses {
    /// The REST API.
    pub api: String,
    /// What the addresses of signing certificates begin with.
    pub certificates: String,
}

/// The configuration with everything read and held against everything else.
pub(super) struct Sound {
    pub client_id: String,
    pub client_secret: String,
    pub webhook_id: String,
    pub verify: Verify,
    pub brand_name: Option<String>,
    pub descriptor: Option<String>,
    pub vault: bool,
    pub final_capture: bool,
    pub google_pay: Option<GooglePay>,
    pub api: Url,
    /// What the address of a signing certificate must begin with: scheme, host and folder.
    pub certificates: Url,
    /// Whom a signing certificate must be made out to.
    pub signer: &'static str,
}

impl PayPalConfig {
    /// Reads and weighs everything.
    ///
    /// # Errors
    /// A sentence that names the key.
    pub(super) fn sound(self) -> Result<Sound, String> {
        for (key, text) in [("client_id", &self.client_id), ("client_secret", &self.client_secret)]
        {
            if text.is_empty()
                || text.contains(':')
                || !text.bytes().all(|one| one.is_ascii_graphic())
            {
                return Err(format!("{key} must be a text without blanks and colons"));
            }
        }
        let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if self.webhook_id.is_empty() || self.webhook_id.len() > 50 || !plain(&self.webhook_id) {
            return Err("webhook_id must be the id PayPal shows beside the webhook".to_owned());
        }
        if self.brand_name.as_ref().is_some_and(|name| name.is_empty() || name.len() > BRAND) {
            return Err(format!("brand_name must have 1 to {BRAND} characters"));
        }
        let fits = |text: &String| {
            let letter = |byte: u8| byte.is_ascii_alphanumeric() || b" -*.".contains(&byte);
            (1..=DESCRIPTOR).contains(&text.len()) && text.bytes().all(letter)
        };
        if self.descriptor.as_ref().is_some_and(|text| !fits(text)) {
            return Err(format!(
                "descriptor takes {DESCRIPTOR} letters, digits, blanks, -, * and ."
            ));
        }
        if let Some(google) = &self.google_pay {
            let name = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
            if google.token_field.is_empty() || !google.token_field.bytes().all(name) {
                return Err("google_pay.token_field must be the name of a field".to_owned());
            }
        }
        let (host, signer) = if self.sandbox {
            ("sandbox.paypal.com", "messageverificationcerts.sandbox.paypal.com")
        } else {
            ("paypal.com", "messageverificationcerts.paypal.com")
        };
        let addresses = self.addresses.unwrap_or_else(|| Addresses {
            api: format!("https://api-m.{host}/"),
            certificates: format!("https://api.{host}/v1/notifications/certs/"),
        });
        Ok(Sound {
            api: address("addresses.api", &addresses.api)?,
            certificates: address("addresses.certificates", &addresses.certificates)?,
            client_id: self.client_id,
            client_secret: self.client_secret,
            webhook_id: self.webhook_id,
            verify: self.verify,
            brand_name: self.brand_name,
            descriptor: self.descriptor,
            vault: self.vault,
            final_capture: self.final_capture,
            google_pay: self.google_pay,
            signer,
        })
    }
}

fn address(key: &str, text: &str) -> Result<Url, String> {
    let url: Url = text.parse().map_err(|error| format!("{key} is not an address: {error}"))?;
    if url.path().ends_with('/') { Ok(url) } else { Err(format!("{key} must end in a slash")) }
}

const fn yes() -> bool {
    true
}

impl std::fmt::Debug for PayPalConfig {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("PayPalConfig")
            .field("webhook_id", &self.webhook_id)
            .field("sandbox", &self.sandbox)
            .field("verify", &self.verify)
            .field("vault", &self.vault)
            .finish_non_exhaustive()
    }
}
