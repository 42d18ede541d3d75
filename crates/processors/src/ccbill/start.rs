//! Beginning a payment: a link to FlexForms, or the older form, with a price of ours.
//!
//! Parameters follow CCBill's pages on dynamic pricing. The digest keeps the customer from changing
//! the price. Where the browser returns to is set at CCBill's side, not in the link.

use base::Money;
use processor::{Answer, CaptureWhen, GoTo, Period, StartRequest, Started};

use super::config::{Form, Sound};
use super::digest;

/// How many renewals stand for "until it is ended".
const FOREVER: u32 = 99;

/// A price in the words of the form.
struct Offer {
    price: String,
    period: String,
    recurring: Option<(String, String, String)>,
    currency: String,
}

/// Makes the link or the form.
pub(super) fn start(config: &Sound, request: &StartRequest) -> Answer<Started> {
    if request.capture == CaptureWhen::Later {
        return Answer::cannot("hold money: CCBill takes it at once");
    }
    let offer = match fits(&request.reference).and_then(|()| offer(config, request)) {
        Ok(offer) => offer,
        Err(why) => return Answer::NotExecuted(why),
    };
    let pairs = pairs(config, &offer, &request.reference);
    let go_to = match &config.form {
        Form::Flexforms { .. } => {
            let mut url = config.form_at.clone();
            url.query_pairs_mut().extend_pairs(&pairs);
            GoTo::Link(url.into())
        }
        Form::Jpost { .. } => GoTo::Form { action: config.form_at.to_string(), fields: pairs },
    };
    Answer::Done(Started { go_to, transaction: None })
}

/// Our reference as an own field: what we make is short and plain, anything else is a mistake.
pub(super) fn fits(reference: &str) -> Result<(), String> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if (1..=32).contains(&reference.len()) && reference.bytes().all(plain) {
        Ok(())
    } else {
        Err("CCBill gets references of 32 small letters and digits at most".to_owned())
    }
}

/// An amount as CCBill wants it: two decimals, in a currency that the account takes.
pub(super) fn price(config: &Sound, amount: Money) -> Result<String, String> {
    if !config.currencies.contains(&amount.currency) {
        return Err(format!("this CCBill account does not take {}", amount.currency.code()));
    }
    if !amount.is_positive() {
        return Err("CCBill takes positive amounts only".to_owned());
    }
    Ok(amount.to_decimal())
}

fn offer(config: &Sound, request: &StartRequest) -> Result<Offer, String> {
    let currency = request.amount.currency;
    let mut offer = Offer {
        price: price(config, request.amount)?,
        period: config.period_days.to_string(),
        recurring: None,
        currency: format!("{:03}", currency.number()),
    };
    if let Some(renewal) = &request.renews {
        if renewal.amount.currency != currency {
            return Err("CCBill renews in the currency of the first payment".to_owned());
        }
        let times = match renewal.times {
            None => FOREVER,
            Some(times @ 1..FOREVER) => times,
            Some(_) => return Err("CCBill renews 1 to 98 times, or until it is ended".to_owned()),
        };
        offer.period = days(renewal.first)?;
        let again = price(config, renewal.amount)?;
        offer.recurring = Some((again, days(renewal.every)?, times.to_string()));
    }
    Ok(offer)
}

fn days(period: Period) -> Result<String, String> {
    match period.days() {
        days @ 1..=365 => Ok(days.to_string()),
        _ => Err("CCBill counts periods in days, 365 at most".to_owned()),
    }
}

fn pairs(config: &Sound, offer: &Offer, reference: &str) -> Vec<(String, String)> {
    let recurring = offer
        .recurring
        .as_ref()
        .map(|(price, period, times)| (price.as_str(), period.as_str(), times.as_str()));
    let digest =
        digest::form(&config.salt, &offer.price, &offer.period, recurring, &offer.currency);
    let mut pairs = vec![
        ("clientAccnum", config.account.as_str()),
        ("clientSubacc", config.subaccount.as_str()),
    ];
    let names = match &config.form {
        Form::Flexforms { .. } => {
            ["initialPrice", "initialPeriod", "recurringPrice", "recurringPeriod", "numRebills"]
        }
        Form::Jpost { name } => {
            pairs.push(("formName", name));
            ["formPrice", "formPeriod", "formRecurringPrice", "formRecurringPeriod", "formRebills"]
        }
    };
    pairs.extend([(names[0], offer.price.as_str()), (names[1], offer.period.as_str())]);
    if let Some((price, period, times)) = recurring {
        pairs.extend([(names[2], price), (names[3], period), (names[4], times)]);
    }
    pairs.extend([
        ("currencyCode", offer.currency.as_str()),
        ("formDigest", digest.as_str()),
        (config.reference_field.as_str(), reference),
    ]);
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}
