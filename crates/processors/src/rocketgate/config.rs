//! What a `RocketGate` account is configured with, and what makes a configuration sound.

use std::collections::BTreeMap;

use base::Currency;
use processor::Locks;
use serde::Deserialize;
use url::Url;

/// The configuration of a `RocketGate` account, as written down.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RocketGateConfig {
    /// The merchant's number.
    pub merchant_id: String,
    /// The password of the gateway.
    pub merchant_password: String,
    /// The secret that hashes links to the hosted page and the ways back.
    pub hash_secret: String,
    /// The currency of the merchant account; a link cannot name one.
    pub currency: Currency,
    /// What opens for postbacks; nothing is signed, so one lock must take a secret.
    pub locks: Locks,
    /// Whether money is held first on this account. A look-up does not tell a hold from a payment,
    /// so on such an account it proves neither.
    #[serde(default)]
    pub holds: bool,
    /// The site's number, if the merchant has several.
    #[serde(default)]
    pub site_id: Option<String>,
    /// The house's number of each product of ours.
    #[serde(default)]
    pub products: BTreeMap<String, String>,
    /// How Google Pay is asked for tokens of this gateway.
    #[serde(default)]
    pub google_pay: Option<GooglePay>,
    /// What join postbacks call transaction, amount and currency, which is not public.
    #[serde(default)]
    pub postbacks: Option<PostbackNames>,
    /// What the page calls the addresses it sends the browser to, which is not public.
    #[serde(default)]
    pub returns: Option<ReturnNames>,
    /// What is sent as the client's version, if the house asks for one.
    #[serde(default)]
    pub version: Option<String>,
    /// Where the house is: its test system, or a stand-in of tests.
    #[serde(default)]
    pub addresses: Addresses,
}

/// How Google Pay is asked for tokens of this gateway.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GooglePay {
    /// The gateway's name at Google, as the house tells it.
    pub gateway: String,
    /// The merchant's id at the gateway.
    pub merchant_id: String,
}

/// Elements of a join postback.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostbackNames {
    /// Holds the house's id of the transaction.
    pub transaction: String,
    /// Holds the amount.
    pub amount: String,
    /// Holds the currency.
    pub currency: String,
}

/// Parameters of the hosted page.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnNames {
    /// Where the browser goes after paying.
    pub success: String,
    /// Where it goes after a no.
    pub failure: String,
}

/// Where the house is.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Addresses {
    /// The hosted page.
    pub page: String,
    /// The gateway; calls about a transaction go to the site that its id names.
    pub gateway: String,
    /// Where a call goes that reached nobody.
    pub fail_over: Vec<String>,
}

impl Default for Addresses {
    fn default() -> Addresses {
        let gateway = |host: &str| {
            format!("https://{host}.rocketgate.com/gateway/servlet/ServiceDispatcherAccess")
        };
        Addresses {
            page: "https://secure.rocketgate.com/hostedpage/servlet/HostedPagePurchase".to_owned(),
            gateway: gateway("gateway"),
            fail_over: vec![gateway("gateway-16"), gateway("gateway-17")],
        }
    }
}

/// The configuration with everything read and held against everything else.
pub(super) struct Sound {
    pub merchant_id: String,
    pub merchant_password: String,
    pub hash_secret: String,
    pub currency: Currency,
    pub locks: Locks,
    pub holds: bool,
    pub site_id: Option<String>,
    pub products: BTreeMap<String, String>,
    pub google_pay: Option<GooglePay>,
    pub postbacks: Option<PostbackNames>,
    pub returns: Option<ReturnNames>,
    pub version: Option<String>,
    pub page: Url,
    pub gateway: Url,
    pub fail_over: Vec<Url>,
}

impl RocketGateConfig {
    /// Reads and weighs everything.
    ///
    /// # Errors
    /// A sentence that names the key.
    pub(super) fn sound(self) -> Result<Sound, String> {
        self.locks.sound()?;
        if !self.locks.take_a_secret() {
            let why =
                "RocketGate signs no postback, so locks.path_secret or locks.basic must be set";
            return Err(why.to_owned());
        }
        if !is_name(&self.merchant_id) {
            return Err("merchant_id must be letters and digits".to_owned());
        }
        for (key, secret) in
            [("merchant_password", &self.merchant_password), ("hash_secret", &self.hash_secret)]
        {
            if secret.len() < 8 {
                return Err(format!("{key} must have 8 characters or more"));
            }
        }
        if self.site_id.as_deref().is_some_and(|site| !is_name(site)) {
            return Err("site_id must be letters and digits".to_owned());
        }
        if let Some((name, _)) = self.products.iter().find(|(_, id)| !is_name(id)) {
            return Err(format!("products.{name} must be letters and digits"));
        }
        let names = self.postbacks.iter().flat_map(|names| {
            [&names.transaction, &names.amount, &names.currency].map(|name| ("postbacks", name))
        });
        let returns = self.returns.iter();
        let returns = returns
            .flat_map(|names| [&names.success, &names.failure].map(|name| ("returns", name)));
        if let Some((key, _)) = names.chain(returns).find(|(_, name)| !is_name(name)) {
            return Err(format!("{key} must be names of letters and digits"));
        }
        let fail_over = self.addresses.fail_over.iter();
        Ok(Sound {
            page: address("addresses.page", &self.addresses.page)?,
            gateway: address("addresses.gateway", &self.addresses.gateway)?,
            fail_over: fail_over
                .map(|text| address("addresses.fail_over", text))
                .collect::<Result<_, String>>()?,
            merchant_id: self.merchant_id,
            merchant_password: self.merchant_password,
            hash_secret: self.hash_secret,
            currency: self.currency,
            locks: self.locks,
            holds: self.holds,
            site_id: self.site_id,
            products: self.products,
            google_pay: self.google_pay,
            postbacks: self.postbacks,
            returns: self.returns,
            version: self.version,
        })
    }
}

/// A name or number that needs no escaping in a link, a hash or an element.
pub(super) fn is_name(text: &str) -> bool {
    let fine = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (1..=64).contains(&text.len()) && text.bytes().all(fine)
}

fn address(key: &str, text: &str) -> Result<Url, String> {
    text.parse().map_err(|error| format!("{key} is not an address: {error}"))
}

impl std::fmt::Debug for RocketGateConfig {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("RocketGateConfig")
            .field("merchant_id", &self.merchant_id)
            .field("locks", &self.locks)
            .field("holds", &self.holds)
            .finish_non_exhaustive()
    }
}
