//! What CentroBill is sent: the parts of its JSON that several calls share. Amounts are written
//! digit by digit; no float ever holds them.
//!
//! Follows "Create billing structures for an SKU object" and the quick starts of the guides.

use base::Money;
use processor::{Buyer, Call, CaptureWhen, Http, Renewal, Reply, Sent};
use serde::Serialize;
use serde_json::value::RawValue;

use super::config::Sound;
use crate::wire::country;

/// The name under which our reference travels along and comes back.
pub(super) const REFERENCE: &str = "paydesk_reference";

/// The longest title of what is sold.
const TITLE: usize = 64;

/// What is sold: a product that CentroBill keeps, or a title with prices of ours.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Sku {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    site_id: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    price: Vec<Price>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Addresses>,
}

/// One charge of a schedule.
#[derive(Serialize)]
struct Price {
    offset: String,
    amount: Box<RawValue>,
    currency: &'static str,
    repeat: Repeat,
}

/// Whether a charge comes again every time its offset has passed.
#[derive(Serialize)]
#[serde(untagged)]
enum Repeat {
    Ever(bool),
    Times(u32),
}

/// Where notifications and the browser go.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Addresses {
    pub ipn_url: String,
    pub redirect_url: String,
}

/// Who pays.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Consumer {
    external_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ip: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'static str>,
}

impl Consumer {
    pub fn of(buyer: &Buyer) -> Consumer {
        Consumer {
            external_id: buyer.customer.clone(),
            email: buyer.email.clone(),
            ip: buyer.ip.map(|ip| ip.to_string()),
            country: buyer.country.as_deref().and_then(country::alpha3),
        }
    }
}

/// What is to be sold, whichever call sells it.
pub(super) struct Wish<'a> {
    pub product: &'a str,
    pub description: &'a str,
    pub amount: Money,
    pub capture: CaptureWhen,
    pub renews: Option<&'a Renewal>,
}

/// What is sold, as CentroBill wants it; `Err` says why it cannot be sold so.
pub(super) fn sku(config: &Sound, wish: &Wish<'_>) -> Result<Sku, String> {
    let amount = wish.amount;
    let code = amount.currency.code();
    if !config.currencies.is_empty() && !config.currencies.iter().any(|one| one == code) {
        return Err(format!("this CentroBill account does not take {code}"));
    }
    let offset = match (wish.capture, config.capture_days) {
        (CaptureWhen::AtOnce, _) => 0,
        (CaptureWhen::Later, Some(days)) => u32::from(days),
        (CaptureWhen::Later, None) => {
            let why = "CentroBill captures on a schedule only: set capture_days to hold money";
            return Err(why.to_owned());
        }
    };
    if let (Some((name, price)), 0, None) = (config.products.get(wish.product), offset, wish.renews)
    {
        return if *price == amount {
            Ok(Sku {
                name: Some(name.clone()),
                title: None,
                site_id: None,
                price: Vec::new(),
                url: None,
            })
        } else {
            Err(format!("CentroBill sells {} for {price}, not for {amount}", wish.product))
        };
    }
    let Some(site) = &config.site_id else {
        return Err(format!("site_id is missing, and products has no SKU for {}", wish.product));
    };
    let mut price = vec![once(offset, amount)?];
    if let Some(renewal) = wish.renews {
        price.push(again(renewal)?);
    }
    let title = wish.description.chars().take(TITLE).collect();
    Ok(Sku { name: None, title: Some(title), site_id: Some(site.clone()), price, url: None })
}

fn once(offset: u32, amount: Money) -> Result<Price, String> {
    Ok(Price {
        offset: format!("{offset}d"),
        amount: exact(amount)?,
        currency: amount.currency.code(),
        repeat: Repeat::Ever(false),
    })
}

/// Every following charge. A repeated price falls due each time its offset has passed, so the
/// first period must be as long as the others.
fn again(renewal: &Renewal) -> Result<Price, String> {
    let days = renewal.every.days();
    if renewal.first.days() != days {
        let why = "CentroBill's public price schedule has no first period of another length";
        return Err(why.to_owned());
    }
    let repeat = renewal.times.map_or(Repeat::Ever(true), Repeat::Times);
    Ok(Price { repeat, ..once(days, renewal.amount)? })
}

/// An amount as a number of JSON, with the digits it has.
pub(super) fn exact(amount: Money) -> Result<Box<RawValue>, String> {
    RawValue::from_string(amount.to_decimal()).map_err(|error| error.to_string())
}

/// A call with the account's key, our key against a second execution, and a JSON body.
pub(super) fn with_keys(config: &Sound, call: Call, key: &str) -> Call {
    call.key_header("authorization", &config.api_key).header("x-request-id", key)
}

/// Sends a body; the error is the answer of a call that came to nothing or is lost.
pub(super) async fn send<T: Serialize>(http: &Http, call: Call, body: &T) -> Result<Reply, Failed> {
    let bytes = serde_json::to_vec(body).map_err(|error| Failed::NotExecuted(error.to_string()))?;
    match http.send(call.body("application/json", bytes)).await {
        Sent::Answered(reply) if matches!(reply.status, 200 | 201) => Ok(reply),
        // The statuses that "Error handling" lists as requests that were turned away.
        Sent::Answered(Reply { status: status @ (400 | 401 | 403 | 404), .. }) => {
            Err(Failed::NotExecuted(format!("CentroBill refused the call ({status})")))
        }
        Sent::Answered(reply) => {
            Err(Failed::Unknown(format!("CentroBill answered {}", reply.status)))
        }
        Sent::NotExecuted(why) => Err(Failed::NotExecuted(why)),
        Sent::Unknown(why) => Err(Failed::Unknown(why)),
    }
}

/// Why a call gave nothing to read.
pub(super) enum Failed {
    /// Proven not to have been executed.
    NotExecuted(String),
    /// It may have been.
    Unknown(String),
}

impl<T> From<Failed> for processor::Answer<T> {
    fn from(failed: Failed) -> processor::Answer<T> {
        match failed {
            Failed::NotExecuted(why) => processor::Answer::NotExecuted(why),
            Failed::Unknown(why) => processor::Answer::Unknown(why),
        }
    }
}
