//! Calls about an invoice: looking it up, ending or changing what renews under it.
//!
//! A renewal is named by customer and invoice, which is written here as `customer:invoice`.

use base::Timestamp;
use processor::{
    Answer, Cancellation, ChangeTo, Done, FindBy, Finding, Found, FoundState, Http, NoticeKind,
    RawNotice, Rejected, SubscriptionChange, Unproven,
};

use super::config::{Sound, is_name};
use super::gateway::{Answered, Failed, Request};
use super::{postback, words};

/// The reasons by which the house says that there is no such invoice or transaction.
const ABSENT: [&str; 2] = ["441", "100"];

/// Looks an invoice or a transaction up.
pub(super) async fn find(config: &Sound, http: &Http, by: &FindBy) -> Answer<Option<Found>> {
    let request = Request::of(config, "LOOKUP");
    let answered = match by {
        FindBy::Reference(invoice) if is_name(invoice) => {
            request.with("merchantInvoiceID", invoice.as_str()).send(config, http).await
        }
        FindBy::Reference(_) => {
            return Answer::NotExecuted("RocketGate takes ids of letters and digits".to_owned());
        }
        FindBy::Transaction(id) => request.send_about(config, http, id).await,
    };
    match answered {
        Ok(answered) => found(config, by, &answered),
        Err(failed) => failed.into(),
    }
}

/// What the answer says. It does not say whether money was held or taken, so where both happen it
/// proves neither; nor what became of it since.
fn found(config: &Sound, by: &FindBy, answered: &Answered) -> Answer<Option<Found>> {
    if ABSENT.contains(&answered.reason()) {
        return Answer::Done(None);
    }
    let Some(transaction) = answered.transaction().map(str::to_owned) else {
        return match answered.response() {
            "4" => words::placed(answered),
            _ => Answer::Unknown("RocketGate's look-up names no transaction".to_owned()),
        };
    };
    let invoice = answered.get("merchantinvoiceid").map(str::to_ascii_lowercase);
    let other = match by {
        FindBy::Reference(asked) => {
            invoice.as_ref().is_some_and(|invoice| !invoice.eq_ignore_ascii_case(asked))
        }
        FindBy::Transaction(asked) => !transaction.eq_ignore_ascii_case(asked),
    };
    if other {
        return Answer::Unknown("RocketGate's look-up shows another payment".to_owned());
    }
    let state = match answered.response() {
        "0" if config.holds => FoundState::Waiting,
        "0" => FoundState::Paid,
        "1" | "2" => FoundState::Declined,
        _ => return words::placed(answered),
    };
    let reference = match by {
        FindBy::Reference(asked) => Some(asked.clone()),
        FindBy::Transaction(_) => invoice,
    };
    match words::money(answered) {
        Ok(amount) => {
            Answer::Done(Some(Found { state, transaction, reference, amount, occurred_at: None }))
        }
        Err(why) => Answer::Unknown(why),
    }
}

/// Holds what a join says of money against a look-up of its invoice.
pub(super) async fn prove(config: &Sound, http: &Http, raw: &RawNotice) -> Result<(), Unproven> {
    let told = postback::read(config, raw).map_err(Unproven::Rejected)?;
    let (NoticeKind::Paid, Some(invoice)) = (told.kind, told.reference.clone()) else {
        return Ok(());
    };
    match find(config, http, &FindBy::Reference(invoice)).await {
        Answer::Done(Some(found)) => {
            let id = told.transaction.as_deref().unwrap_or_default();
            let same_payment = id.eq_ignore_ascii_case(&found.transaction);
            if same_payment && found.amount == told.amount && found.state != FoundState::Declined {
                Ok(())
            } else {
                Err(Unproven::Rejected(Rejected::Signature))
            }
        }
        Answer::Done(None) => {
            Err(Unproven::Unknown("RocketGate does not show this invoice yet".to_owned()))
        }
        Answer::Accepted | Answer::Declined(_) => {
            Err(Unproven::Unknown("RocketGate's look-up did not answer".to_owned()))
        }
        Answer::NotExecuted(why) | Answer::Unknown(why) => Err(Unproven::Unknown(why)),
    }
}

