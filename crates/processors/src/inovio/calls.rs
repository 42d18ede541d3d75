//! The one address of Inovio's payment service, and the calls that are made to it.
//!
//! Parameters follow "Gateway Payment Service API - Merchant Specification" 4.12, sections 4 and
//! 5. There is no idempotency key; what makes a charge once is `UNIQUE_XTL_ORDER_ID=2`, by which
//! a second order under our reference is answered with the approval of the first.

use base::Money;
use processor::{
    Answer, Call, CaptureWhen, Charge, ChargeOutcome, Charged, Done, GoTo, Http, Instrument,
    Refunding, Sent,
};

use super::config::Sound;
use super::said::{self, Fields, Said};

/// The longest order id of ours.
const REFERENCE: usize = 64;

/// Makes one call.
pub(super) async fn ask(config: &Sound, http: &Http, action: &str, more: &[(&str, &str)]) -> Sent {
    let mut pairs = vec![
        ("req_username", config.username.as_str()),
        ("req_password", config.password.as_str()),
        ("site_id", config.site_id.as_str()),
        ("request_action", action),
        ("request_response_format", "JSON"),
        ("request_api_version", config.api_version.as_str()),
    ];
    pairs.extend_from_slice(more);
    http.send(Call::post(config.address.clone()).form(&pairs)).await
}

/// Charges or holds on a card that Inovio keeps.
pub(super) async fn charge(config: &Sound, http: &Http, charge: &Charge) -> Answer<Charged> {
    let (customer, card) = match kept(&charge.instrument) {
        Ok(kept) => kept,
        Err(why) => return Answer::NotExecuted(why),
    };
    if let Err(why) = takes(config, charge) {
        return Answer::NotExecuted(why);
    }
    let action = match charge.capture {
        CaptureWhen::AtOnce => "CCAUTHCAP",
        CaptureWhen::Later => "CCAUTHORIZE",
    };
    let value = charge.amount.to_decimal();
    let ip = charge.buyer.ip.map(|ip| ip.to_string());
    let mut more = vec![
        ("li_prod_id_1", config.product(&charge.product)),
        ("li_value_1", value.as_str()),
        ("li_count_1", "1"),
        ("request_currency", charge.amount.currency.code()),
        ("cust_id", customer),
        ("pmt_id", card),
        ("xtl_order_id", charge.reference.as_str()),
        ("unique_xtl_order_id", "2"),
        ("proc_success_url", charge.return_url.as_str()),
        ("proc_error_url", charge.return_url.as_str()),
    ];
    let options = [
        ("merch_acct_id", config.merchant_account.as_deref()),
        ("pmt_descriptor", config.descriptor.as_deref()),
        ("xtl_cust_id", Some(charge.buyer.customer.as_str()).filter(|id| !id.is_empty())),
        ("xtl_ip", ip.as_deref()),
    ];
    more.extend(options.into_iter().filter_map(|(name, value)| Some((name, value?))));
    match said::fields(ask(config, http, action, &more).await) {
        Ok(fields) => charged(&fields, charge),
        Err(answer) => answer,
    }
}

/// Collects what is held, all or a part; never more than was authorised.
pub(super) async fn capture(
    config: &Sound,
    http: &Http,
    order: &str,
    amount: Money,
) -> Answer<Done> {
    let value = amount.to_decimal();
    let more = [("request_ref_po_id", order), ("li_value_1", value.as_str())];
    done(ask(config, http, "CCCAPTURE", &more).await, Some(amount))
}

/// Releases what is held. A capture in between is not given back by this call.
pub(super) async fn void(config: &Sound, http: &Http, order: &str) -> Answer<Done> {
    done(ask(config, http, "CCREVERSE", &[("request_ref_po_id", order)]).await, None)
}

/// Gives money back: the whole by reversal, which Inovio turns into a credit once the payment is
/// settled; a part by credit, which it takes after settlement only.
pub(super) async fn refund(config: &Sound, http: &Http, refunding: &Refunding) -> Answer<Done> {
    let order = ("request_ref_po_id", refunding.transaction.as_str());
    let value = refunding.amount.to_decimal();
    let sent = if refunding.amount == refunding.paid {
        ask(config, http, "CCREVERSE", &[order, ("credit_on_fail", "1")]).await
    } else {
        ask(config, http, "CCCREDIT", &[order, ("li_value_1", value.as_str())]).await
    };
    done(sent, Some(refunding.amount))
}

