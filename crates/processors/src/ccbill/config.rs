//! What a CCBill account is configured with, and what makes a configuration sound.

use base::Currency;
use processor::Locks;
use serde::Deserialize;
use url::Url;

/// The ranges that CCBill's webhooks come from, by its "Webhooks User Guide"; it lists .1 to .254
/// of each.
pub(super) const SENDERS: [&str; 4] =
    ["64.38.212.0/24", "64.38.215.0/24", "64.38.240.0/24", "64.38.241.0/24"];

/// The configuration of a CCBill account, as written down.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CcBillConfig {
    /// The main account, six digits.
    pub account: String,
    /// The subaccount, four digits.
    pub subaccount: String,
    /// The salt of digests, which CCBill's support gives out.
    pub salt: String,
    /// What opens for CCBill's webhooks. No whole message is signed, so at least one lock must
    /// take a secret; without `senders` CCBill's own four ranges are taken.
    pub locks: Locks,
    /// The form that the customer pays on.
    pub form: Form,
    /// The currencies the form takes.
    #[serde(default = "dollars")]
    pub currencies: Vec<Currency>,
    /// How many days one payment lasts that does not renew.
    #[serde(default = "thirty")]
    pub period_days: u16,
    /// The name our reference travels under; it comes back with `X-` before it.
    #[serde(default = "reference")]
    pub reference_field: String,
    /// Credentials of the REST API, which charges payment tokens.
    #[serde(default)]
    pub rest: Option<Rest>,
    /// Credentials of DataLink.
    #[serde(default)]
    pub datalink: Option<Datalink>,
    /// Where CCBill is; changed for its sandbox and in tests.
    #[serde(default)]
    pub addresses: Addresses,
}

/// The form that the customer pays on.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Form {
    /// A form of FlexForms.
    Flexforms {
        /// Its id.
        id: String,
    },
    /// A form of the older kind.
    Jpost {
        /// Its name, such as `13cc`.
        name: String,
    },
}

/// Credentials of the REST API.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rest {
    /// The merchant application id that may charge.
    pub application: String,
    /// Its secret key.
    pub secret: String,
    /// The version of the service that is asked for.
    #[serde(default = "media_type")]
    pub media_type: String,
}

/// Credentials of DataLink and what it is used for.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Datalink {
    /// The user name.
    pub username: String,
    /// The password.
    pub password: String,
    /// Whose login it is.
    #[serde(default)]
    pub login: Login,
    /// Whether a part of a payment may be given back: the amount's name is known from public
    /// programs only.
    #[serde(default)]
    pub partial_refunds: bool,
    /// Charging earlier customers again, which CCBill's support must enable.
    #[serde(default)]
    pub charge_again: Option<ChargeAgain>,
    /// The extract of transactions.
    #[serde(default)]
    pub extract: Option<Extract>,
}

/// Whose login DataLink knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Login {
    /// The main account's.
    #[default]
    Main,
    /// The subaccount's.
    Sub,
}

/// Charging earlier customers again.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChargeAgain {
    /// Where, as CCBill's support names it.
    #[serde(default = "billing_api")]
    pub address: String,
}

/// The extract of transactions.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extract {
    /// The currency of its amounts: rows name none.
    pub currency: Currency,
    /// The types of rows to ask for.
    #[serde(default = "types")]
    pub types: Vec<String>,
}

/// Where CCBill is.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Addresses {
    /// FlexForms; the form's id is added.
    pub flexforms: String,
    /// The older form.
    pub jpost: String,
    /// The REST API.
    pub api: String,
    /// DataLink.
    pub datalink: String,
}

impl Default for Addresses {
    fn default() -> Addresses {
        Addresses {
            flexforms: "https://api.ccbill.com/wap-frontflex/flexforms/".to_owned(),
            jpost: "https://bill.ccbill.com/jpost/signup.cgi".to_owned(),
            api: "https://api.ccbill.com/".to_owned(),
            datalink: "https://datalink.ccbill.com/".to_owned(),
        }
    }
}

/// The configuration with everything read and held against everything else.
pub(super) struct Sound {
    pub account: String,
    pub subaccount: String,
    pub salt: String,
    pub locks: Locks,
    pub form: Form,
    pub form_at: Url,
    pub currencies: Vec<Currency>,
    pub period_days: u16,
    pub reference_field: String,
    pub rest: Option<Rest>,
    pub datalink: Option<Datalink>,
    pub again_at: Option<Url>,
    pub api_at: Url,
    pub datalink_at: Url,
}

impl Sound {
    /// The codes of every currency the form takes.
    pub fn codes(&self) -> Vec<String> {
        self.currencies.iter().map(|currency| currency.code().to_owned()).collect()
    }
}

