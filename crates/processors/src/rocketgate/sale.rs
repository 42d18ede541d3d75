//! Charging from the server: a card that the house keeps, or Google Pay's token.
//!
//! A charge has two steps: the purchase, and a confirmation that its answer arrived. Without the
//! second the house may undo the first, so a charge whose confirmation failed is not known.

use processor::{Answer, CaptureWhen, Card, Charge, ChargeOutcome, Charged, Http, Instrument};

use super::config::{Sound, is_name};
use super::gateway::{Answered, Failed, Request, is_guid};
use super::words;

/// Charges, or holds.
pub(super) async fn charge(config: &Sound, http: &Http, charge: &Charge) -> Answer<Charged> {
    let request = match asking(config, charge) {
        Ok(request) => request,
        Err(why) => return Answer::NotExecuted(why),
    };
    let answered = match request.send(config, http).await {
        Ok(answered) => answered,
        Err(failed) => return failed.into(),
    };
    if answered.response() != "0" {
        return words::placed(&answered);
    }
    let Some(transaction) = answered.transaction() else {
        return Answer::Unknown("RocketGate's yes names no transaction".to_owned());
    };
    match confirmed(config, http, charge, transaction).await {
        Ok(()) => charged(charge.capture, &answered, transaction),
        Err(why) => Answer::Unknown(format!("{transaction} is approved, not confirmed: {why}")),
    }
}

fn asking(config: &Sound, charge: &Charge) -> Result<Request, String> {
    let amount = charge.amount;
    if amount.currency != config.currency || !amount.is_positive() {
        return Err(format!("this RocketGate account takes {} only", config.currency.code()));
    }
    let transaction_type = match charge.capture {
        CaptureWhen::AtOnce => "CC_PURCHASE",
        CaptureWhen::Later if config.holds => "CC_AUTH",
        CaptureWhen::Later => return Err("holds is off: this account takes money at once".into()),
    };
    let customer = customer(charge);
    if !is_name(customer) || !is_name(&charge.reference) {
        return Err("RocketGate takes ids of letters and digits".to_owned());
    }
    let (name, value) = match &charge.instrument {
        // The transaction that the card was used in, or the card's hash.
        Instrument::Stored { id, .. } if is_guid(id) => ("payInfoTransactID", id),
        Instrument::Stored { id, .. } => ("cardHash", id),
        Instrument::GooglePay { token } if config.google_pay.is_some() => ("GOOGLEPAYTOKEN", token),
        Instrument::GooglePay { .. } => return Err("google_pay is not configured".to_owned()),
        Instrument::Token { .. } => {
            return Err("RocketGate has no script's token that is publicly known".to_owned());
        }
    };
    let country = charge.buyer.country.as_deref().map(str::to_ascii_uppercase);
    Ok(Request::of(config, transaction_type)
        .with("merchantCustomerID", customer)
        .with("merchantInvoiceID", charge.reference.as_str())
        .with("amount", amount.to_decimal())
        .with("currency", amount.currency.code())
        .with(name, value.as_str())
        .maybe("merchantSiteID", config.site_id.as_deref())
        .maybe("merchantProductID", config.products.get(&charge.product).map(String::as_str))
        .maybe("email", charge.buyer.email.as_deref())
        .maybe("ipAddress", charge.buyer.ip.map(|ip| ip.to_string()))
        .maybe("billingCountry", country))
}

fn customer(charge: &Charge) -> &str {
    match &charge.instrument {
        Instrument::Stored { customer: Some(customer), .. } => customer,
        _ => &charge.buyer.customer,
    }
}

/// Tells the server that its answer arrived.
async fn confirmed(
    config: &Sound,
    http: &Http,
    charge: &Charge,
    transaction: &str,
) -> Result<(), String> {
    let request = Request::of(config, "CC_CONFIRM")
        .with("merchantCustomerID", customer(charge))
        .with("merchantInvoiceID", charge.reference.as_str());
    match request.send_about(config, http, transaction).await {
        Ok(answered) if answered.response() == "0" => Ok(()),
        Ok(answered) => Err(format!(
            "response {}, reason {}",
            words::shown(answered.response()),
            words::shown(answered.reason())
        )),
        Err(Failed::NotExecuted(why) | Failed::Unknown(why)) => Err(why),
    }
}

fn charged(capture: CaptureWhen, answered: &Answered, transaction: &str) -> Answer<Charged> {
    let amount = match words::money(answered) {
        Ok(amount) => amount,
        Err(why) => return Answer::Unknown(why),
    };
    let four = |text: &&str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let letters = |text: &&str| {
        text.len() <= 20 && text.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ')
    };
    let brand = answered.get("cardtype").filter(letters).map(str::to_owned);
    let last4 = answered.get("cardlastfour").filter(four).map(str::to_owned);
    Answer::Done(Charged {
        outcome: match capture {
            CaptureWhen::AtOnce => ChargeOutcome::Paid,
            CaptureWhen::Later => ChargeOutcome::Authorized,
        },
        transaction: Some(transaction.to_owned()),
        amount,
        stored: Some(transaction.to_owned()),
        card: (brand.is_some() || last4.is_some()).then_some(Card { brand, last4 }),
    })
}
