//! Epoch's words and numbers: ids, times, brands, decline words, and how a membership stands.

use base::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use processor::Decline;
use processor::declines::Table;

/// How a membership stands, by the word of the customer search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Membership {
    /// It runs, and may renew.
    Runs,
    /// It will not renew.
    Ended,
    /// It is held up.
    Suspended,
    /// A word that is not on the list.
    Unknown,
}

/// Reads a status word. Epoch writes "canceled" and "cancelled".
pub(super) fn membership(word: &str) -> Membership {
    match word.trim().to_ascii_lowercase().as_str() {
        "active" | "active trial" | "active recurring" | "active preview" => Membership::Runs,
        "canceled"
        | "cancelled"
        | "canceled trial"
        | "cancelled trial"
        | "canceled recurring"
        | "cancelled recurring"
        | "canceled preview"
        | "cancelled preview"
        | "terminated"
        | "expired" => Membership::Ended,
        "suspended" => Membership::Suspended,
        _ => Membership::Unknown,
    }
}

/// The decline behind the bank's word in `ans`.
pub(super) fn decline(word: &str) -> Decline {
    static TABLE: std::sync::LazyLock<Table> =
        std::sync::LazyLock::new(|| Table::of(include_str!("declines.csv")));
    TABLE.read(&shown(word))
}

/// A card brand, by Epoch's two letters.
pub(super) fn brand(subtype: &str) -> Option<&'static str> {
    match subtype.to_ascii_uppercase().as_str() {
        "VS" => Some("Visa"),
        "MC" => Some("Mastercard"),
        _ => None,
    }
}

/// Whether a text can be an id of Epoch's.
pub(super) fn is_id(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=32).contains(&text.len()) && text.bytes().all(plain)
}

/// Reads a time. One that names no zone is read only if the account says which it is in.
pub(super) fn time(text: &str, zone: Option<&TimeZone>) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(exact) = text.parse() {
        return Some(exact);
    }
    let zone = zone?.clone();
    let forms = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%m/%d/%Y %H:%M:%S"];
    let read = forms.iter().find_map(|form| DateTime::strptime(form, text).ok());
    let day = |form: &&str| jiff::civil::Date::strptime(form, text).ok();
    let read =
        read.or_else(|| Some(["%Y-%m-%d", "%m/%d/%Y"].iter().find_map(day)?.at(0, 0, 0, 0)))?;
    read.to_zoned(zone).ok().map(|zoned| zoned.timestamp())
}

/// A word of theirs for people who debug: short, nothing but letters, digits and dashes, and no
/// number as long as a card's.
pub(super) fn shown(word: &str) -> String {
    if word.bytes().filter(u8::is_ascii_digit).count() > 12 {
        return "number".to_owned();
    }
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    word.trim().chars().take(24).map(plain).collect()
}
