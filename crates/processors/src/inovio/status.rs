//! Looking an order up by CCSTATUS: by Inovio's id of it or by our own reference.
//!
//! Section 5.6 of the Merchant Specification 4.12. In JSON the answer is a table, `COLUMNS` and
//! `DATA`, with one row for each leg of the order: authorisation, captures, reversals, credits.

use std::collections::BTreeMap;

use base::Money;
use processor::{Answer, FindBy, Found, FoundState, Http};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::calls;
use super::config::Sound;
use super::said::{self, Fields};

/// The most legs that are looked at.
const LEGS: usize = 500;

/// Says that there is no such order.
const NOT_FOUND: &str = "512";

#[derive(Deserialize)]
struct Table {
    #[serde(rename = "COLUMNS")]
    columns: Vec<String>,
    #[serde(rename = "DATA")]
    data: Vec<Vec<Box<RawValue>>>,
}

/// Looks an order up.
pub(super) async fn find(config: &Sound, http: &Http, by: &FindBy) -> Answer<Option<Found>> {
    let (name, id) = match by {
        FindBy::Transaction(id) => ("request_ref_po_id", id),
        FindBy::Reference(reference) => ("request_ref_po_id_xtl", reference),
    };
    let sent = calls::ask(config, http, "CCSTATUS", &[(name, id)]).await;
    let reply = match said::answered(sent) {
        Ok(reply) => reply,
        Err(answer) => return answer,
    };
    let legs = match reply.json::<Table>() {
        Ok(table) => match legs(table) {
            Ok(legs) => legs,
            Err(why) => return Answer::Unknown(why),
        },
        Err(_) => match reply.json().map(Fields::of) {
            Ok(flat) if flat.get("SERVICE_RESPONSE") == NOT_FOUND => return Answer::Done(None),
            Ok(flat) if flat.id("PO_ID").is_some() => vec![flat],
            Ok(_) | Err(_) => {
                return Answer::Unknown("Inovio's status is not of the known form".to_owned());
            }
        },
    };
    match found(&legs, by) {
        Ok(found) => Answer::Done(Some(found)),
        Err(why) => Answer::Unknown(why),
    }
}

fn legs(table: Table) -> Result<Vec<Fields>, String> {
    if table.data.is_empty() || table.data.len() > LEGS {
        return Err("Inovio's status holds no legs, or too many".to_owned());
    }
    let Table { columns, data } = table;
    let leg = |row: Vec<Box<RawValue>>| {
        if row.len() != columns.len() {
            return Err("Inovio's status has a row that does not fit its columns".to_owned());
        }
        Ok(Fields::of(columns.iter().cloned().zip(row).collect()))
    };
    data.into_iter().map(leg).collect()
}

/// What the legs say together. A reference may have been declined once and approved later, as two
/// orders; two that took money are more than we can tell.
fn found(legs: &[Fields], by: &FindBy) -> Result<Found, String> {
    let mut orders: BTreeMap<&str, Vec<&Fields>> = BTreeMap::new();
    for leg in legs {
        let order = leg.id("PO_ID").ok_or("Inovio's status has a leg without an order")?;
        orders.entry(order).or_default().push(leg);
    }
    let mut candidates = Vec::new();
    for (id, legs) in orders {
        let said = legs.iter().map(|leg| leg.get("XTL_ORDER_ID"));
        let reference = said.filter(|text| !text.is_empty()).map(str::to_ascii_lowercase).next();
        let fits = match by {
            FindBy::Transaction(asked) => asked == id,
            FindBy::Reference(asked) => reference.as_deref() == Some(asked.as_str()),
        };
        if !fits {
            return Err("Inovio answered about another order".to_owned());
        }
        let (state, amount) = position(&legs)?;
        let transaction = id.to_owned();
        candidates.push(Found { state, transaction, reference, amount, occurred_at: None });
    }
    let (declined, mut others): (Vec<Found>, Vec<Found>) =
        candidates.into_iter().partition(|found| found.state == FoundState::Declined);
    match (others.len(), declined.into_iter().next_back()) {
        (0, Some(declined)) => Ok(declined),
        (1, _) => Ok(others.remove(0)),
        _ => Err("Inovio shows several orders under this reference".to_owned()),
    }
}

/// How an order stands, by its approved legs.
fn position(legs: &[&Fields]) -> Result<(FoundState, Option<Money>), String> {
    let mut sums = Sums::default();
    let mut open = false;
    for leg in legs {
        match leg.get("TRANS_STATUS_NAME").to_ascii_uppercase().as_str() {
            "APPROVED" => sums.add(leg)?,
            "DECLINED" => {}
            _ => open = true,
        }
    }
    let state = match (&sums, open) {
        (_, true) => FoundState::Waiting,
        (Sums { strange: true, .. }, _) => FoundState::Waiting,
        (Sums { taken: Some(taken), given_back, .. }, _) => match given_back {
            Some(back) if back.minor >= taken.minor && sums.reversed => FoundState::Voided,
            Some(back) if back.minor >= taken.minor => FoundState::Refunded,
            _ => FoundState::Paid,
        },
        (Sums { held: Some(held), given_back, .. }, _) => match given_back {
            Some(back) if back.minor >= held.minor => FoundState::Voided,
            _ => FoundState::Authorized,
        },
        _ => FoundState::Declined,
    };
    Ok((state, sums.taken.or(sums.held)))
}

/// Approved legs in sum.
#[derive(Default)]
struct Sums {
    held: Option<Money>,
    taken: Option<Money>,
    given_back: Option<Money>,
    /// Whether what went back went by reversal, before it was settled.
    reversed: bool,
    /// Whether there is a leg of a kind we do not know.
    strange: bool,
}

impl Sums {
    fn add(&mut self, leg: &Fields) -> Result<(), String> {
        let action = leg.get("REQUEST_ACTION").to_ascii_uppercase();
        let amount = leg.amount()?.ok_or("Inovio's status has a leg without an amount")?;
        let back = if amount.minor < 0 {
            amount.negated().map_err(|error| error.to_string())?
        } else {
            amount
        };
        match action.as_str() {
            "CCAUTHORIZE" => plus(&mut self.held, amount),
            "CCAUTHCAP" | "CCCAPTURE" => plus(&mut self.taken, amount),
            "CCREVERSE" | "CCREVERSECAP" => {
                self.reversed = true;
                plus(&mut self.given_back, back)
            }
            "CCCREDIT" => plus(&mut self.given_back, back),
            _ => {
                self.strange = true;
                Ok(())
            }
        }
    }
}

fn plus(sum: &mut Option<Money>, amount: Money) -> Result<(), String> {
    *sum = Some(match *sum {
        Some(sum) => sum.plus(amount).map_err(|error| error.to_string())?,
        None => amount,
    });
    Ok(())
}
