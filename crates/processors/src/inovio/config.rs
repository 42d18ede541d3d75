//! What an Inovio account is configured with, and what makes a configuration sound.

use std::collections::BTreeMap;

use base::Currency;
use serde::Deserialize;
use url::Url;

/// The shortest time after which an order that Inovio does not know may count as never made:
/// it asks for 120 seconds of patience with every call.
const PATIENCE: u32 = 120;

/// The longest text on a statement.
const DESCRIPTOR: usize = 25;

/// The configuration of an Inovio account, as written down.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InovioConfig {
    /// The service's user name.
    pub username: String,
    /// Its password.
    pub password: String,
    /// The website's id at Inovio.
    pub site_id: String,
    /// The merchant account's id; without it Inovio follows the bank settings of the site.
    #[serde(default)]
    pub merchant_account: Option<String>,
    /// The variable-price product every purchase is booked under.
    pub product_id: String,
    /// Other variable-price products, by our code of what is sold.
    #[serde(default)]
    pub products: BTreeMap<String, String>,
    /// What the merchant account takes; empty means that Inovio is asked.
    #[serde(default)]
    pub currencies: Vec<Currency>,
    /// What stands on the customer's statement, where the bank takes it.
    #[serde(default)]
    pub descriptor: Option<String>,
    /// So many seconds after which an order that Inovio does not know was never made. Not said in
    /// its specification: agree it with Inovio first.
    #[serde(default)]
    pub absence_after: Option<u32>,
    /// The version of the API that is spoken.
    #[serde(default = "version")]
    pub api_version: String,
    /// Where the service is; changed in tests only.
    #[serde(default = "address")]
    pub address: String,
}

/// The configuration with everything read and held against everything else.
pub(super) struct Sound {
    pub username: String,
    pub password: String,
    pub site_id: String,
    pub merchant_account: Option<String>,
    pub product_id: String,
    pub products: BTreeMap<String, String>,
    pub currencies: Vec<Currency>,
    pub descriptor: Option<String>,
    pub absence_after: Option<u32>,
    pub api_version: String,
    pub address: Url,
}

impl Sound {
    /// The product a purchase is booked under.
    pub fn product(&self, code: &str) -> &str {
        self.products.get(code).unwrap_or(&self.product_id)
    }
}

impl InovioConfig {
    /// Reads and weighs everything.
    ///
    /// # Errors
    /// A sentence that names the key.
    pub(super) fn sound(self) -> Result<Sound, String> {
        for (key, text) in [("username", &self.username), ("password", &self.password)] {
            if text.is_empty() || text.chars().any(char::is_control) {
                return Err(format!("{key} must not be empty"));
            }
        }
        number("site_id", &self.site_id)?;
        number("product_id", &self.product_id)?;
        for (code, id) in &self.products {
            number(&format!("products.{code}"), id)?;
        }
        if let Some(account) = &self.merchant_account {
            number("merchant_account", account)?;
        }
        let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        if self.api_version.is_empty() || !plain(&self.api_version) {
            return Err("api_version must be a number such as 4.12".to_owned());
        }
        let letter = |byte: u8| byte.is_ascii_alphanumeric() || b" -*.".contains(&byte);
        let fits =
            |text: &String| (1..=DESCRIPTOR).contains(&text.len()) && text.bytes().all(letter);
        if self.descriptor.as_ref().is_some_and(|text| !fits(text)) {
            return Err(format!(
                "descriptor takes {DESCRIPTOR} letters, digits, blanks, -, * and ."
            ));
        }
        if self.absence_after.is_some_and(|seconds| seconds < PATIENCE) {
            return Err(format!("absence_after must be {PATIENCE} seconds or more"));
        }
        let address = self.address.parse();
        Ok(Sound {
            address: address.map_err(|error| format!("address is none: {error}"))?,
            username: self.username,
            password: self.password,
            site_id: self.site_id,
            merchant_account: self.merchant_account,
            product_id: self.product_id,
            products: self.products,
            currencies: self.currencies,
            descriptor: self.descriptor,
            absence_after: self.absence_after,
            api_version: self.api_version,
        })
    }
}

fn number(key: &str, text: &str) -> Result<(), String> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if digits && (1..=20).contains(&text.len()) {
        Ok(())
    } else {
        Err(format!("{key} must be a number of Inovio's"))
    }
}

fn version() -> String {
    "4.12".to_owned()
}

fn address() -> String {
    "https://api.inoviopay.com/payment/pmt_service.cfm".to_owned()
}

impl std::fmt::Debug for InovioConfig {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("InovioConfig")
            .field("site_id", &self.site_id)
            .field("merchant_account", &self.merchant_account)
            .field("product_id", &self.product_id)
            .finish_non_exhaustive()
    }
}
