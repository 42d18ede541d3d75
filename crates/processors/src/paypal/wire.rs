//! What PayPal writes: amounts, orders and the payments in them, by their names in Orders v2 and
//! Payments v2. Only what is used is read; everything else may change.

use base::{Money, Timestamp};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::wire::decimal;

/// Currencies that PayPal takes without decimals although ISO 4217 gives them two.
const WHOLE: [&str; 2] = ["HUF", "TWD"];

/// An amount: always a text, read without floats all the same if it is a number.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Amount {
    pub currency_code: String,
    pub value: Box<RawValue>,
}

impl Amount {
    pub(super) fn money(&self) -> Result<Money, String> {
        decimal::json(&self.value, &self.currency_code)
    }
}

/// An amount as PayPal wants to read it.
///
/// # Errors
/// A sentence, if PayPal has no such fraction.
pub(super) fn written(money: Money) -> Result<serde_json::Value, String> {
    let code = money.currency.code();
    let value = if WHOLE.contains(&code) {
        let text = money.to_decimal();
        match text.split_once('.') {
            Some((whole, "00")) => whole.to_owned(),
            _ => return Err(format!("PayPal takes {code} without decimals, not {money}")),
        }
    } else {
        money.to_decimal()
    };
    Ok(serde_json::json!({"currency_code": code, "value": value}))
}

/// Whether PayPal writes a currency with fewer decimals than ISO 4217 has.
pub(super) fn is_whole(code: &str) -> bool {
    WHOLE.contains(&code)
}

/// A link to what can be done next.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Link {
    #[serde(default)]
    pub href: String,
    #[serde(default)]
    pub rel: String,
}

/// An order.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Order {
    pub id: String,
    pub status: String,
    pub purchase_units: Vec<Unit>,
    pub payment_source: Option<Sources>,
    pub links: Vec<Link>,
    pub create_time: Option<String>,
    pub update_time: Option<String>,
}

/// The part of an order that is paid at once; ours have one.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Unit {
    pub custom_id: Option<String>,
    pub amount: Option<Amount>,
    pub payments: Payments,
}

/// What was done with an order's money.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Payments {
    pub authorizations: Vec<Paper>,
    pub captures: Vec<Paper>,
    pub refunds: Vec<Paper>,
}

/// An authorisation, a capture or a refund: PayPal writes all three alike.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Paper {
    pub id: String,
    pub status: String,
    pub amount: Option<Amount>,
    pub custom_id: Option<String>,
    pub processor_response: Option<ProcessorResponse>,
    pub supplementary_data: Option<Supplement>,
    pub links: Vec<Link>,
    pub create_time: Option<String>,
    pub update_time: Option<String>,
}

impl Paper {
    /// The id at the end of the link upwards: what this was made from.
    pub(super) fn above(&self) -> Option<&str> {
        let up = self.links.iter().find(|link| link.rel == "up")?;
        up.href.trim_end_matches('/').rsplit('/').next().and_then(id)
    }

    pub(super) fn related(&self) -> Related {
        self.supplementary_data.as_ref().map(|data| data.related_ids.clone()).unwrap_or_default()
    }

    /// Why not, as PayPal or the card's processor puts it.
    pub(super) fn reason(&self) -> &str {
        let code = self.processor_response.as_ref().map(|response| response.response_code.as_str());
        code.filter(|code| !code.is_empty()).unwrap_or(&self.status)
    }
}

/// What the card's processor said.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ProcessorResponse {
    pub response_code: String,
}

/// What a payment belongs to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Supplement {
    pub related_ids: Related,
}

/// Ids of the same payment.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Related {
    pub order_id: Option<String>,
    pub authorization_id: Option<String>,
    pub capture_id: Option<String>,
}

/// What was paid with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sources {
    pub paypal: Option<Source>,
    pub card: Option<Source>,
    pub google_pay: Option<Wallet>,
}

/// A PayPal account or a card.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Source {
    pub brand: Option<String>,
    pub last_digits: Option<String>,
    pub attributes: Attributes,
}

/// A wallet with a card in it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wallet {
    pub card: Option<Source>,
}

/// What PayPal keeps of it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Attributes {
    pub vault: Option<Vaulted>,
}

/// What lies in PayPal's vault.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Vaulted {
    pub id: Option<String>,
    pub status: String,
}

/// An id of PayPal's: letters, digits and dashes.
pub(super) fn id(text: &str) -> Option<&str> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    ((1..=64).contains(&text.len()) && text.bytes().all(plain)).then_some(text)
}

/// Our reference: small letters, digits and underscores. Anything else was sold elsewhere.
pub(super) fn reference(text: Option<&str>) -> Option<String> {
    let text = text?.trim();
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    ((1..=64).contains(&text.len()) && text.bytes().all(plain)).then(|| text.to_owned())
}

/// A time as PayPal writes it; what cannot be read is none.
pub(super) fn time(text: Option<&str>) -> Option<Timestamp> {
    text?.trim().parse().ok()
}

/// Where a customer may be sent: PayPal's own pages, or this machine in tests.
pub(super) fn page(links: &[Link], names: &[&str], api: &url::Url) -> Option<String> {
    let href = &links.iter().find(|link| names.contains(&link.rel.as_str()))?.href;
    let url: url::Url = href.parse().ok()?;
    let host = url.host_str()?;
    let theirs = host == "paypal.com" || host.ends_with(".paypal.com");
    let sound = url.scheme() == "https" && theirs;
    (sound || (processor::is_loopback(&url) && processor::is_loopback(api))).then(|| url.into())
}

#[cfg(test)]
mod tests {
    use base::Currency;

    use super::*;

    #[test]
    fn amounts_are_written_as_paypal_reads_them() {
        let text = |minor, code: &str| {
            let money = Money::new(minor, code.parse::<Currency>().unwrap());
            written(money).map(|amount| amount["value"].as_str().unwrap().to_owned())
        };
        assert_eq!(text(1250, "EUR").as_deref(), Ok("12.50"));
        assert_eq!(text(500, "JPY").as_deref(), Ok("500"));
        assert_eq!(text(50_000, "HUF").as_deref(), Ok("500"));
        assert!(text(50_001, "TWD").unwrap_err().contains("without decimals"));
    }

    #[test]
    fn nobody_is_sent_to_a_page_that_is_not_paypals() {
        let api: url::Url = "https://api-m.paypal.com/".parse().unwrap();
        let link = |href: &str| {
            page(&[Link { href: href.to_owned(), rel: "approve".to_owned() }], &["approve"], &api)
        };
        assert!(link("https://www.paypal.com/checkoutnow?token=5O").is_some());
        assert!(link("https://www.sandbox.paypal.com/checkoutnow?token=5O").is_some());
        for other in [
            "http://www.paypal.com/checkoutnow",
            "https://www.paypal.com.example.net/checkoutnow",
            "https://paypal.com@example.net/",
            "https://notpaypal.com/",
            "javascript:alert(1)",
            "http://127.0.0.1/",
            "",
        ] {
            assert_eq!(link(other), None, "{other}");
        }
    }
}
