//! The older notifications: a form with an XML text and a digest of SHA-1.
//!
//! Follows CentroBill's own plug-in for `WooCommerce` before it moved to JSON. Where the amount
//! stands is not public, so a payment told this way has none, and a person must look before it is
//! booked.

use processor::declines::Table;
use processor::sign::Digesting;
use processor::{Notice, NoticeKind, RawNotice, Rejected};

use crate::wire::Fields;
use crate::wire::xml::{self, Row};

/// How the key of such a message begins.
pub(super) const MARK: &str = "legacy:";

/// Reads one message.
pub(super) fn read(key: &str, raw: &RawNotice) -> Result<Notice, Rejected> {
    let fields = Fields::read(raw)?;
    let no = |why: &str| Rejected::Unreadable(why.to_owned());
    let text = fields.get("ipn").ok_or_else(|| no("there is no ipn"))?;
    let rows = xml::rows(text, "status").ok_or_else(|| no("ipn is not XML"))?;
    let [row] = rows.as_slice() else {
        return Err(no("ipn does not tell of one transaction"));
    };
    let word = |name: &str| row.get(name).map(|word| word.trim()).unwrap_or_default();
    let (order, mode, status) = (word("orderid"), word("mode"), word("status"));
    let signed = [key, order, mode, status, key].join("_");
    let claimed = fields.get("sign").unwrap_or_default();
    if !Digesting::Sha1.matches(b"", &[signed.as_bytes()], claimed) {
        return Err(Rejected::Signature);
    }
    if !super::config::plain(order) || mode.len() > 32 || status.len() > 32 {
        return Err(no("orderId is no id, or a word is too long"));
    }
    let read =
        notice(row, order, &mode.to_ascii_lowercase(), &status.to_ascii_lowercase(), id(text));
    if read.kind == NoticeKind::Refunded {
        // It may be a part, and without an amount all that is left would be taken back.
        return Err(no("a refund without an amount: a person must look"));
    }
    Ok(read)
}

fn notice(row: &Row, order: &str, mode: &str, status: &str, id: Option<String>) -> Notice {
    let kind = kind(mode, status);
    let dedupe = format!("{MARK}{}:{order}:{mode}:{status}", id.as_deref().unwrap_or_default());
    let shown = |word: &str| -> String {
        word.chars().filter(char::is_ascii_alphabetic).take(24).collect()
    };
    Notice {
        decline: (kind == NoticeKind::Declined).then(|| {
            let why = row.get("responsetext").map(String::as_str).unwrap_or_default();
            Table::of(include_str!("declines.csv")).read(why)
        }),
        transaction: id.or_else(|| Some(order.to_owned())),
        also: vec![order.to_owned()],
        words: format!("legacy {} {}", shown(mode), shown(status)),
        ..Notice::new(kind, dedupe)
    }
}

/// An authorisation is told apart from a sale; the plug-in took both for paid.
fn kind(mode: &str, status: &str) -> NoticeKind {
    match (mode, status) {
        ("sale", "successful" | "shipped") => NoticeKind::Paid,
        ("auth", "successful" | "shipped") => NoticeKind::Authorized,
        ("sale" | "auth", "declined" | "failed") => NoticeKind::Declined,
        ("refund", "refunded" | "successful") => NoticeKind::Refunded,
        ("void", "refunded" | "successful") => NoticeKind::Voided,
        _ => NoticeKind::Waiting,
    }
}

/// The id of the transaction, an attribute of its element.
fn id(text: &str) -> Option<String> {
    let (_, after) = text.split_once("<transaction ")?;
    let (tag, _) = after.split_once('>')?;
    let (_, value) = tag.split_once("id=\"")?;
    let (id, _) = value.split_once('"')?;
    (super::config::plain(id) && id.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| id.to_owned())
}
