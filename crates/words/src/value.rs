//! What can be put into a sentence.

use std::borrow::Cow;

use base::{Language, Money, Timestamp, Tokens};
use jiff::tz::TimeZone;

use crate::{date, money, number};

/// Something that a sentence leaves a place for.
///
/// Numbers and tokens choose the plural form and are written as the language writes them.
#[derive(Clone, Debug)]
pub enum Value<'a> {
    /// A name, a reference, a sentence of a customer. Pages escape the finished text.
    Text(Cow<'a, str>),
    /// A whole number.
    Number(i64),
    /// A number of tokens; the sentence says the word.
    Tokens(Tokens),
    /// A sum of money with its currency.
    Money(Money),
    /// A day where the reader sits.
    Date(Timestamp, &'a TimeZone),
    /// A day and a time where the reader sits.
    DateTime(Timestamp, &'a TimeZone),
    /// A day, a time and the zone they are meant in.
    Deadline(Timestamp, &'a TimeZone),
}

impl Value<'_> {
    /// The value as the language writes it.
    pub(crate) fn write(&self, language: Language) -> Cow<'_, str> {
        match self {
            Value::Text(text) => Cow::Borrowed(text.as_ref()),
            Value::Number(count) => number::number(language, *count).into(),
            Value::Tokens(tokens) => number::number(language, tokens.count()).into(),
            Value::Money(sum) => money::money(language, *sum).into(),
            Value::Date(at, zone) => date::date(language, *at, zone).into(),
            Value::DateTime(at, zone) => date::date_time(language, *at, zone).into(),
            Value::Deadline(at, zone) => date::deadline(language, *at, zone).into(),
        }
    }

    /// The count that chooses between plural forms, if it is one.
    pub(crate) fn count(&self) -> Option<i64> {
        match self {
            Value::Number(count) => Some(*count),
            Value::Tokens(tokens) => Some(tokens.count()),
            Value::Text(_)
            | Value::Money(_)
            | Value::Date(..)
            | Value::DateTime(..)
            | Value::Deadline(..) => None,
        }
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Value<'a> {
        Value::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Value<'a> {
        Value::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Value::Text(Cow::Owned(text))
    }
}

impl<'a> From<Cow<'a, str>> for Value<'a> {
    fn from(text: Cow<'a, str>) -> Value<'a> {
        Value::Text(text)
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Value::Number(number)
    }
}

impl From<i32> for Value<'_> {
    fn from(number: i32) -> Self {
        Value::Number(i64::from(number))
    }
}

impl From<u32> for Value<'_> {
    fn from(number: u32) -> Self {
        Value::Number(i64::from(number))
    }
}

impl From<usize> for Value<'_> {
    fn from(number: usize) -> Self {
        Value::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<Tokens> for Value<'_> {
    fn from(tokens: Tokens) -> Self {
        Value::Tokens(tokens)
    }
}

impl From<Money> for Value<'_> {
    fn from(sum: Money) -> Self {
        Value::Money(sum)
    }
}
