//! Beginning a payment: a signed link to the brand's pay page, for one purchase or a subscription.
//!
//! Parameters follow verotel/flexpay-php-client and pipisco/laravel-verotel-flexpay. The signature
//! keeps the customer from changing the price.

use base::Money;
use processor::{Answer, CaptureWhen, GoTo, Period, Renewal, StartRequest, Started};

use super::config::Sound;
use super::signature;

/// The currencies Verotel takes.
pub(super) const CURRENCIES: [&str; 9] =
    ["USD", "EUR", "GBP", "AUD", "CAD", "CHF", "DKK", "NOK", "SEK"];

/// The longest description or name.
const DESCRIPTION: usize = 100;
/// The longest mail address; a longer one would be ignored.
const MAIL: usize = 100;
/// The longest address to come back to.
const ADDRESS: usize = 255;
/// The shortest period that renews, in days.
const RENEWING: u32 = 7;
/// The shortest first period, in days.
const ONCE: u32 = 2;

/// Makes the link.
pub(super) fn start(config: &Sound, request: &StartRequest) -> Answer<Started> {
    if request.capture == CaptureWhen::Later {
        return Answer::cannot("hold money: Verotel takes it at once");
    }
    match fits(request).and_then(|()| link(config, request)) {
        Ok(link) => Answer::Done(Started { go_to: GoTo::Link(link), transaction: None }),
        Err(why) => Answer::NotExecuted(why),
    }
}

fn fits(request: &StartRequest) -> Result<(), String> {
    let reference = &request.reference;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    if !(1..=32).contains(&reference.len()) || !reference.bytes().all(plain) {
        return Err("Verotel gets references of 32 letters and digits at most".to_owned());
    }
    let long = |address: &str| address.len() > ADDRESS;
    if long(&request.return_url) || long(&request.cancel_url) {
        return Err("Verotel takes addresses of 255 characters at most".to_owned());
    }
    Ok(())
}

fn link(config: &Sound, request: &StartRequest) -> Result<String, String> {
    let text: String = request.description.chars().filter(|letter| !letter.is_control()).collect();
    let text: String = text.trim().chars().take(DESCRIPTION).collect();
    let mut parameters = vec![
        ("referenceID", request.reference.clone()),
        ("successURL", request.return_url.clone()),
        ("declineURL", request.cancel_url.clone()),
    ];
    if let Some(method) = config.payment_method {
        parameters.push(("paymentMethod", method.word().to_owned()));
    }
    // The only one here that is not signed.
    let mail = request.buyer.email.as_deref().filter(|mail| mail.len() <= MAIL);
    parameters.extend(mail.map(|mail| ("email", mail.to_owned())));
    match &request.renews {
        None => parameters.extend([
            ("type", "purchase".to_owned()),
            ("priceAmount", price(request.amount)?),
            ("priceCurrency", request.amount.currency.code().to_owned()),
            ("description", text),
        ]),
        Some(renewal) => {
            parameters.push(("name", text));
            parameters.extend(subscription(request.amount, renewal)?);
        }
    }
    let pairs: Vec<(&str, &str)> =
        parameters.iter().map(|(name, value)| (*name, value.as_str())).collect();
    signature::link(config, "startorder", &pairs).map(String::from)
}

/// A subscription: what it renews for, and a trial if it begins differently.
fn subscription(first: Money, renewal: &Renewal) -> Result<Vec<(&'static str, String)>, String> {
    if renewal.amount.currency != first.currency {
        return Err("Verotel renews in the currency of the first payment".to_owned());
    }
    if renewal.times.is_some() {
        return Err("Verotel renews until it is ended, not so many times".to_owned());
    }
    let mut parameters = vec![
        ("type", "subscription".to_owned()),
        ("subscriptionType", "recurring".to_owned()),
        ("priceAmount", price(renewal.amount)?),
        ("priceCurrency", first.currency.code().to_owned()),
        ("period", period(renewal.every, RENEWING)?),
    ];
    if first != renewal.amount || renewal.first != renewal.every {
        parameters.push(("trialAmount", price(first)?));
        parameters.push(("trialPeriod", period(renewal.first, ONCE)?));
    }
    Ok(parameters)
}

fn price(amount: Money) -> Result<String, String> {
    let code = amount.currency.code();
    if !CURRENCIES.contains(&code) {
        return Err(format!("Verotel does not take {code}"));
    }
    if amount.is_positive() {
        Ok(amount.to_decimal())
    } else {
        Err("Verotel takes positive amounts only".to_owned())
    }
}

fn period(period: Period, least: u32) -> Result<String, String> {
    if period.days() >= least {
        Ok(period.iso())
    } else {
        Err(format!("Verotel takes periods of {least} days or more here"))
    }
}
