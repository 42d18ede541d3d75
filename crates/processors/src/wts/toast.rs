//! Reading TOAST notices: what became of a payment on the house's page.
//!
//! Fields follow the open client. What was posted at the start comes back in `PostedVars`, as a
//! query string that is escaped once more; our reference and the amount are in there.

use base::Money;
use processor::{Notice, NoticeKind, RawNotice, Rejected};
use url::form_urlencoded;

use super::config::plain;
use super::reply::{self, is_yes};
use crate::wire::{Fields, decimal};

/// Reads one notice. `tests` tells whether a test transaction counts.
pub(super) fn read(raw: &RawNotice, tests: bool) -> Result<Notice, Rejected> {
    let fields = Fields::read(raw)?;
    let status = fields.word("status");
    let Some(code) = fields.get("toastcode").or(fields.get("history_id")) else {
        return Err(Rejected::Unreadable("there is no toastcode and no history_id".to_owned()));
    };
    if !plain(code) || status.is_empty() || status.len() > 32 {
        return Err(Rejected::Unreadable("toastcode or status makes no sense".to_owned()));
    }
    let posted = posted(&fields)?;
    let is_test = is_yes(fields.get("testtrans"));
    let kind = match status.as_str() {
        // No money moved, whatever it says.
        _ if is_test && !tests => NoticeKind::Waiting,
        "accepted" => NoticeKind::Paid,
        "declined" => NoticeKind::Declined,
        _ => NoticeKind::Waiting,
    };
    let amount = match amount(&posted) {
        Err(why) if kind != NoticeKind::Waiting => return Err(Rejected::Unreadable(why)),
        amount => amount.ok().flatten(),
    };
    let (order, history) = (fields.id("order_id")?, fields.id("history_id")?);
    let sale = reply::both(order.as_deref(), history.as_deref());
    if kind == NoticeKind::Paid && sale.is_none() {
        return Err(Rejected::Unreadable("a sale without order_id or history_id".to_owned()));
    }
    let toast = fields.id("toastcode")?;
    let shown: String = status.chars().filter(char::is_ascii_alphanumeric).take(24).collect();
    Ok(Notice {
        reference: posted.as_ref().and_then(reference),
        transaction: sale.clone().or_else(|| toast.clone()),
        subscription: sale.clone(),
        amount,
        decline: (kind == NoticeKind::Declined)
            .then(|| reply::decline(fields.get("reason"), false)),
        also: [toast, order, history].into_iter().flatten().collect(),
        stored: sale,
        words: if is_test { format!("toast test {shown}") } else { format!("toast {shown}") },
        ..Notice::new(kind, format!("toast:{code}:{status}"))
    })
}

/// What was posted at the start. Escaped once more it holds no equals sign; escaped only once it
/// does, and is read as it is.
fn posted(fields: &Fields) -> Result<Option<Fields>, Rejected> {
    let Some(text) = fields.get("postedvars") else { return Ok(None) };
    let text = if text.contains('=') {
        text.to_owned()
    } else {
        let whole = form_urlencoded::parse(text.as_bytes()).next();
        whole.map(|(name, _)| name.into_owned()).unwrap_or_default()
    };
    Fields::of(form_urlencoded::parse(text.as_bytes())).map(Some)
}

fn amount(posted: &Option<Fields>) -> Result<Option<Money>, String> {
    let Some(text) = posted.as_ref().and_then(|posted| posted.get("initial_amount")) else {
        return Ok(None);
    };
    match decimal::money(text, "USD")? {
        money if money.is_positive() => Ok(Some(money)),
        _ => Err("the amount is not positive".to_owned()),
    }
}

fn reference(posted: &Fields) -> Option<String> {
    let value = posted.get("merordernumber")?.to_ascii_lowercase();
    let fine = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    (value.len() <= 64 && value.bytes().all(fine)).then_some(value)
}
