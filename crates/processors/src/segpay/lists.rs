//! The daily lists of SRS, read as if each line had come as a postback, under the same keys: what
//! was heard already is recognised, what was missed is heard now.
//!
//! Columns follow the data chart of "Segpay Reporting Services (SRS)". The lists are meant to be
//! fetched for the day before, by the clock of Greenwich.

use base::{SignedDuration, Timestamp};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use processor::{Answer, Card, Http, Notice, NoticeKind, Unreadable};

use super::config::Sound;
use super::postback::shown;
use super::srs::list;
use super::words::IsOurs;
use super::{price, words};
use crate::wire::decimal;
use crate::wire::xml::{self, Row};

/// The most days that are fetched at once.
const DAYS: usize = 31;

/// Fetches every configured list of the days from `from` until before `to`.
pub(super) async fn pull(
    config: &Sound,
    http: &Http,
    from: Timestamp,
    to: Timestamp,
) -> Answer<Vec<Vec<u8>>> {
    if config.srs.is_none() {
        return Answer::cannot("be asked for lists: srs is not configured");
    }
    let days = match days(from, to) {
        Ok(days) => days,
        Err(why) => return Answer::NotExecuted(why),
    };
    let mut files = Vec::new();
    for day in days {
        let day = day.strftime("%m%d%Y").to_string();
        for name in &config.lists {
            match list(config, http, name, &day).await {
                Ok(file) => files.push(file),
                Err(answer) => return answer,
            }
        }
    }
    Answer::Done(files)
}

/// Every day that a span touches, by the clock of Greenwich.
fn days(from: Timestamp, to: Timestamp) -> Result<Vec<Date>, String> {
    let day = |time: Timestamp| time.to_zoned(TimeZone::UTC).date();
    let last = to.checked_sub(SignedDuration::from_nanos(1)).map_err(|_| "the span is too old")?;
    if to <= from {
        return Ok(Vec::new());
    }
    let days: Vec<Date> = day(from)
        .series(jiff::Span::new().days(1))
        .take_while(|date| *date <= day(last))
        .take(DAYS + 1)
        .collect();
    if days.len() > DAYS {
        return Err(format!("lists are fetched for {DAYS} days at most"));
    }
    Ok(days)
}

/// Reads one list.
///
/// # Errors
/// [`Unreadable`] if it is not XML, or a line that moves money cannot be read exactly.
pub(super) fn read(config: &Sound, file: &[u8]) -> Result<Vec<Notice>, Unreadable> {
    let text = std::str::from_utf8(file).map_err(|_| Unreadable::new("it is not UTF-8 text"))?;
    let rows = rows(text).ok_or_else(|| Unreadable::new("it is no list in XML"))?;
    let own = rows.iter().enumerate();
    own.map(|(nth, row)| {
        notice(config, row).map_err(|why| Unreadable::new(format!("line {}: {why}", nth + 1)))
    })
    .collect()
}

/// The rows of a list. A sentence in one element is an error, not a day without sales.
pub(super) fn rows(text: &str) -> Option<Vec<Row>> {
    match xml::string(text) {
        Some(said) if !said.is_empty() => None,
        _ => xml::rows(text, "transid"),
    }
}

fn notice(config: &Sound, row: &Row) -> Result<Notice, String> {
    let word = |name: &str| text(row, name).to_ascii_lowercase();
    let (kind, auth, source) = (word("type"), word("auth"), word("source"));
    let (trantype, action) = match kind.as_str() {
        "sale" => ("sale", "auth"),
        "void" => ("sale", "void"),
        "refund" | "credit" => ("credit", "auth"),
        "chargeback" | "charge" => ("charge", "auth"),
        other => (other, ""),
    };
    let stage = if kind == "sale" { stage(&source) } else { "initial" };
    let means = words::transaction(trantype, action, stage, &auth);
    let id = id(row, "transid")?.ok_or("there is no TransID")?;
    let clicked = reference(row, &config.click_field());
    let ours = if clicked.is_some() { IsOurs::Yes } else { IsOurs::No };
    let means = words::of_one_click(means, ours);
    let yes = matches!(means, NoticeKind::Paid | NoticeKind::RebillPaid);
    let provisional = yes && word("purchstatus") == "temporary approval";
    let standing = if provisional { ":provisional" } else { "" };
    let mut key = format!("{id}:{action}:{auth}:{trantype}{standing}");
    if means == NoticeKind::Waiting {
        // What the list does not tell clearly must not stand in the way of the postback.
        key = format!("{key}:listed:{source}");
    }
    let mut notice = Notice::new(means, key);
    notice.transaction = Some(id);
    notice.parent = self::id(row, "relatedtransid")?;
    notice.subscription = self::id(row, "purchaseid")?;
    notice.reference = clicked.or_else(|| reference(row, &config.reference_field));
    notice.amount = amount(row, means)?;
    notice.occurred_at = price::time(text(row, "transtime"));
    notice.provisional = provisional;
    notice.card = card(row);
    notice.stored = config.stored(&notice);
    notice.also = super::postback::held_as(&notice, config);
    if matches!(means, NoticeKind::Declined | NoticeKind::RebillDeclined) {
        notice.decline = Some(super::postback::declined(text(row, "authcode")));
    }
    let said = ["listed", &kind, &source, &auth].map(shown);
    notice.words = said.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    Ok(notice)
}

/// The stage behind a list's source. The chart names the column, not all its words, so what is
/// not clear is no stage.
fn stage(source: &str) -> &'static str {
    match source {
        "signup" | "initial" | "one click" | "oneclick" => "initial",
        "conversion" => "conversion",
        "rebill" | "recurring" => "rebill",
        "instant conversion" | "instantconversion" => "instantconversion",
        _ => "",
    }
}

fn amount(row: &Row, kind: NoticeKind) -> Result<Option<base::Money>, String> {
    use NoticeKind::{ChargedBack, Paid, RebillPaid, Refunded, Voided};
    let gives_back = matches!(kind, Refunded | ChargedBack | Voided);
    let said = text(row, "transamount");
    let said = if gives_back { said.strip_prefix('-').unwrap_or(said) } else { said };
    match decimal::money(said, text(row, "currency")) {
        Ok(money) if money.minor < 0 => Err("the amount is negative".to_owned()),
        Ok(money) => Ok(Some(money)),
        Err(why) if matches!(kind, Paid | RebillPaid | Refunded | ChargedBack) => Err(why),
        Err(_) => Ok(None),
    }
}

fn id(row: &Row, name: &str) -> Result<Option<String>, String> {
    let said = text(row, name).trim();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    match said {
        "" | "0" => Ok(None),
        said if said.len() <= 64 && said.bytes().all(plain) => Ok(Some(said.to_ascii_lowercase())),
        _ => Err(format!("{name} is no id")),
    }
}

fn reference(row: &Row, name: &str) -> Option<String> {
    let said = text(row, name).trim().to_ascii_lowercase();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    (!said.is_empty() && said.len() <= 32 && said.bytes().all(plain)).then_some(said)
}

fn card(row: &Row) -> Option<Card> {
    let last4 = ["cclast4", "last4", "cardlast4"].iter().find_map(|name| {
        let said = text(row, name);
        (said.len() == 4 && said.bytes().all(|byte| byte.is_ascii_digit())).then(|| said.to_owned())
    })?;
    Some(Card { brand: None, last4: Some(last4) })
}

fn text<'a>(row: &'a Row, name: &str) -> &'a str {
    row.get(name).map_or("", String::as_str)
}
