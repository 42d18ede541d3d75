//! Reading postbacks: a join, a cancellation, and the question whether a user name is free.
//!
//! Each has its own address in the house's settings, so the address says which it is (`?is=join`).
//! What is public of a join names customer and invoice and says that a purchase succeeded, but no
//! amount and no transaction: it is a hint, and the invoice is looked up. Where the operator has
//! been told what those elements are called, a join is read as a payment and still looked up.

use processor::{Notice, NoticeKind, PostbackAnswer, RawNotice, Rejected, Verdict};
use url::form_urlencoded;

use super::config::{PostbackNames, Sound, is_name};
use super::gateway::is_guid;
use crate::wire::decimal;
use crate::wire::xml::{self, Row};

/// The largest message that is read.
const SIZE: usize = 64 * 1024;

/// The most elements that are read.
const ELEMENTS: usize = 100;

/// Reads one postback.
pub(super) fn read(config: &Sound, raw: &RawNotice) -> Result<Notice, Rejected> {
    let no = |why: &str| Rejected::Unreadable(why.to_owned());
    if raw.body.len() > SIZE {
        return Err(no("more than 64 KiB"));
    }
    let text = std::str::from_utf8(&raw.body).map_err(|_| no("not text"))?;
    let row = xml::flat(text).ok_or_else(|| no("not XML"))?;
    if row.len() > ELEMENTS || holds_twice(text, &row) {
        return Err(no("an element comes twice, or there are too many"));
    }
    let is = form_urlencoded::parse(raw.query.as_bytes()).find(|(name, _)| name == "is");
    let is = is.map(|(_, value)| value.to_ascii_lowercase()).unwrap_or_default();
    match is.as_str() {
        "join" => join(config.postbacks.as_ref(), &row),
        "cancel" => told(NoticeKind::Cancelled, "cancel", &row),
        "name" if row.contains_key("username") => {
            Ok(Notice { words: "name".to_owned(), ..Notice::new(NoticeKind::Ignored, "name") })
        }
        _ => told(NoticeKind::Waiting, "unknown", &row),
    }
}

/// Whether an element comes twice: it could be read either way.
fn holds_twice(text: &str, row: &Row) -> bool {
    let text = text.to_ascii_lowercase();
    row.keys().any(|name| text.matches(&format!("</{name}>")).nth(1).is_some())
}

fn join(names: Option<&PostbackNames>, row: &Row) -> Result<Notice, Rejected> {
    let hint = told(NoticeKind::Waiting, "join", row)?;
    let Some(names) = names else { return Ok(hint) };
    let get = |name: &str| {
        row.get(&name.to_ascii_lowercase()).map(|text| text.trim()).filter(|text| !text.is_empty())
    };
    let (Some(id), Some(amount), Some(currency)) =
        (get(&names.transaction), get(&names.amount), get(&names.currency))
    else {
        return Ok(hint);
    };
    let amount = decimal::money(amount, currency).map_err(Rejected::Unreadable)?;
    if !is_guid(id) || !amount.is_positive() {
        return Err(Rejected::Unreadable("no transaction or no positive amount".to_owned()));
    }
    Ok(Notice {
        kind: NoticeKind::Paid,
        dedupe: format!("{}:{}", hint.dedupe, id.to_ascii_lowercase()),
        amount: Some(amount),
        // As it stands: whether the gateway knows it in other letters is not public.
        stored: Some(id.to_owned()),
        transaction: Some(id.to_owned()),
        ..hint
    })
}

/// What every postback about an invoice says.
fn told(kind: NoticeKind, word: &str, row: &Row) -> Result<Notice, Rejected> {
    let id = |name: &str| {
        let text = row.get(name).map(|text| text.trim()).unwrap_or_default();
        if is_name(text) {
            Ok(text.to_ascii_lowercase())
        } else {
            Err(Rejected::Unreadable(format!("{name} is no id")))
        }
    };
    let (customer, invoice) = (id("customerid")?, id("invoiceid")?);
    let subscription = format!("{customer}:{invoice}");
    let dedupe = format!("{word}:{subscription}");
    Ok(Notice {
        reference: Some(invoice),
        subscription: Some(subscription),
        words: word.to_owned(),
        ..Notice::new(kind, dedupe)
    })
}

/// The answer in the house's form: 0 is a yes, anything else makes it fail the purchase or send
/// the message again.
pub(super) fn answer(verdict: Verdict) -> PostbackAnswer {
    let (results, message) = match verdict {
        Verdict::Stored => ("0", ""),
        Verdict::Refused => ("1", "<message>refused</message>"),
        Verdict::Again => ("2", "<message>send it again</message>"),
    };
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    PostbackAnswer {
        content_type: "text/xml",
        body: format!("{head}<Response><results>{results}</results>{message}</Response>"),
        ..PostbackAnswer::plain(verdict)
    }
}
