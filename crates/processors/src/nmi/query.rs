//! Looking up, by `query.php`: a form there, XML back. Names follow "Query API" of NMI's
//! integration pages: a transaction has a condition and a list of actions.

use base::{Money, Timestamp};
use processor::{Answer, Call, FindBy, Found, FoundState, Http, Reply, Sent};

use super::config::Sound;
use super::gateway::{is_id, shown};
use crate::wire::decimal;
use crate::wire::xml::{self, Row};

/// A transaction and what was done with it.
struct Transaction {
    row: Row,
    actions: Vec<Row>,
}

/// Looks a payment up.
pub(super) async fn find(config: &Sound, http: &Http, by: &FindBy) -> Answer<Option<Found>> {
    let (name, value) = match by {
        FindBy::Reference(reference) => ("order_id", reference),
        FindBy::Transaction(id) => ("transaction_id", id),
    };
    if !is_id(value) {
        return Answer::NotExecuted("NMI's look-up takes letters and digits".to_owned());
    }
    let sent = ask(config, http, &[(name, value)]).await;
    let reply = match sent {
        Sent::Answered(reply) => reply,
        Sent::NotExecuted(why) => return Answer::NotExecuted(why),
        Sent::Unknown(why) => return Answer::Unknown(why),
    };
    let all = match transactions(&reply) {
        Ok(all) => all,
        Err(answer) => return answer,
    };
    match found(config, &all, by) {
        Ok(found) => Answer::Done(found),
        Err(why) => Answer::Unknown(why),
    }
}

/// Asks, whatever for.
pub(super) async fn ask(config: &Sound, http: &Http, query: &[(&str, &str)]) -> Sent {
    let mut pairs = vec![("security_key", config.security_key.as_str())];
    pairs.extend(query);
    http.send(Call::post(config.query.clone()).form(&pairs)).await
}

/// The body of an answer that is NMI's, or why it is none.
pub(super) fn body(reply: &Reply) -> Result<String, Answer<Option<Found>>> {
    if reply.status != 200 {
        return Err(Answer::Unknown(format!("NMI's look-up answered {}", reply.status)));
    }
    let body = plain(reply.text().map_err(Answer::Unknown)?);
    let top = xml::flat(&body).filter(|_| body.contains("<nm_response"));
    match top {
        None => Err(Answer::Unknown("NMI's look-up answered something else".to_owned())),
        Some(top) => match top.get("error_response") {
            Some(why) => Err(Answer::NotExecuted(format!("NMI refused: {}", shown(why)))),
            None => Ok(body),
        },
    }
}

/// The document with its literal parts (CDATA) written with entities, as the rest of it is.
fn plain(body: &str) -> String {
    let mut parts = body.split("<![CDATA[");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        // One that does not end leaves a mark that no document may have.
        let (literal, rest) = part.split_once("]]>").unwrap_or(("", "<!"));
        out.push_str(&literal.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"));
        out.push_str(rest);
    }
    out
}

/// Each transaction with its own actions. The document is sound as a whole, so what lies between
/// the tags is a transaction and nothing else.
fn transactions(reply: &Reply) -> Result<Vec<Transaction>, Answer<Option<Found>>> {
    let body = body(reply)?;
    let unknown = || Answer::Unknown("NMI's look-up is not in its form".to_owned());
    let mut all = Vec::new();
    for rest in body.split("<transaction>").skip(1) {
        let (inner, _) = rest.split_once("</transaction>").ok_or_else(unknown)?;
        let whole = format!("<transaction>{inner}</transaction>");
        let mut rows = xml::rows(&whole, "condition").ok_or_else(unknown)?;
        let actions = xml::rows(&whole, "action_type").ok_or_else(unknown)?;
        let row = rows.pop().filter(|_| rows.is_empty()).ok_or_else(unknown)?;
        all.push(Transaction { row, actions });
    }
    Ok(all)
}

