//! Charging an earlier customer again by the subscription of an earlier payment
//! (`chargeByPreviousTransactionId`), which CCBill's support must enable for the account.
//!
//! Parameters and answers follow the "CCBill API Guide" and public programs that use it.

use processor::{Answer, Call, Charge, ChargeOutcome, Charged, Http};

use super::config::Sound;
use super::datalink::{self, Said};
use super::start::{fits, price};
use super::words;
use crate::wire::xml::Row;

/// Charges a price of ours, once.
pub(super) async fn charge(
    config: &Sound,
    http: &Http,
    charge: &Charge,
    subscription: &str,
) -> Answer<Charged> {
    let (Some(datalink), Some(url)) = (&config.datalink, &config.again_at) else {
        return Answer::cannot("charge a customer again: datalink.charge_again is not configured");
    };
    if !words::is_id(subscription) {
        return Answer::NotExecuted("this is no subscription id of CCBill".to_owned());
    }
    let price = match fits(&charge.reference).and_then(|()| price(config, charge.amount)) {
        Ok(price) => price,
        Err(why) => return Answer::NotExecuted(why),
    };
    let (period, currency) =
        (config.period_days.to_string(), format!("{:03}", charge.amount.currency.number()));
    let call = Call::get(url.clone()).query(&[
        ("clientAccnum", config.account.as_str()),
        ("username", &datalink.username),
        ("password", &datalink.password),
        ("action", "chargeByPreviousTransactionId"),
        ("newClientAccnum", &config.account),
        ("newClientSubacc", &config.subaccount),
        ("sharedAuthentication", "1"),
        ("initialPrice", &price),
        ("initialPeriod", &period),
        ("subscriptionId", subscription),
        ("currencyCode", &currency),
        ("returnXML", "1"),
        (&config.reference_field, &charge.reference),
    ]);
    match datalink::answered(http.send(call).await) {
        Ok(Said::Row(row)) => outcome(&row),
        Ok(Said::Code(code @ (-23 | -24))) => {
            Answer::Declined(words::decline(&code.to_string(), ""))
        }
        Ok(Said::Code(code)) => match datalink::placed(code) {
            // A bare "done" names no subscription: it cannot be told what was charged.
            Answer::Done(_) => Answer::Unknown("CCBill's answer names no subscription".to_owned()),
            other => other.map(|_| nothing()),
        },
        Err(answer) => answer,
    }
}

fn outcome(row: &Row) -> Answer<Charged> {
    let text = |name: &str| row.get(name).map_or("", String::as_str);
    match (text("approved"), text("subscriptionid")) {
        ("1", id) if words::is_id(id) => Answer::Done(Charged {
            outcome: ChargeOutcome::Paid,
            transaction: Some(id.to_owned()),
            stored: Some(id.to_owned()),
            ..nothing()
        }),
        ("0", _) => Answer::Declined(words::decline(text("declinecode"), text("declinetext"))),
        _ => Answer::Unknown("CCBill's answer to a charge cannot be read".to_owned()),
    }
}

fn nothing() -> Charged {
    Charged {
        outcome: ChargeOutcome::Pending,
        transaction: None,
        amount: None,
        stored: None,
        card: None,
    }
}
