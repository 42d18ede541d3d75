//! What a call from the server answered, by the words the operator was told.

use std::collections::BTreeMap;

use processor::{Decline, Reply};
use serde_json::value::RawValue;

use super::more::ReplyWords;
use super::postback::shown;
use crate::wire::xml;

/// What was said.
pub(super) enum Said {
    /// A yes, with the id of the transaction if it was named.
    Approved(Option<String>),
    /// A no.
    Declined(Decline),
    /// A word that is not on the list, or no answer of any known form.
    Unknown(String),
}

/// Reads an answer in JSON, in XML, or as bare text.
pub(super) fn read(reply: &Reply, words: &ReplyWords) -> Said {
    let Ok(text) = reply.text() else {
        return Said::Unknown("SegPay's answer is not UTF-8 text".to_owned());
    };
    let fields = fields(text);
    let word = match (&words.field, &fields) {
        (Some(field), Some(fields)) => fields.get(&field.to_ascii_lowercase()).cloned(),
        (Some(_), None) => None,
        (None, _) => super::srs::answer_text(text).ok(),
    };
    let Some(word) = word.map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()) else {
        return Said::Unknown("SegPay's answer does not hold the word we look at".to_owned());
    };
    let among = |list: &[String]| list.iter().any(|own| own.trim().eq_ignore_ascii_case(&word));
    if among(&words.approved) {
        let name = words.transaction.as_ref().map(|name| name.to_ascii_lowercase());
        let named = name.and_then(|name| fields.as_ref()?.get(&name).cloned());
        let plain = |id: &String| {
            let letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
            (1..=40).contains(&id.len()) && id.bytes().all(letter)
        };
        Said::Approved(named.filter(plain))
    } else if among(&words.declined) {
        Said::Declined(Decline {
            raw: shown(&word),
            cause: "declined".to_owned(),
            class: processor::declines::cause("declined").class,
        })
    } else {
        Said::Unknown(format!("SegPay answered with a word we do not know: {}", shown(&word)))
    }
}

/// The texts right below the root, by their names in lower case.
fn fields(text: &str) -> Option<BTreeMap<String, String>> {
    let text = text.trim();
    if text.starts_with('<') {
        return xml::flat(text);
    }
    let members: BTreeMap<String, &RawValue> = serde_json::from_str(text).ok()?;
    let plain = |(name, raw): (String, &RawValue)| {
        let raw = raw.get().trim();
        let value = serde_json::from_str::<String>(raw).unwrap_or_else(|_| raw.to_owned());
        (name.to_ascii_lowercase(), value)
    };
    Some(members.into_iter().map(plain).collect())
}
