//! CCBill's words and numbers: events, ids, times and reasons of declines.

use base::Timestamp;
use jiff::civil::DateTime;
use processor::declines::Table;
use processor::{Decline, NoticeKind};

/// What an event tells, by its name in lower case. A name that is not on the list is waited upon.
pub(super) fn event(name: &str) -> NoticeKind {
    match name {
        "newsalesuccess" | "upgradesuccess" | "upsalesuccess" | "crosssalesuccess" => {
            NoticeKind::Paid
        }
        "newsalefailure" | "upgradefailure" | "upsalefailure" | "crosssalefailure" => {
            NoticeKind::Declined
        }
        "renewalsuccess" => NoticeKind::RebillPaid,
        "renewalfailure" => NoticeKind::RebillDeclined,
        "cancellation" => NoticeKind::Cancelled,
        // A return is a bank transfer that the bank sent back after the yes.
        "chargeback" | "return" => NoticeKind::ChargedBack,
        "refund" => NoticeKind::Refunded,
        "void" => NoticeKind::Voided,
        "expiration" => NoticeKind::Expired,
        "userreactivation" => NoticeKind::Reactivated,
        "billingdatechange" | "customerdataupdate" => NoticeKind::Ignored,
        _ => NoticeKind::Waiting,
    }
}

/// The decline behind a code, or behind its words if the code is new.
pub(super) fn decline(code: &str, reason: &str) -> Decline {
    static TABLE: std::sync::LazyLock<Table> =
        std::sync::LazyLock::new(|| Table::of(include_str!("declines.csv")));
    let by_code = TABLE.read(&plain(code));
    if by_code.cause != "unknown" {
        return by_code;
    }
    let by_reason = TABLE.read(&plain(reason));
    if by_code.raw.is_empty() || by_code.raw == "no" {
        return by_reason;
    }
    Decline { raw: by_code.raw, ..by_reason }
}

/// Whether a text can be an id of CCBill's: digits, with the zeros before them.
pub(super) fn is_id(text: &str) -> bool {
    (1..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A subscription id that came as a JSON number and lost its leading zero. Ids have 19 digits
/// everywhere else; older ones are shorter and lost nothing.
pub(super) fn whole_id(digits: &str) -> String {
    if digits.len() == 18 { format!("0{digits}") } else { digits.to_owned() }
}

/// Reads a time. CCBill's clock is in Arizona, seven hours behind all year.
pub(super) fn time(text: &str) -> Option<Timestamp> {
    let forms = ["%Y-%m-%d %H:%M:%S", "%Y%m%d%H%M%S"];
    let read = forms.iter().find_map(|form| DateTime::strptime(form, text.trim()).ok())?;
    let zone = jiff::tz::offset(-7).to_time_zone();
    read.to_zoned(zone).ok().map(|zoned| zoned.timestamp())
}

/// A time as DataLink wants it.
pub(super) fn stamp(time: Timestamp) -> String {
    let zone = jiff::tz::offset(-7).to_time_zone();
    time.to_zoned(zone).strftime("%Y%m%d%H%M%S").to_string()
}

/// Only the digits of a time, so that two spellings of one are the same.
pub(super) fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).take(14).collect()
}

/// A word of theirs for people who debug: short, nothing but letters, digits and dashes, and no
/// number as long as a card's.
pub(super) fn shown(word: &str) -> String {
    if word.bytes().filter(u8::is_ascii_digit).count() > 12 {
        return "number".to_owned();
    }
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    word.trim().chars().take(32).map(plain).collect()
}

/// A code or reason without anything that could be a card number.
fn plain(text: &str) -> String {
    if text.bytes().filter(u8::is_ascii_digit).count() > 12 {
        return "number".to_owned();
    }
    text.trim().to_owned()
}