/// Ends a renewal; it lasts until the end of what was paid for.
pub(super) async fn cancel(
    config: &Sound,
    http: &Http,
    cancellation: &Cancellation,
) -> Answer<Done> {
    if cancellation.at_once {
        let why = "RocketGate ends a renewal when what was paid for is over, not at once";
        return Answer::NotExecuted(why.to_owned());
    }
    executed(config, http, "REBILL_CANCEL", &cancellation.subscription, None).await
}

/// Changes a renewal.
pub(super) async fn change(
    config: &Sound,
    http: &Http,
    change: &SubscriptionChange,
) -> Answer<Done> {
    let with = match &change.change {
        ChangeTo::Renewing => ("REBILLREACTIVATE", "TRUE".to_owned()),
        ChangeTo::Price(price) if price.currency == config.currency && price.is_positive() => {
            ("rebillAmount", price.to_decimal())
        }
        ChangeTo::Price(_) => {
            return Answer::NotExecuted("a price in the account's currency is wanted".to_owned());
        }
        ChangeTo::Longer(_) | ChangeTo::Instrument(_) => {
            let why = "RocketGate's public calls change no date and no card of a renewal from here";
            return Answer::NotExecuted(why.to_owned());
        }
    };
    executed(config, http, "REBILL_UPDATE", &change.subscription, Some(with)).await
}

async fn executed(
    config: &Sound,
    http: &Http,
    transaction_type: &str,
    subscription: &str,
    with: Option<(&'static str, String)>,
) -> Answer<Done> {
    let parts = subscription.split_once(':');
    let Some((customer, invoice)) = parts.filter(|(one, other)| is_name(one) && is_name(other))
    else {
        let why = "RocketGate names a renewal by customer and invoice";
        return Answer::NotExecuted(why.to_owned());
    };
    let mut request = Request::of(config, transaction_type)
        .with("merchantCustomerID", customer)
        .with("merchantInvoiceID", invoice);
    if let Some((name, value)) = with {
        request = request.with(name, value);
    }
    match request.send(config, http).await {
        Ok(answered) if answered.response() == "0" => {
            Answer::Done(Done { transaction: None, amount: None })
        }
        Ok(answered) => words::placed(&answered),
        Err(failed) => failed.into(),
    }
}

/// Looks up an invoice that cannot exist: how that is refused shows whether the password is right.
pub(super) async fn check(config: &Sound, http: &Http, now: Timestamp) -> Vec<Finding> {
    let request =
        Request::of(config, "LOOKUP").with("merchantInvoiceID", "paydesk-check-of-the-password");
    let mut findings = match request.send(config, http).await {
        Ok(answered) => vec![credentials(&answered), Finding::clock(answered.date, now)],
        Err(Failed::NotExecuted(why) | Failed::Unknown(why)) => vec![Finding::bad("gateway", why)],
    };
    if config.locks.senders.is_empty() {
        let says = "not set: ask RocketGate which addresses its postbacks come from";
        findings.push(Finding::notice("locks.senders", says));
    }
    if config.postbacks.is_none() {
        let says = "not set: a join is a hint only, and its invoice is looked up";
        findings.push(Finding::notice("postbacks", says));
    }
    if config.holds {
        let says = "on: a look-up cannot tell a hold from a payment, so a call whose answer was \
                    lost needs a person";
        findings.push(Finding::notice("holds", says));
    }
    findings
}

fn credentials(answered: &Answered) -> Finding {
    match (answered.response(), answered.reason()) {
        (_, "441" | "100") => Finding::good("credentials", "the gateway knows this merchant"),
        ("4", reason @ ("406" | "407" | "411")) => {
            let says = format!("the gateway refuses merchant_id or merchant_password ({reason})");
            Finding::bad("credentials", says)
        }
        (response, reason) => {
            let (response, reason) = (words::shown(response), words::shown(reason));
            let says =
                format!("the gateway answered {response} with reason {reason}: ask the house");
            Finding::notice("credentials", says)
        }
    }
}
