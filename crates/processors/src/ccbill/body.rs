//! The fields of a webhook, whether they come as a form or as JSON. The event's name may stand in
//! the address instead.

use std::borrow::Cow;
use std::fmt;

use processor::{RawNotice, Rejected};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use url::form_urlencoded;

use crate::wire::Fields;

/// The largest body that is read.
const SIZE: usize = 64 * 1024;
/// The name of the event's name.
const EVENT: &str = "eventtype";

/// Reads the query and the body. A name that comes twice is refused, but for the event's name: it
/// may stand in both if both say the same.
pub(super) fn fields(raw: &RawNotice) -> Result<Fields, Rejected> {
    let no = |why: &str| Rejected::Unreadable(why.to_owned());
    if raw.query.len() > SIZE || raw.body.len() > SIZE {
        return Err(no("more than 64 KiB"));
    }
    let body = raw.body.trim_ascii();
    let mut pairs: Vec<(String, String)> = if body.first() == Some(&b'{') {
        let Pairs(pairs) =
            serde_json::from_slice(body).map_err(|_| no("neither JSON nor a form"))?;
        pairs
    } else {
        form_urlencoded::parse(body).into_owned().collect()
    };
    let named = |pairs: &[(String, String)]| {
        let of = pairs.iter().find(|(name, _)| name.eq_ignore_ascii_case(EVENT));
        of.map(|(_, value)| value.trim().to_ascii_lowercase())
    };
    let mut query: Vec<(String, String)> =
        form_urlencoded::parse(raw.query.as_bytes()).into_owned().collect();
    if let (Some(inside), Some(outside)) = (named(&pairs), named(&query)) {
        if inside != outside {
            return Err(no("two names of events"));
        }
        query.retain(|(name, _)| !name.eq_ignore_ascii_case(EVENT));
    }
    pairs.append(&mut query);
    Fields::of(pairs.iter().map(|(n, v)| (Cow::from(n.as_str()), Cow::from(v.as_str()))))
}

/// The pairs of a JSON object in their order, numbers with the digits as they stand.
struct Pairs(Vec<(String, String)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Pairs, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Pairs;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Pairs, M::Error> {
                let mut pairs = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, Box<RawValue>>()? {
                    pairs.extend(text(&value).map(|value| (name, value)));
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Object)
    }
}

/// A text, a number or a word; objects, lists and null are no text.
fn text(value: &RawValue) -> Option<String> {
    let raw = value.get();
    match raw.bytes().next() {
        Some(b'"') => serde_json::from_str(raw).ok(),
        Some(b'{' | b'[' | b'n') | None => None,
        Some(_) => Some(raw.to_owned()),
    }
}
