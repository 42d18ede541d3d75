//! Drawing a check: by leading the customer to the house's page, or again on an account that the
//! house knows.
//!
//! Fields follow the open client. A bank account's number is asked for by the house alone.

use base::{Currency, Money};
use processor::{
    Answer, Charge, ChargeOutcome, Charged, GoTo, Http, Instrument, Period, Renewal, StartRequest,
    Started,
};
use url::Url;

use super::config::Sound;
use super::dbs::Form;
use super::reply::{self, Reply};

/// Begins a payment: the house is to answer with its page.
pub(super) async fn start(config: &Sound, http: &Http, request: &StartRequest) -> Answer<Started> {
    let form = match asking(config, request) {
        Ok(form) => form,
        Err(why) => return Answer::NotExecuted(why),
    };
    let reply = match form.send(config, http).await {
        Ok(reply) => reply,
        Err(failed) => return failed.into(),
    };
    match (reply.status().as_str(), page(&reply)) {
        ("verify", Some(link)) => Answer::Done(Started {
            go_to: GoTo::Link(link),
            transaction: reply.get("toastcode").map(str::to_owned),
        }),
        // Taken in without a page: its notice tells the end.
        ("accepted", _) => Answer::Accepted,
        ("declined", _) => Answer::Declined(reply.decline()),
        (status, _) => Answer::Unknown(strange(status)),
    }
}

/// The house's page and the code by which its notice will name it.
fn page(reply: &Reply) -> Option<String> {
    let (link, code) = (reply.get("url")?, reply.get("toastcode")?);
    let url: Url = link.parse().ok()?;
    let sound = url.scheme() == "https" || (url.scheme() == "http" && processor::is_loopback(&url));
    (sound && super::config::plain(code)).then(|| link.to_owned())
}

fn asking(config: &Sound, request: &StartRequest) -> Result<Form, String> {
    let buyer = &request.buyer;
    if buyer.country.as_deref().is_some_and(|code| !code.eq_ignore_ascii_case("US")) {
        return Err("WTSeTicket draws checks on bank accounts in the US only".to_owned());
    }
    if request.capture == processor::CaptureWhen::Later {
        return Err("an e-check cannot be held".to_owned());
    }
    let form = Form::of(config, config.begin.action())
        .with("response_location", request.postback_url.as_str())
        .with("initial_amount", dollars(request.amount)?)
        .with("merordernumber", request.reference.as_str())
        .maybe("custname", buyer.name.as_deref())
        .maybe("custemail", buyer.email.as_deref())
        .maybe("ip_forward", buyer.ip.map(|ip| ip.to_string()));
    match &request.renews {
        None => Ok(form.with("billing_cycle", "-1")),
        Some(renewal) => again(form, renewal),
    }
}

fn again(form: Form, renewal: &Renewal) -> Result<Form, String> {
    let Some(cycle) = cycle(renewal.every) else {
        return Err("WTSeTicket does not renew in this rhythm".to_owned());
    };
    Ok(form
        .with("billing_cycle", cycle)
        .with("recur_amount", dollars(renewal.amount)?)
        .with("days_til_recur", renewal.first.days().to_string())
        .maybe("max_num_billing", renewal.times.map(|times| times.to_string())))
}

/// The house's number of a rhythm.
fn cycle(every: Period) -> Option<&'static str> {
    match every {
        Period::Days(7) => Some("1"),
        Period::Days(14) => Some("7"),
        Period::Months(1) => Some("2"),
        Period::Months(2) => Some("3"),
        Period::Months(3) => Some("4"),
        Period::Months(6) => Some("5"),
        Period::Months(12) | Period::Years(1) => Some("6"),
        Period::Days(_) | Period::Months(_) | Period::Years(_) => None,
    }
}

/// Draws a check again on the account behind an earlier sale.
pub(super) async fn charge(config: &Sound, http: &Http, charge: &Charge) -> Answer<Charged> {
    if !config.one_click {
        return Answer::cannot("draw a check again: one_click is off");
    }
    if charge.capture == processor::CaptureWhen::Later {
        return Answer::NotExecuted("an e-check cannot be held".to_owned());
    }
    let Instrument::Stored { id, .. } = &charge.instrument else {
        return Answer::cannot("take anything but an earlier sale");
    };
    let (Some((order, history)), Ok(amount)) = (reply::parts(id), dollars(charge.amount)) else {
        return Answer::NotExecuted(
            "no earlier sale of WTSeTicket's, or not in dollars".to_owned(),
        );
    };
    let form = Form::of(config, "P")
        .with("order_id", order)
        .with("prev_history_id", history)
        .with("initial_amount", amount)
        .with("billing_cycle", "-1")
        .with("merordernumber", charge.reference.as_str())
        .maybe("ip_forward", charge.buyer.ip.map(|ip| ip.to_string()));
    let reply = match form.send(config, http).await {
        Ok(reply) => reply,
        Err(failed) => return failed.into(),
    };
    match (reply.status().as_str(), reply.transaction()) {
        ("accepted", Some(transaction)) if !reply.is_test() || config.tests => {
            Answer::Done(Charged {
                outcome: ChargeOutcome::Paid,
                stored: Some(transaction.clone()),
                transaction: Some(transaction),
                amount: None,
                card: None,
            })
        }
        ("accepted", Some(_)) => Answer::Unknown("WTSeTicket took it for a test".to_owned()),
        ("declined", _) => Answer::Declined(reply.decline()),
        ("verify", _) => match page(&reply) {
            Some(link) => Answer::Done(Charged {
                outcome: ChargeOutcome::MustAct(GoTo::Link(link)),
                transaction: reply.get("toastcode").map(str::to_owned),
                amount: None,
                stored: None,
                card: None,
            }),
            None => Answer::Unknown("WTSeTicket names no page to confirm on".to_owned()),
        },
        (status, _) => Answer::Unknown(strange(status)),
    }
}

/// An amount in dollars, as a decimal.
pub(super) fn dollars(amount: Money) -> Result<String, String> {
    if amount.currency == Currency::USD && amount.is_positive() {
        Ok(amount.to_decimal())
    } else {
        Err("WTSeTicket takes US dollars only".to_owned())
    }
}

/// The sentence for a status that is not on the list.
pub(super) fn strange(status: &str) -> String {
    let shown: String = status.chars().filter(char::is_ascii_alphanumeric).take(40).collect();
    format!("WTSeTicket answered with a status we do not know here: {shown:?}")
}
