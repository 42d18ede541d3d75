//! The fields of anything a house says, in the order it says them.

use base::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use processor::RawNotice;
use url::form_urlencoded;

use super::json;
use super::record::{BodyKind, OneOf, Rule, Time};
use crate::wire::xml;

/// The largest message that is read.
const SIZE: usize = 64 * 1024;
/// The most fields that are read.
const COUNT: usize = 200;
/// The longest word of a status that is looked at.
const WORD: usize = 80;

/// Fields with their values, as they came.
#[derive(Clone, Debug, Default)]
pub(super) struct Message {
    pairs: Vec<(String, String)>,
}

impl Message {
    /// Reads a notice.
    ///
    /// # Errors
    /// A sentence, if it is not of that kind.
    pub fn of_notice(kind: BodyKind, raw: &RawNotice) -> Result<Message, String> {
        let posted = raw.method.eq_ignore_ascii_case("POST");
        match kind {
            BodyKind::Query => Message::of_form(raw.query.as_bytes()),
            BodyKind::Either if !posted => Message::of_form(raw.query.as_bytes()),
            BodyKind::Either => Message::of_form(&raw.body),
            other => Message::of_body(other, &raw.body),
        }
    }

    /// Reads a body.
    ///
    /// # Errors
    /// A sentence, if it is not of that kind.
    pub fn of_body(kind: BodyKind, body: &[u8]) -> Result<Message, String> {
        let text = || {
            let fits = body.len() <= SIZE;
            let text = std::str::from_utf8(body).ok().filter(|_| fits);
            text.ok_or_else(|| "it is not UTF-8 text of up to 64 KiB".to_owned())
        };
        match kind {
            BodyKind::Query | BodyKind::Form | BodyKind::Either => Message::of_form(body),
            BodyKind::Json => Message::of_pairs(json::leaves(text()?)?),
            BodyKind::Xml => {
                let row = xml::flat(text()?).ok_or("it is not the expected XML")?;
                Message::of_pairs(row.into_iter().collect())
            }
            BodyKind::Lines => {
                let pairs = text()?.lines().filter_map(|line| line.split_once('='));
                let own = pairs.map(|(name, value)| (name.trim().to_owned(), value.to_owned()));
                Message::of_pairs(own.collect())
            }
            BodyKind::Text => {
                let answer = text()?.trim().to_owned();
                Message::of_pairs(vec![("answer".to_owned(), answer)])
            }
        }
    }

    fn of_form(bytes: &[u8]) -> Result<Message, String> {
        if bytes.len() > SIZE {
            return Err("it is larger than 64 KiB".to_owned());
        }
        let pairs = form_urlencoded::parse(bytes).take(COUNT + 1);
        Message::of_pairs(
            pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect(),
        )
    }

    /// A name that comes twice could be read either way, so it is refused.
    pub fn of_pairs(pairs: Vec<(String, String)>) -> Result<Message, String> {
        if pairs.len() > COUNT {
            return Err("it has more than 200 fields".to_owned());
        }
        let mut names: Vec<&str> = pairs.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        if names.windows(2).any(|two| two[0] == two[1]) {
            return Err("a field comes twice".to_owned());
        }
        Ok(Message { pairs })
    }

    /// The same with one more field.
    pub fn with(mut self, name: &str, value: String) -> Message {
        self.pairs.retain(|(own, _)| own != name);
        self.pairs.push((name.to_owned(), value));
        self
    }

    /// Every field as it came.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    /// The value of a field without blanks around it; an empty one is none.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.pairs.iter().find(|(own, _)| own == name)?;
        Some(found.1.trim()).filter(|value| !value.is_empty())
    }

    /// The first of several fields that has a value.
    pub fn first<'a>(&'a self, names: &'a OneOf) -> Option<&'a str> {
        names.all().iter().find_map(|name| match name.strip_prefix('=') {
            Some(fixed) => Some(fixed),
            None => self.get(name),
        })
    }

    /// An id: up to 64 letters, digits and a few marks. Zero stands for none.
    ///
    /// # Errors
    /// A sentence, if it is no id.
    pub fn id(&self, names: Option<&OneOf>) -> Result<Option<String>, String> {
        let found = names.and_then(|names| self.first(names));
        let Some(text) = found.filter(|text| *text != "0") else { return Ok(None) };
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:|/+=".contains(&byte);
        if text.len() <= 64 && text.bytes().all(plain) {
            Ok(Some(text.to_owned()))
        } else {
            let names = names.map(|names| names.all().join(" or ")).unwrap_or_default();
            Err(format!("{names} is no id"))
        }
    }

    /// When it happened; what cannot be read is no time, for nothing is decided by it.
    pub fn time(&self, time: Option<&Time>) -> Option<Timestamp> {
        let time = time?;
        let text = self.get(&time.field)?;
        match time.form.as_str() {
            "rfc3339" => text.parse().ok(),
            "unix" => text.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok()),
            pattern => {
                let civil = DateTime::strptime(pattern, text).ok()?;
                civil.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
            }
        }
    }

    /// What the first rule that fits says.
    pub fn means<'a>(&self, rules: &'a [Rule]) -> Option<&'a Rule> {
        rules.iter().find(|rule| rule.when.iter().all(|(name, values)| self.is(name, values)))
    }

    fn is(&self, name: &str, values: &OneOf) -> bool {
        let said = self.get(name).unwrap_or_default();
        values.all().iter().any(|value| match value.as_str() {
            "*" => !said.is_empty(),
            value => said.to_lowercase() == value.to_lowercase(),
        })
    }

    /// The words that rules look at, for people who debug: short, plain, and no number as long
    /// as a card's.
    ///
    /// # Errors
    /// A sentence, if a word is too long to be one.
    pub fn words(&self, rules: &[Rule]) -> Result<String, String> {
        let mut names: Vec<&str> =
            rules.iter().flat_map(|rule| rule.when.keys()).map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        let said: Vec<&str> = names.iter().filter_map(|name| self.get(name)).collect();
        if said.iter().any(|word| word.len() > WORD) {
            return Err("a word is too long".to_owned());
        }
        Ok(said.into_iter().map(shown).collect::<Vec<String>>().join(" "))
    }
}

/// A word of theirs, as it may be shown.
pub(super) fn shown(word: &str) -> String {
    if word.bytes().filter(u8::is_ascii_digit).count() > 12 {
        return "number".to_owned();
    }
    let plain = |letter: char| {
        let kept = letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_');
        if kept { letter } else { '-' }
    };
    word.chars().take(40).map(plain).collect()
}
