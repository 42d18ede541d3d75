//! Beginning a payment: a link to SegPay's pay page, for a price point or for a price of ours.
//!
//! Parameters follow "SegPay's Processing API for Merchants" 1.3 (pay page, own data, dynamic
//! pricing) and "Dynamic Pricing" of the help centre. A link to a fixed price point is not signed
//! and need not be: the price lies at SegPay, so a customer who changes it can only choose another
//! configured price. That is why the amount in the postback is compared.

use base::{Language, Money};
use processor::{Answer, Call, CaptureWhen, GoTo, Http, Sent, StartRequest, Started};
use url::Url;

use super::config::{Point, Sound, SoundDynamic, Way};
use super::srs::answer_text;

/// Currencies the pay page can be asked to show.
const SHOWN: &[&str] =
    &["AUD", "CAD", "CHF", "DKK", "HKD", "JPY", "NOK", "SEK", "USD", "EUR", "GBP"];

/// The longest text a dynamic price may carry.
const DESCRIPTION: usize = 255;

/// Makes the link.
pub(super) async fn start(config: &Sound, http: &Http, request: &StartRequest) -> Answer<Started> {
    let sound = fits_the_page(&request.reference).and_then(|()| in_our_terms(config, request));
    if let Err(why) = sound {
        return Answer::NotExecuted(why);
    }
    let wanted = Wanted {
        product: &request.product,
        amount: request.amount,
        description: &request.description,
    };
    match price_parts(config, http, &wanted).await {
        Ok(parts) => {
            Answer::Done(Started { go_to: link(config, request, &parts), transaction: None })
        }
        Err(why) => Answer::NotExecuted(why),
    }
}

/// What names the price in a link or a call, price point first.
pub(super) type Parts = Vec<(&'static str, String)>;

/// What is sold.
pub(super) struct Wanted<'a> {
    pub product: &'a str,
    pub amount: Money,
    pub description: &'a str,
}

/// The price point of what is sold, and the token of a price of ours.
pub(super) async fn price_parts(
    config: &Sound,
    http: &Http,
    wanted: &Wanted<'_>,
) -> Result<Parts, String> {
    match (config.products.get(wanted.product), &config.dynamic) {
        (Some(point), _) => fixed(point, wanted),
        (None, Some(dynamic)) => asked(config, http, dynamic, wanted).await,
        (None, None) => Err(format!("products has no price point for {}", wanted.product)),
    }
}

/// The terms lie at SegPay, with the price point: a customer must not renew unknowingly, and the
/// page holds no money.
fn in_our_terms(config: &Sound, request: &StartRequest) -> Result<(), String> {
    if request.capture == CaptureWhen::Later {
        return Err("SegPay's page takes the money at once".to_owned());
    }
    let kept = config.products.get(&request.product).and_then(|point| point.renewal);
    let asked = request.renews.as_ref().map(|renewal| (renewal.amount, renewal.every.days()));
    match (kept, asked) {
        (kept, asked) if kept == asked => Ok(()),
        (Some((amount, days)), _) => {
            Err(format!("SegPay renews {} for {amount} every {days} days", request.product))
        }
        (None, _) => Err(format!("SegPay has no price point that renews {}", request.product)),
    }
}

/// The value of our own field: at most 32 characters, not beginning with a digit.
pub(super) fn fits_the_page(reference: &str) -> Result<(), String> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let short = (1..=32).contains(&reference.len());
    if short && reference.bytes().all(plain) && !reference.as_bytes()[0].is_ascii_digit() {
        Ok(())
    } else {
        Err("SegPay takes references of 32 small letters and digits at most".to_owned())
    }
}

fn fixed(point: &Point, wanted: &Wanted<'_>) -> Result<Parts, String> {
    if point.price == wanted.amount {
        Ok(vec![("x-eticketid", point.eticket.clone())])
    } else {
        let (product, price) = (wanted.product, point.price);
        Err(format!("SegPay sells {product} for {price}, not for {}", wanted.amount))
    }
}

