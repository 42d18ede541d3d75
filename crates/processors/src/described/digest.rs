//! Making digests by a recipe and holding messages against one.

use base::Timestamp;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use processor::Rejected;
use processor::sign::same;

use super::parameters::escape;
use super::record::{AllFields, Covers, KeyIds, KeyIs, KeyPlace, Output, Pairs, Recipe, SentIn};

/// What a digest may cover.
#[derive(Clone, Copy, Default)]
pub(super) struct Signed<'a> {
    /// Fields in sending order.
    pub pairs: &'a [(String, String)],
    /// Headers, names in lower case.
    pub headers: &'a [(String, String)],
    /// The body, byte by byte.
    pub body: &'a [u8],
}

/// The secret of a recipe as bytes.
///
/// # Errors
/// A sentence, if it is not written as the recipe says.
pub(super) fn key(recipe: &Recipe, secret: &str) -> Result<Vec<u8>, String> {
    let name = &recipe.secret;
    match recipe.key_is {
        KeyIs::Text => Ok(secret.as_bytes().to_vec()),
        KeyIs::Hex => hex::decode(secret).map_err(|_| format!("secrets.{name} is not hex")),
        KeyIs::Base64 => {
            STANDARD.decode(secret).map_err(|_| format!("secrets.{name} is not base64"))
        }
    }
}

impl Recipe {
    /// The digest over what is sent, written as the house wants it.
    ///
    /// # Errors
    /// A sentence, if there is nothing to cover.
    pub(super) fn make(&self, key: &[u8], signed: &Signed<'_>) -> Result<String, String> {
        let bytes = self.digest(key, signed)?;
        Ok(match self.output {
            Output::Hex => hex::encode(bytes),
            Output::HexUpper => hex::encode_upper(bytes),
            Output::Base64 => STANDARD.encode(bytes),
        })
    }

    /// The list of numbers that travels before the digest, if the recipe has one: every field
    /// that has a number, in sending order, also if two have the same value.
    pub(super) fn list(&self, pairs: &[(String, String)]) -> Option<(String, String)> {
        let ids = self.key_ids.as_ref()?;
        let listed = pairs.iter().filter_map(|(name, _)| ids.ids.get(name));
        Some((ids.field.clone(), listed.map(String::as_str).collect()))
    }

    /// Whether a message carries the digest it should, in a time that tells nothing.
    ///
    /// # Errors
    /// [`Rejected::Signature`] or [`Rejected::Stale`].
    pub(super) fn holds(
        &self,
        key: &[u8],
        signed: &Signed<'_>,
        now: Timestamp,
    ) -> Result<(), Rejected> {
        let claims = self.claims(signed);
        let expected = self.digest(key, signed).map_err(|_| Rejected::Signature)?;
        let claimed = |claim: &String| match self.output {
            Output::Hex | Output::HexUpper => hex::decode(claim).ok(),
            Output::Base64 => STANDARD.decode(claim).ok(),
        };
        if !claims.iter().filter_map(claimed).any(|claim| same(&expected, &claim)) {
            return Err(Rejected::Signature);
        }
        let Some(fresh) = &self.fresh else { return Ok(()) };
        let sent = self.item(&fresh.from, signed);
        let sent: Option<i64> = sent.and_then(|text| String::from_utf8(text).ok()?.parse().ok());
        let sent = sent.and_then(|seconds| Timestamp::from_second(seconds).ok());
        let apart = sent.map(|sent| now.duration_since(sent).as_secs().unsigned_abs());
        match apart {
            Some(apart) if apart <= u64::from(fresh.seconds) => Ok(()),
            _ => Err(Rejected::Stale),
        }
    }

    /// Whether the digest of this message covers a field, as far as the recipe tells by itself.
    pub(super) fn covers(&self, field: &str, signed: Option<&Signed<'_>>) -> bool {
        match (&self.fields, &self.key_ids) {
            (Covers::List(list), _) => list.iter().any(|item| item == field || item == "@body"),
            (Covers::All(_), None) => !self.except.iter().any(|name| name == field),
            (Covers::All(_), Some(ids)) => match signed {
                Some(signed) => {
                    self.listed(ids, signed).is_some_and(|names| names.contains(&field))
                }
                None => ids.ids.contains_key(field),
            },
        }
    }

    fn digest(&self, key: &[u8], signed: &Signed<'_>) -> Result<Vec<u8>, String> {
        let mut pieces = self.pieces(signed)?;
        if pieces.is_empty() {
            return Err("there is nothing to sign".to_owned());
        }
        match &self.key {
            KeyPlace::Hmac => {}
            KeyPlace::Prefix => pieces.insert(0, key.to_vec()),
            KeyPlace::Suffix => pieces.push(key.to_vec()),
            KeyPlace::BothEnds => {
                pieces.insert(0, key.to_vec());
                pieces.push(key.to_vec());
            }
            KeyPlace::Pair(name) => {
                pieces.push([name.as_bytes(), self.equals.as_bytes(), key].concat());
            }
        }
        let text = pieces.join(self.joiner.as_bytes());
        Ok(self.algorithm.digest(key, &[&text]))
    }