/// The payment among the transactions; refunds are transactions of their own.
fn found(config: &Sound, all: &[Transaction], by: &FindBy) -> Result<Option<Found>, String> {
    let asked = |one: &&Transaction| match by {
        FindBy::Reference(reference) => one.text("order_id").eq_ignore_ascii_case(reference),
        FindBy::Transaction(id) => one.text("transaction_id") == id,
    };
    let is_payment = |one: &&Transaction| one.last("refund").is_none() || one.takes();
    let payments: Vec<&Transaction> = all.iter().filter(asked).filter(is_payment).collect();
    if payments.is_empty() {
        return if all.is_empty() {
            Ok(None)
        } else {
            Err("NMI's look-up shows another transaction than asked for".to_owned())
        };
    }
    let read = payments.into_iter().map(|one| of_transaction(config, one, all));
    let mut read: Vec<Found> = read.collect::<Result<_, String>>()?;
    let took = |found: &Found| !matches!(found.state, FoundState::Declined | FoundState::Waiting);
    if read.iter().filter(|found| took(found)).count() > 1 {
        return Err("NMI shows several payments under one reference: look there".to_owned());
    }
    let best = read.iter().position(took).or_else(|| {
        let waits = |found: &Found| found.state == FoundState::Waiting;
        read.iter().position(waits)
    });
    Ok(Some(read.swap_remove(best.unwrap_or(0))))
}

fn of_transaction(config: &Sound, one: &Transaction, all: &[Transaction]) -> Result<Found, String> {
    let taken = one.last("capture").or_else(|| one.last("sale"));
    let action = taken.or_else(|| one.last("auth"));
    let currency = config.currency(one.text("currency")).ok_or("NMI names no currency")?;
    let money = |row: &Row| decimal::money(text(row, "amount"), currency);
    let amount = action.map(money).transpose()?;
    let state = match (one.text("condition"), taken, action) {
        ("complete" | "pendingsettlement", Some(_), _) => {
            let back = given_back(one, all, currency)?;
            let whole = amount.is_some_and(|amount| back.minor >= amount.minor);
            if whole { FoundState::Refunded } else { FoundState::Paid }
        }
        ("pending", None, Some(_)) => FoundState::Authorized,
        ("canceled", _, _) => FoundState::Voided,
        ("failed" | "abandoned", _, _) => FoundState::Declined,
        _ => FoundState::Waiting,
    };
    let reference = Some(one.text("order_id")).filter(|text| is_id(text));
    Ok(Found {
        state,
        transaction: one.text("transaction_id").to_owned(),
        reference: reference.map(str::to_owned),
        amount,
        occurred_at: action.and_then(|row| time(text(row, "date"))),
    })
}

/// What went back: refunds among its own actions, or transactions that name it as theirs.
fn given_back(one: &Transaction, all: &[Transaction], currency: &str) -> Result<Money, String> {
    let id = one.text("transaction_id");
    let linked = all.iter().filter(|other| other.text("original_transaction_id") == id);
    let actions = one.done("refund").chain(linked.flat_map(|other| other.done("refund")));
    let mut sum = decimal::money("0", currency)?;
    for action in actions {
        let amount = text(action, "amount");
        let amount = decimal::money(amount.strip_prefix('-').unwrap_or(amount), currency)?;
        sum = sum.plus(amount).map_err(|error| error.to_string())?;
    }
    Ok(sum)
}

impl Transaction {
    fn text(&self, name: &str) -> &str {
        text(&self.row, name)
    }

    /// Actions of a kind that succeeded, in order.
    fn done<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Row> {
        let done =
            move |row: &&Row| text(row, "action_type") == kind && text(row, "success") == "1";
        self.actions.iter().filter(done)
    }

    fn last<'a>(&'a self, kind: &'a str) -> Option<&'a Row> {
        self.done(kind).last()
    }

    fn takes(&self) -> bool {
        ["sale", "auth", "capture"].iter().any(|kind| self.last(kind).is_some())
    }
}

/// `20261122100000`, in UTC.
pub(super) fn time(text: &str) -> Option<Timestamp> {
    let civil = jiff::civil::DateTime::strptime("%Y%m%d%H%M%S", text.trim()).ok()?;
    civil.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

fn text<'a>(row: &'a Row, name: &str) -> &'a str {
    row.get(name).map_or("", String::as_str)
}
