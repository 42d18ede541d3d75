//! Reading the nightly history files: checks that the customer's bank returned after a yes.
//!
//! That there are such files is public; their columns and words are not, so both come from the
//! configuration. Only returned checks are told: sales are told by their own notices.

use base::{Currency, Money, Timestamp};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use processor::{Notice, NoticeKind, Unreadable};

use super::config::{History, plain};
use super::reply;
use crate::wire::decimal;

/// The largest file that is read.
const SIZE: usize = 32 << 20;

/// Reads a file into the returns it tells.
pub(super) fn read(history: &History, file: &[u8]) -> Result<Vec<Notice>, Unreadable> {
    if file.len() > SIZE {
        return Err(Unreadable::new("more than 32 MiB"));
    }
    let delimiter = u8::try_from(history.delimiter).unwrap_or(b',');
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).trim(csv::Trim::All).from_reader(file);
    let headers = reader.headers().map_err(|error| Unreadable::new(error.to_string()))?.clone();
    let column = |name: &str| {
        let at = headers.iter().position(|header| header.eq_ignore_ascii_case(name));
        at.ok_or_else(|| Unreadable::new(format!("there is no column {name:?}")))
    };
    let columns = &history.columns;
    let maybe = |name: &Option<String>| name.as_deref().map(column).transpose();
    let at = At {
        what: column(&columns.what)?,
        history_id: column(&columns.history_id)?,
        amount: column(&columns.amount)?,
        date: column(&columns.date)?,
        order_id: maybe(&columns.order_id)?,
        reference: maybe(&columns.reference)?,
        reason: maybe(&columns.reason)?,
    };
    let mut notices = Vec::new();
    for (nth, row) in reader.records().enumerate() {
        // The first line holds the names.
        let line = nth + 2;
        let row = row.map_err(|error| Unreadable::new(format!("line {line}: {error}")))?;
        let what = row.get(at.what).unwrap_or_default();
        if history.returned.iter().any(|word| word.eq_ignore_ascii_case(what)) {
            let notice = returned(&at, &row);
            notices.push(notice.map_err(|why| Unreadable::new(format!("line {line}: {why}")))?);
        }
    }
    Ok(notices)
}

/// Where the columns are.
struct At {
    what: usize,
    history_id: usize,
    amount: usize,
    date: usize,
    order_id: Option<usize>,
    reference: Option<usize>,
    reason: Option<usize>,
}

fn returned(at: &At, row: &csv::StringRecord) -> Result<Notice, String> {
    let cell = |at: Option<usize>| {
        at.and_then(|at| row.get(at)).map(str::trim).filter(|cell| !cell.is_empty())
    };
    let history = cell(Some(at.history_id)).filter(|id| plain(id)).ok_or("no history id")?;
    let order = cell(at.order_id).filter(|id| plain(id));
    let day = cell(Some(at.date)).ok_or("no date")?;
    let reason: String = cell(at.reason)
        .unwrap_or_default()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(12)
        .collect();
    let sale = reply::both(order, Some(history));
    let occurred_at = time(day);
    let day_told = occurred_at.map_or_else(|| day.to_ascii_lowercase(), |at| at.to_string());
    let words = format!("ach return {reason}");
    Ok(Notice {
        reference: cell(at.reference).and_then(reference),
        parent: sale.clone().or_else(|| Some(history.to_owned())),
        subscription: sale,
        amount: Some(dollars(cell(Some(at.amount)).ok_or("no amount")?)?),
        occurred_at,
        also: std::iter::once(history).chain(order).map(str::to_owned).collect(),
        words: words.trim_end().to_owned(),
        ..Notice::new(NoticeKind::ChargedBack, format!("return:{history}:{day_told}"))
    })
}

/// What was taken back, positive, with or without the sign of dollars.
fn dollars(text: &str) -> Result<Money, String> {
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).unwrap_or(text);
    let text = inner.trim_start_matches('-').trim_start_matches('$').trim_start_matches('-');
    let money = decimal::money(text, Currency::USD.code())?;
    if money.is_positive() { Ok(money) } else { Err("the amount is not positive".to_owned()) }
}

fn reference(cell: &str) -> Option<String> {
    let value = cell.to_ascii_lowercase();
    let fine = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    (value.len() <= 64 && value.bytes().all(fine)).then_some(value)
}

/// A day or a time of the house; what cannot be read is no time, nothing is decided by it.
fn time(text: &str) -> Option<Timestamp> {
    let days = ["%Y-%m-%d", "%m/%d/%Y"];
    let times = ["%Y-%m-%d %H:%M:%S", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %I:%M:%S %p"];
    let time = times.iter().find_map(|form| DateTime::strptime(form, text).ok());
    let day = || days.iter().find_map(|form| Date::strptime(form, text).ok());
    let read = time.or_else(|| day().map(|day| day.at(0, 0, 0, 0)))?;
    read.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}