impl CcBillConfig {
    /// Reads and weighs everything.
    ///
    /// # Errors
    /// A sentence that names the key.
    pub(super) fn sound(mut self) -> Result<Sound, String> {
        self.locks.sound()?;
        if !self.locks.take_a_secret() {
            let why = "CCBill signs no whole message, so locks.path_secret or locks.basic must be \
                       set";
            return Err(why.to_owned());
        }
        if self.locks.senders.is_empty() {
            // They are compiled in and a test reads them: none is left out.
            self.locks.senders = SENDERS.iter().filter_map(|range| range.parse().ok()).collect();
        }
        digits("account", &self.account, 6)?;
        digits("subaccount", &self.subaccount, 4)?;
        if self.salt.len() < 8 {
            return Err("salt must be the whole salt that CCBill gave".to_owned());
        }
        name("reference_field", &self.reference_field)?;
        if self.currencies.is_empty() {
            return Err("currencies must name one".to_owned());
        }
        if let Some(odd) = self.currencies.iter().find(|currency| currency.exponent() != 2) {
            let odd = odd.code();
            return Err(format!("currencies: {odd} has no two decimals, which CCBill wants"));
        }
        if !(1..=365).contains(&self.period_days) {
            return Err("period_days must be 1 to 365".to_owned());
        }
        let form_at = match &self.form {
            Form::Flexforms { id } => {
                name("form.id", id)?;
                let base = address("addresses.flexforms", &self.addresses.flexforms)?;
                base.join(id).map_err(|error| format!("addresses.flexforms: {error}"))?
            }
            Form::Jpost { name: form } => {
                name("form.name", form)?;
                address("addresses.jpost", &self.addresses.jpost)?
            }
        };
        let again = self.datalink.as_ref().and_then(|datalink| datalink.charge_again.as_ref());
        if let Some(extract) = self.datalink.as_ref().and_then(|link| link.extract.as_ref()) {
            weigh_types(&extract.types)?;
        }
        Ok(Sound {
            again_at: again
                .map(|again| address("datalink.charge_again.address", &again.address))
                .transpose()?,
            api_at: address("addresses.api", &self.addresses.api)?,
            datalink_at: address("addresses.datalink", &self.addresses.datalink)?,
            form_at,
            account: self.account,
            subaccount: self.subaccount,
            salt: self.salt,
            locks: self.locks,
            form: self.form,
            currencies: self.currencies,
            period_days: self.period_days,
            reference_field: self.reference_field,
            rest: self.rest,
            datalink: self.datalink,
        })
    }
}

fn digits(key: &str, text: &str, count: usize) -> Result<(), String> {
    if text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(())
    } else {
        Err(format!("{key} must be {count} digits"))
    }
}

fn name(key: &str, text: &str) -> Result<(), String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if (1..=64).contains(&text.len()) && text.bytes().all(plain) {
        Ok(())
    } else {
        Err(format!("{key} must be a name of letters, digits, - and _"))
    }
}

fn weigh_types(types: &[String]) -> Result<(), String> {
    let plain = |kind: &String| {
        !kind.is_empty() && kind.len() <= 20 && kind.bytes().all(|byte| byte.is_ascii_uppercase())
    };
    if !types.is_empty() && types.iter().all(plain) {
        Ok(())
    } else {
        Err("datalink.extract.types must be words in capitals, such as REBILL".to_owned())
    }
}

fn address(key: &str, text: &str) -> Result<Url, String> {
    text.parse().map_err(|error| format!("{key} is not an address: {error}"))
}

fn dollars() -> Vec<Currency> {
    vec![Currency::USD]
}

const fn thirty() -> u16 {
    30
}

fn reference() -> String {
    "reference".to_owned()
}

fn media_type() -> String {
    "application/vnd.mcn.transaction-service.api.v.1+json".to_owned()
}

fn billing_api() -> String {
    "https://bill.ccbill.com/jpost/billingApi.cgi".to_owned()
}

fn types() -> Vec<String> {
    ["NEW", "REBILL", "REFUND", "VOID", "CHARGEBACK", "EXPIRE"].map(str::to_owned).to_vec()
}

impl std::fmt::Debug for Rest {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Rest(…)")
    }
}

impl std::fmt::Debug for Datalink {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Datalink").field("login", &self.login).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for CcBillConfig {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("CcBillConfig")
            .field("account", &self.account)
            .field("subaccount", &self.subaccount)
            .field("locks", &self.locks)
            .field("form", &self.form)
            .finish_non_exhaustive()
    }
}