    fn pieces(&self, signed: &Signed<'_>) -> Result<Vec<Vec<u8>>, String> {
        if let Covers::List(items) = &self.fields {
            let pieces = items.iter().map(|item| {
                let value = self.item(item, signed).unwrap_or_default();
                (item, value)
            });
            let kept = pieces.filter(|(_, value)| !self.drop_empty || !value.is_empty());
            return Ok(kept.map(|(item, value)| self.named(item, value)).collect());
        }
        let mut covered = self.all(signed)?;
        if self.fields == Covers::All(AllFields::Sorted) {
            covered.sort_by(|one, other| one.0.cmp(&other.0));
        }
        let kept = covered.into_iter().filter(|(_, value)| !self.drop_empty || !value.is_empty());
        Ok(kept.map(|(name, value)| self.named(name, self.written(value))).collect())
    }

    /// Every field that is covered, in sending order, or in the order the message lists.
    fn all<'a>(&self, signed: &Signed<'a>) -> Result<Vec<&'a (String, String)>, String> {
        let own = match &self.sent {
            SentIn::Field(field) => Some(field.as_str()),
            SentIn::Header(_) | SentIn::Part { .. } => None,
        };
        let Some(ids) = &self.key_ids else {
            let out = |name: &str| Some(name) == own || self.except.iter().any(|out| out == name);
            return Ok(signed.pairs.iter().filter(|(name, _)| !out(name)).collect());
        };
        let names = self.listed(ids, signed).ok_or("the list of covered fields is broken")?;
        let find = |name: &&str| signed.pairs.iter().find(|(own, _)| own == name);
        names.iter().map(|name| find(name).ok_or_else(|| format!("{name} is missing"))).collect()
    }

    /// The fields that a message says its digest covers: each known, present and named once.
    fn listed<'a>(&'a self, ids: &'a KeyIds, signed: &Signed<'_>) -> Option<Vec<&'a str>> {
        let list = &signed.pairs.iter().find(|(name, _)| *name == ids.field)?.1;
        let name_of = |id: &str| {
            let found = ids.ids.iter().find(|(_, own)| own.eq_ignore_ascii_case(id));
            found.map(|(name, _)| name.as_str())
        };
        if list.len() % 2 != 0 || !list.is_ascii() {
            return None;
        }
        let starts = (0..list.len()).step_by(2);
        let names: Vec<&str> =
            starts.map(|at| list.get(at..at + 2).and_then(name_of)).collect::<Option<_>>()?;
        let mut once = names.clone();
        once.sort_unstable();
        let twice = once.windows(2).any(|two| two[0] == two[1]);
        (!twice && !names.is_empty()).then_some(names)
    }

    /// One item of a list, as bytes: a field, a fixed text, the body, a header or a part of it.
    fn item(&self, item: &str, signed: &Signed<'_>) -> Option<Vec<u8>> {
        if let Some(text) = item.strip_prefix('=') {
            return Some(text.as_bytes().to_vec());
        }
        if item == "@body" {
            return Some(signed.body.to_vec());
        }
        if let Some(name) = item.strip_prefix("@header:") {
            return header(signed, name).map(|value| value.as_bytes().to_vec());
        }
        if let Some(name) = item.strip_prefix("@part:") {
            let SentIn::Part { header: own, .. } = &self.sent else { return None };
            let found = parts(header(signed, own)?).find(|(part, _)| *part == name);
            return found.map(|(_, value)| value.as_bytes().to_vec());
        }
        let found = signed.pairs.iter().find(|(name, _)| name == item)?;
        Some(self.written(&found.1))
    }

    fn named(&self, name: &str, value: Vec<u8>) -> Vec<u8> {
        let plain = name.starts_with(['=', '@']);
        match self.pairs {
            Pairs::NamesAndValues if !plain => {
                [name.as_bytes(), self.equals.as_bytes(), &value].concat()
            }
            Pairs::Values | Pairs::NamesAndValues => value,
        }
    }

    fn written(&self, value: &str) -> Vec<u8> {
        match self.escaped {
            Some(rule) => escape(value, rule).into_bytes(),
            None => value.as_bytes().to_vec(),
        }
    }

    /// Every digest that a message claims.
    fn claims(&self, signed: &Signed<'_>) -> Vec<String> {
        let one = |text: &str| vec![text.trim().to_owned()];
        match &self.sent {
            SentIn::Field(field) => signed
                .pairs
                .iter()
                .find(|(name, _)| name == field)
                .map(|(_, value)| one(value))
                .unwrap_or_default(),
            SentIn::Header(name) => header(signed, name).map(one).unwrap_or_default(),
            SentIn::Part { header: name, part } => header(signed, name)
                .map(|value| {
                    let own = parts(value).filter(|(name, _)| name == part);
                    own.map(|(_, value)| value.to_owned()).take(8).collect()
                })
                .unwrap_or_default(),
        }
    }
}

fn header<'a>(signed: &Signed<'a>, name: &str) -> Option<&'a str> {
    let found = signed.headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name))?;
    Some(found.1.as_str())
}

/// The parts of a header such as `t=..,v1=..`.
fn parts(header: &str) -> impl Iterator<Item = (&str, &str)> {
    let pairs = header.split(',').filter_map(|part| part.split_once('='));
    pairs.map(|(name, value)| (name.trim(), value.trim()))
}