/// The customer and the card Inovio keeps: two numbers, given apart or as `customer:card`.
fn kept(instrument: &Instrument) -> Result<(&str, &str), String> {
    let Instrument::Stored { id, customer } = instrument else {
        return Err("only a card that Inovio keeps is charged here".to_owned());
    };
    let (customer, card) = match (customer, id.split_once(':')) {
        (Some(customer), None) => (customer.as_str(), id.as_str()),
        (None, Some(both)) => both,
        _ => return Err("a kept card is cust_id and pmt_id, both of Inovio's".to_owned()),
    };
    let number = |text: &str| {
        (1..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if number(customer) && number(card) {
        Ok((customer, card))
    } else {
        Err("cust_id and pmt_id are numbers of Inovio's".to_owned())
    }
}

fn takes(config: &Sound, charge: &Charge) -> Result<(), String> {
    let currency = charge.amount.currency;
    if !config.currencies.is_empty() && !config.currencies.contains(&currency) {
        return Err(format!("currencies does not list {currency}"));
    }
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let reference = &charge.reference;
    if (1..=REFERENCE).contains(&reference.len()) && reference.bytes().all(plain) {
        Ok(())
    } else {
        Err("our reference must be letters, digits and underscores".to_owned())
    }
}

fn charged(fields: &Fields, charge: &Charge) -> Answer<Charged> {
    let reference = fields.get("XTL_ORDER_ID");
    if !reference.is_empty() && reference != charge.reference {
        return Answer::Unknown("Inovio answered about another order".to_owned());
    }
    let outcome = match (fields.said(), charge.capture) {
        (Said::Approved, CaptureWhen::AtOnce) => ChargeOutcome::Paid,
        (Said::Approved, CaptureWhen::Later) => ChargeOutcome::Authorized,
        (Said::Pending, _) => match page(fields.get("PROC_REDIRECT_URL")) {
            Ok(Some(page)) => ChargeOutcome::MustAct(GoTo::Link(page)),
            Ok(None) => ChargeOutcome::Pending,
            Err(why) => return Answer::Unknown(why),
        },
        (Said::Declined(decline), _) => return Answer::Declined(decline),
        (Said::NotExecuted(why), _) => return Answer::NotExecuted(why),
        (Said::Unknown(why), _) => return Answer::Unknown(why),
    };
    let amount = match fields.amount() {
        Ok(amount) => amount,
        Err(why) => return Answer::Unknown(why),
    };
    let taken = matches!(outcome, ChargeOutcome::Paid | ChargeOutcome::Authorized);
    if (taken || amount.is_some()) && amount != Some(charge.amount) {
        let said = amount.map_or("nothing".to_owned(), |amount| amount.to_string());
        return Answer::Unknown(format!(
            "Inovio says {said} where {} was asked for",
            charge.amount
        ));
    }
    let Some(order) = fields.id("PO_ID") else {
        return Answer::Unknown("Inovio names no order".to_owned());
    };
    let stored = match (fields.id("CUST_ID"), fields.id("PMT_ID")) {
        (Some(customer), Some(card)) if taken => Some(format!("{customer}:{card}")),
        _ => None,
    };
    let transaction = Some(order.to_owned());
    Answer::Done(Charged { outcome, transaction, amount, stored, card: fields.card() })
}

/// Where the customer proves to be the card's holder: the bank's page, so only the line is
/// looked at.
fn page(text: &str) -> Result<Option<String>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let no = || "Inovio sends the customer to no sound address".to_owned();
    let url: url::Url = text.parse().map_err(|_| no())?;
    let sound = url.scheme() == "https" && url.host_str().is_some();
    if sound { Ok(Some(url.into())) } else { Err(no()) }
}

/// Reads what became of an adjustment, and holds its amount against what was asked for: credits
/// and reversals come back negative.
fn done(sent: Sent, asked: Option<Money>) -> Answer<Done> {
    let fields = match said::fields(sent) {
        Ok(fields) => fields,
        Err(answer) => return answer,
    };
    match fields.said() {
        Said::Approved => {}
        Said::Pending => return Answer::Accepted,
        Said::Declined(decline) => return Answer::Declined(decline),
        Said::NotExecuted(why) => return Answer::NotExecuted(why),
        Said::Unknown(why) => return Answer::Unknown(why),
    }
    let size = |money: Money| if money.minor < 0 { money.negated() } else { Ok(money) };
    let amount = match fields.amount().map(|amount| amount.map(size).transpose()) {
        Ok(Ok(amount)) => amount,
        Ok(Err(error)) => return Answer::Unknown(error.to_string()),
        Err(why) => return Answer::Unknown(why),
    };
    if let Some(asked) = asked
        && amount != Some(asked)
    {
        let said = amount.map_or("nothing".to_owned(), |amount| amount.to_string());
        return Answer::Unknown(format!("Inovio says {said} where {asked} was asked for"));
    }
    Answer::Done(Done { transaction: fields.id("TRANS_ID").map(str::to_owned), amount })
}
