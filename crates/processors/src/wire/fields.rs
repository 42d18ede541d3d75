//! The fields of a postback, from the address or from a form, each name once.

use std::borrow::Cow;
use std::collections::BTreeMap;

use processor::{RawNotice, Rejected};
use url::form_urlencoded;

/// The largest query or body that is read.
const SIZE: usize = 64 * 1024;
/// The most fields that are read.
const COUNT: usize = 200;

/// Fields by their names in lower case.
#[derive(Clone, Debug)]
pub(crate) struct Fields(BTreeMap<String, String>);

impl Fields {
    /// Reads the query and, of a POST, the form. A name that comes twice could be read either
    /// way, so it is refused.
    pub(crate) fn read(raw: &RawNotice) -> Result<Fields, Rejected> {
        let no = |why: &str| Err(Rejected::Unreadable(why.to_owned()));
        if raw.query.len() > SIZE || raw.body.len() > SIZE {
            return no("more than 64 KiB");
        }
        let body = if raw.method.eq_ignore_ascii_case("POST") { &raw.body[..] } else { b"" };
        let pairs =
            form_urlencoded::parse(raw.query.as_bytes()).chain(form_urlencoded::parse(body));
        Fields::of(pairs)
    }

    /// Takes pairs that were read elsewhere, with the same limits.
    pub(crate) fn of<'a>(
        pairs: impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)>,
    ) -> Result<Fields, Rejected> {
        let no = |why: &str| Err(Rejected::Unreadable(why.to_owned()));
        let mut fields = BTreeMap::new();
        for (name, value) in pairs.take(COUNT + 1) {
            let name = name.trim().to_ascii_lowercase();
            if fields.insert(name, value.trim().to_owned()).is_some() {
                return no("a field comes twice");
            }
        }
        if fields.len() > COUNT { no("more than 200 fields") } else { Ok(Fields(fields)) }
    }

    /// The value of a field; an empty one is none.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// Every field, by name.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The value in lower case, empty if there is none.
    pub(crate) fn word(&self, name: &str) -> String {
        self.get(name).unwrap_or_default().to_ascii_lowercase()
    }

    /// An id of a house: a text of letters, digits, dashes and underscores, as it stands. Zero
    /// stands for none.
    pub(crate) fn id(&self, name: &str) -> Result<Option<String>, Rejected> {
        let Some(text) = self.get(name).filter(|text| *text != "0") else { return Ok(None) };
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if text.len() <= 64 && text.bytes().all(plain) {
            Ok(Some(text.to_owned()))
        } else {
            Err(Rejected::Unreadable(format!("{name} is no id")))
        }
    }
}