/// Asks SegPay for a token of a price of ours. Asking moves no money: whatever goes wrong here,
/// no link was handed out and nothing was charged.
async fn asked(
    config: &Sound,
    http: &Http,
    dynamic: &SoundDynamic,
    wanted: &Wanted<'_>,
) -> Result<Parts, String> {
    let (amount, range) = (wanted.amount, dynamic.min.minor..=dynamic.max.minor);
    if amount.currency != dynamic.min.currency || !range.contains(&amount.minor) {
        let (min, max) = (dynamic.min, dynamic.max);
        return Err(format!("SegPay approved prices from {min} to {max}, not {amount}"));
    }
    let decimal = amount.to_decimal();
    let token = match &dynamic.way {
        Way::Hash => {
            let path = "PricingHash/PricingHash.svc/GetDynamicTrans";
            let call = Call::get(below(config, path)?).query(&[("value", &decimal)]);
            ("dynamictrans", answer_text(&reply(http, call).await?)?)
        }
        Way::PricingId(merchant) => {
            let srs = config.srs.as_ref().ok_or("srs is missing")?;
            let call = Call::get(below(config, "MerchantServices/DynamicPricing/")?)
                .query(&[("merchantId", merchant), ("amount", &decimal)])
                .basic(&srs.user, &srs.access_key);
            ("DynamicPricingID", pricing_id(&reply(http, call).await?)?)
        }
    };
    if !is_token(&token.1) {
        return Err("SegPay answered with something that is no price token".to_owned());
    }
    let description = wanted.description.chars().take(DESCRIPTION).collect();
    Ok(vec![
        ("x-eticketid", dynamic.eticket.clone()),
        ("amount", decimal),
        token,
        ("dynamicdesc", description),
    ])
}

async fn reply(http: &Http, call: Call) -> Result<String, String> {
    match http.send(call).await {
        Sent::Answered(reply) if reply.status == 200 => Ok(reply.text()?.to_owned()),
        Sent::Answered(reply) => Err(format!("SegPay gave no price token ({})", reply.status)),
        Sent::NotExecuted(why) | Sent::Unknown(why) => {
            Err(format!("SegPay gave no price token: {why}"))
        }
    }
}

/// The id in the JSON answer; the letter case of its name is not relied on.
fn pricing_id(text: &str) -> Result<String, String> {
    let no = "SegPay's price answer holds no dynamicPricingId";
    let value: serde_json::Value = serde_json::from_str(text).map_err(|_| no)?;
    let named = |(name, value): (&String, &serde_json::Value)| {
        name.eq_ignore_ascii_case("dynamicPricingId").then(|| value.as_str().map(str::to_owned))?
    };
    value.as_object().and_then(|object| object.iter().find_map(named)).ok_or_else(|| no.to_owned())
}

fn is_token(token: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=-_{}".contains(&byte);
    (8..=128).contains(&token.len()) && token.bytes().all(plain)
}

fn below(config: &Sound, path: &str) -> Result<Url, String> {
    config.srs_base.join(path).map_err(|error| format!("addresses.srs: {error}"))
}

fn link(config: &Sound, request: &StartRequest, parts: &Parts) -> GoTo {
    let mut url = config.pay_page.clone();
    let buyer = &request.buyer;
    let [back, shop] = buttons(buyer.language);
    let mut pairs = url.query_pairs_mut();
    pairs.extend_pairs(parts);
    pairs.append_pair(&config.reference_field, &request.reference);
    if let Some(mail) = &buyer.email {
        pairs.append_pair("x-billemail", mail);
    }
    if let Some(country) = buyer.country.as_deref().filter(|code| is_country(code)) {
        pairs.append_pair("x-billcntry", &country.to_ascii_uppercase());
    }
    if let Some(language) = page_language(buyer.language) {
        pairs.append_pair("paypagelanguage", language);
    }
    let currency = request.amount.currency.code();
    if SHOWN.contains(&currency) {
        pairs.append_pair("dmcurrency", currency);
    }
    let ends = [
        ("x-auth-link", request.return_url.as_str()),
        ("x-auth-text", back),
        ("x-decl-link", request.cancel_url.as_str()),
        ("x-decl-text", shop),
    ];
    pairs.extend_pairs(ends);
    drop(pairs);
    GoTo::Link(url.into())
}

fn is_country(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// SegPay's code of a language its page speaks; it falls back to English by itself. Of ours it
/// has French and German.
pub(super) const fn page_language(language: Language) -> Option<&'static str> {
    match language {
        Language::Fr => Some("FR"),
        Language::De => Some("DE"),
        Language::En | Language::Da | Language::Fil => None,
    }
}

/// Texts of the buttons on SegPay's result page, after paying and after a no.
pub(super) const fn buttons(language: Language) -> [&'static str; 2] {
    match language {
        Language::En => ["Continue", "Back to the shop"],
        Language::Fr => ["Continuer", "Retour à la boutique"],
        Language::De => ["Weiter", "Zurück zum Shop"],
        Language::Da => ["Fortsæt", "Tilbage til butikken"],
        Language::Fil => ["Magpatuloy", "Bumalik sa tindahan"],
    }
}
