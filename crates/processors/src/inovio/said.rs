//! What Inovio answers, and what it proves.
//!
//! Fields and codes follow "Gateway Payment Service API - Merchant Specification" 4.12
//! (transaction status, API and service response codes). A call that its API turned down was not
//! recorded there; a word that is not in the tables leaves the outcome unknown.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use base::Money;
use processor::declines::Table;
use processor::{Answer, Card, Decline, Reply, Sent};
use serde_json::value::RawValue;

use crate::wire::decimal;

/// Why not, by service response codes.
static DECLINES: LazyLock<Table> = LazyLock::new(|| Table::of(include_str!("declines.csv")));

/// API response codes that say what is wrong with the call itself: it went no further.
const TURNED_DOWN: [u16; 28] = [
    100, 101, 102, 103, 104, 105, 106, 110, 111, 112, 113, 115, 116, 130, 150, 152, 153, 155, 160,
    165, 183, 205, 210, 211, 215, 410, 411, 414,
];

/// Service response codes by which an earlier order of ours answers instead of this one.
const SEEN_BEFORE: [&str; 2] = ["680", "685"];

/// Service response codes that mean "not like this, not now": nothing was done.
const NOT_NOW: [(&str, &str); 3] = [
    ("536", "the order is not settled yet, so no part of it can be given back"),
    ("503", "the service is not available"),
    ("580", "the service does not take this call"),
];

/// The fields of an answer, by names in capital letters.
#[derive(Debug, Default)]
pub(super) struct Fields(BTreeMap<String, String>);

/// What an answer proves.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// Executed.
    Approved,
    /// Taken in; the outcome comes later.
    Pending,
    /// A no.
    Declined(Decline),
    /// Proven not to have been executed.
    NotExecuted(String),
    /// Anything else.
    Unknown(String),
}

impl Fields {
    /// Reads a flat object; texts and numbers alike become text.
    pub(super) fn of(raw: BTreeMap<String, Box<RawValue>>) -> Fields {
        let plain = |(name, value): (String, Box<RawValue>)| {
            text(&value).map(|text| (name.to_ascii_uppercase(), text))
        };
        Fields(raw.into_iter().filter_map(plain).collect())
    }

    pub(super) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// A number of Inovio's own; `None` if it is none.
    pub(super) fn id(&self, name: &str) -> Option<&str> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        let text = self.get(name);
        ((1..=40).contains(&text.len()) && text.bytes().all(plain)).then_some(text)
    }

    /// The transaction's amount; credits and reversals are negative.
    pub(super) fn amount(&self) -> Result<Option<Money>, String> {
        match (self.get("TRANS_VALUE"), self.get("CURR_CODE_ALPHA")) {
            ("", _) | (_, "") => Ok(None),
            (value, currency) => decimal::money(value, currency).map(Some),
        }
    }

    /// Brand and last four digits.
    pub(super) fn card(&self) -> Option<Card> {
        let (brand, last4) = (self.get("CARD_BRAND_NAME"), self.get("PMT_L4"));
        let letters = |text: &&str| {
            let letter = |byte: u8| byte.is_ascii_alphabetic() || byte == b' ';
            (1..=20).contains(&text.len()) && text.bytes().all(letter)
        };
        let four = |text: &&str| text.len() == 4 && text.bytes().all(|one| one.is_ascii_digit());
        let brand = Some(brand).filter(letters).map(str::to_owned);
        let last4 = Some(last4).filter(four).map(str::to_owned);
        (brand.is_some() || last4.is_some()).then_some(Card { brand, last4 })
    }

    /// What this answer proves.
    pub(super) fn said(&self) -> Said {
        let status = self.get("TRANS_STATUS_NAME").to_ascii_uppercase();
        let api = self.get("API_RESPONSE");
        let turned_down = api.parse::<u16>().is_ok_and(|code| TURNED_DOWN.contains(&code));
        let fine = matches!(api, "" | "0");
        let service = Some(self.get("SERVICE_RESPONSE")).filter(|code| !matches!(*code, "" | "0"));
        match (status.as_str(), service) {
            ("APPROVED", None | Some("100" | "660")) if fine => Said::Approved,
            ("PENDING" | "RUNNING", _) if fine => Said::Pending,
            ("DECLINED", code) if fine => refused(code.unwrap_or("DECLINED")),
            ("", _) if turned_down => {
                let field = self.get("REF_FIELD");
                let plain = |letter: &char| letter.is_ascii_alphanumeric() || *letter == '_';
                let field: String = field.chars().filter(plain).take(40).collect();
                Said::NotExecuted(format!("Inovio refused the call: {api} {field}"))
            }
            // The service says no without a transaction: only codes that are in the table.
            ("", Some(code)) if fine && is_known(code) => refused(code),
            _ => {
                let code = service.unwrap_or_default();
                Said::Unknown(format!("Inovio answered {:?} {api} {code}", shown(&status)))
            }
        }
    }
}

/// A no by its code.
fn refused(code: &str) -> Said {
    if SEEN_BEFORE.contains(&code) {
        return Said::Unknown("Inovio says that it has seen this order before".to_owned());
    }
    match NOT_NOW.iter().find(|(known, _)| *known == code) {
        Some((_, why)) => Said::NotExecuted(format!("Inovio: {why}")),
        None => Said::Declined(DECLINES.read(code)),
    }
}

fn is_known(code: &str) -> bool {
    NOT_NOW.iter().any(|(known, _)| *known == code)
        || SEEN_BEFORE.contains(&code)
        || DECLINES.rows().any(|(known, _)| known == code)
}

/// The body of a good answer, or what became of the call.
pub(super) fn answered<T>(sent: Sent) -> Result<Reply, Answer<T>> {
    match sent {
        Sent::Answered(reply) if reply.status == 200 => Ok(reply),
        Sent::Answered(reply) => Err(Answer::Unknown(format!("Inovio answered {}", reply.status))),
        Sent::NotExecuted(why) => Err(Answer::NotExecuted(why)),
        Sent::Unknown(why) => Err(Answer::Unknown(why)),
    }
}

/// The fields of a good answer, or what became of the call.
pub(super) fn fields<T>(sent: Sent) -> Result<Fields, Answer<T>> {
    let reply = answered(sent)?;
    reply.json().map(Fields::of).map_err(Answer::Unknown)
}

/// A text or a number as text; anything else is nothing.
pub(super) fn text(value: &RawValue) -> Option<String> {
    let raw = value.get();
    match raw.as_bytes().first() {
        Some(b'"') => serde_json::from_str::<String>(raw).ok().map(|text| text.trim().to_owned()),
        Some(b'0'..=b'9' | b'-') => Some(raw.to_owned()),
        _ => None,
    }
}

fn shown(word: &str) -> String {
    word.chars().filter(|letter| letter.is_ascii_alphabetic() || *letter == '_').take(20).collect()
}
