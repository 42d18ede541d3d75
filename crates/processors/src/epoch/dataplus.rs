//! DataPlus and MemberCancelStats: rows that tell what happened to members after the first sale,
//! as posts or as a file with a header.
//!
//! Columns follow the Epoch module of Magic Members and "Epoch.com Data Plus integration guide"
//! (mage2.pro). Types F, I and N are seen in programs; T, U, O and C in forums. A credit and a
//! chargeback share one letter, so they cannot be told apart here.

use std::collections::BTreeMap;

use base::Money;
use processor::{Notice, NoticeKind, Unreadable};

use super::config::Sound;
use super::words;
use crate::wire::decimal;

/// The largest file that is read.
const SIZE: usize = 16 * 1024 * 1024;

/// Values by their column's name in lower case.
pub(super) type Row = BTreeMap<String, String>;

/// Reads a file: tabs or commas, a header with `ets_` or `mcs_` names.
pub(super) fn read_file(config: &Sound, file: &[u8]) -> Result<Vec<Notice>, Unreadable> {
    if config.data_plus.is_none() {
        return Err(Unreadable::new("data_plus is not configured"));
    }
    if file.len() > SIZE {
        return Err(Unreadable::new("it is larger than 16 MiB"));
    }
    let text = std::str::from_utf8(file).map_err(|_| Unreadable::new("it is not UTF-8 text"))?;
    let text = text.trim_start_matches('\u{feff}');
    let tabs = text.lines().next().is_some_and(|header| header.contains('\t'));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(if tabs { b'\t' } else { b',' })
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let broken = |error: csv::Error| Unreadable::new(error.to_string());
    let names: Vec<String> =
        reader.headers().map_err(broken)?.iter().map(str::to_ascii_lowercase).collect();
    let known = ["ets_transaction_id", "mcs_or_idx"];
    if !names.iter().any(|name| known.contains(&name.as_str())) {
        let why = "its header has neither ets_transaction_id nor mcs_or_idx";
        return Err(Unreadable::new(why));
    }
    let mut notices = Vec::new();
    for (nth, record) in reader.records().enumerate() {
        let record = record.map_err(broken)?;
        let values = record.iter().map(str::to_owned);
        let read = row(config, &names.iter().cloned().zip(values).collect());
        notices.push(read.map_err(|why| Unreadable::new(format!("line {}: {why}", nth + 2)))?);
    }
    Ok(notices)
}

/// Reads one row of either table.
pub(super) fn row(config: &Sound, row: &Row) -> Result<Notice, String> {
    if config.data_plus.is_none() {
        return Err("it has no ans, and data_plus is not configured".to_owned());
    }
    if row.contains_key("ets_transaction_id") {
        transaction(config, row)
    } else if row.contains_key("mcs_or_idx") {
        cancelled(config, row)
    } else {
        Err("it has neither ans nor a column of DataPlus".to_owned())
    }
}

fn transaction(config: &Sound, row: &Row) -> Result<Notice, String> {
    let id = id(row, "ets_transaction_id")?.ok_or("ets_transaction_id is empty")?;
    let letter = text(row, "ets_transaction_type").to_ascii_uppercase();
    let (kind, said) = match letter.as_str() {
        "F" => (NoticeKind::Ignored, "free trial"),
        "T" => (NoticeKind::Paid, "paid trial"),
        "I" => (NoticeKind::Paid, "initial recurring"),
        "O" => (NoticeKind::Paid, "one-time"),
        "N" => (NoticeKind::RebillPaid, "rebill"),
        "U" => (NoticeKind::RebillPaid, "trial conversion"),
        "C" => (NoticeKind::Refunded, "credit or chargeback"),
        _ => (NoticeKind::Waiting, "unknown type"),
    };
    let dedupe = match kind {
        NoticeKind::Paid => format!("paid:{id}"),
        NoticeKind::RebillPaid => format!("rebill:{id}"),
        NoticeKind::Refunded => format!("credit:{id}"),
        _ => format!("dataplus:{id}:{}", words::shown(&letter)),
    };
    let mut notice = Notice {
        amount: amount(config, row, kind)?,
        subscription: self::id(row, "ets_member_idx")?,
        occurred_at: words::time(text(row, "ets_transaction_date"), config.time_zone.as_ref()),
        words: format!("dataplus {} {said}", words::shown(&letter)),
        ..Notice::new(kind, dedupe)
    };
    if kind == NoticeKind::Refunded {
        about(&mut notice, text(row, "ets_ref_trans_ids"));
    }
    notice.transaction = Some(id);
    Ok(notice)
}

/// Which payment a credit is about. If it names several, none of them may be chosen for it, nor
/// the member's first: a person looks at it.
fn about(notice: &mut Notice, ids: &str) {
    let ids = ids.split(|letter: char| !letter.is_ascii_alphanumeric());
    let mut ids: Vec<&str> = ids.filter(|id| words::is_id(id) && *id != "0").collect();
    ids.dedup();
    match ids.as_slice() {
        [] => {}
        [one] => notice.parent = Some((*one).to_owned()),
        several => {
            notice.also = several.iter().map(|id| (*id).to_owned()).take(20).collect();
            notice.subscription = None;
            notice.words.push_str(" of several payments");
        }
    }
}

/// The amount, always positive, in the currency of the price.
fn amount(config: &Sound, row: &Row, kind: NoticeKind) -> Result<Option<Money>, String> {
    let told = text(row, "ets_transaction_amount");
    let moves = matches!(kind, NoticeKind::Paid | NoticeKind::RebillPaid | NoticeKind::Refunded);
    if told.is_empty() && moves {
        return Err("ets_transaction_amount is empty".to_owned());
    }
    let fallback = config.data_plus.as_ref().map(|data_plus| data_plus.currency);
    let Some(currency) = config.currency_of(text(row, "ets_pi_code")).or(fallback) else {
        return Ok(None);
    };
    let told = match kind {
        NoticeKind::Refunded => told.strip_prefix('-').unwrap_or(told),
        _ => told,
    };
    match decimal::money(told, currency.code()) {
        Ok(money) if money.minor >= 0 => Ok(Some(money)),
        Ok(_) if moves => Err("ets_transaction_amount is negative".to_owned()),
        Err(why) if moves => Err(why),
        _ => Ok(None),
    }
}

/// A member who will not be renewed. It has no number of its own, so its day makes it recognisable.
fn cancelled(config: &Sound, row: &Row) -> Result<Notice, String> {
    let member = id(row, "mcs_or_idx")?.ok_or("mcs_or_idx is empty")?;
    let day = text(row, "mcs_canceldate");
    let reason = words::shown(text(row, "mcs_reason"));
    Ok(Notice {
        subscription: Some(member.clone()),
        occurred_at: words::time(day, config.time_zone.as_ref()),
        words: format!("cancelled {reason}").trim_end().to_owned(),
        ..Notice::new(NoticeKind::Cancelled, format!("cancelled:{member}:{}", words::shown(day)))
    })
}

fn text<'a>(row: &'a Row, name: &str) -> &'a str {
    row.get(name).map_or("", |text| text.trim())
}

fn id(row: &Row, name: &str) -> Result<Option<String>, String> {
    match text(row, name) {
        "" | "0" => Ok(None),
        id if words::is_id(id) => Ok(Some(id.to_owned())),
        _ => Err(format!("{name} is no id")),
    }
}
