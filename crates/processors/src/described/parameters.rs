//! Making the pairs that are sent: values by template, in order, encoded, escaped, signed.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use url::form_urlencoded;

use super::digest::{Signed, key};
use super::own::Own;
use super::record::{Encode, Escape, Longer, Parameter, Recipe, SentIn, When};
use super::settings::Purse;

/// Pairs in sending order.
pub(super) type Sent = Vec<(String, String)>;

/// What is true of a payment, for parameters that are sent sometimes only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Terms {
    /// It renews.
    pub renews: bool,
    /// The money is held first.
    pub held: bool,
}

impl Terms {
    fn want(self, when: Option<When>) -> bool {
        match when {
            None => true,
            Some(When::Once) => !self.renews,
            Some(When::Renewing) => self.renews,
            Some(When::AtOnce) => !self.held,
            Some(When::Held) => self.held,
        }
    }
}

/// The pairs of a call.
///
/// # Errors
/// A sentence that names the parameter.
pub(super) fn pairs(
    parameters: &[Parameter],
    own: &Own,
    terms: Terms,
    purse: &Purse,
) -> Result<Sent, String> {
    let mut sent = Sent::new();
    for parameter in parameters.iter().filter(|parameter| terms.want(parameter.when)) {
        let value = value(parameter, own, purse)?;
        if value.is_empty() && parameter.required {
            return Err(format!("the house wants {}, which has no value here", parameter.name));
        }
        if !value.is_empty() || parameter.keep_empty {
            sent.push((parameter.name.clone(), value));
        }
    }
    Ok(sent)
}

fn value(parameter: &Parameter, own: &Own, purse: &Purse) -> Result<String, String> {
    let name = &parameter.name;
    let mut value = own.fill(&parameter.value);
    if !parameter.words.is_empty() {
        value = parameter.words.get(&value).cloned().unwrap_or_default();
    }
    if let Some(max) = parameter.max.filter(|max| value.chars().count() > *max) {
        value = match parameter.longer {
            Longer::Cut => value.chars().take(max).collect(),
            Longer::Refuse => return Err(format!("{name} takes {max} characters at most")),
        };
    }
    if value.is_empty() {
        return Ok(value);
    }
    let salt = purse.secret(parameter.salt.as_deref().unwrap_or("key"));
    let bytes = parameter.encode.iter().fold(value.into_bytes(), |bytes, step| {
        encode(bytes, *step, salt.unwrap_or_default().as_bytes())
    });
    String::from_utf8(bytes).map_err(|_| format!("{name} is no text once it is encoded"))
}

fn encode(bytes: Vec<u8>, step: Encode, salt: &[u8]) -> Vec<u8> {
    let text = |change: &dyn Fn(&str) -> String| match std::str::from_utf8(&bytes) {
        Ok(text) => change(text).into_bytes(),
        Err(_) => bytes.clone(),
    };
    match step {
        Encode::Xor => {
            bytes.iter().zip(salt.iter().cycle()).map(|(byte, salt)| byte ^ salt).collect()
        }
        Encode::Base64 => STANDARD.encode(&bytes).into_bytes(),
        Encode::Form => text(&|text| escape(text, Escape::Form)),
        Encode::Percent => text(&|text| escape(text, Escape::Percent)),
        Encode::Upper => text(&str::to_uppercase),
        Encode::Lower => text(&str::to_lowercase),
    }
}

/// Signs pairs: the list of covered fields first, then the digest, as fields at the end. What
/// travels in a header comes back as a header.
///
/// # Errors
/// A sentence, if a secret is missing or nothing can be covered.
pub(super) fn sign(
    recipe: Option<&Recipe>,
    sent: &mut Sent,
    body: &[u8],
    purse: &Purse,
) -> Result<Option<(String, String)>, String> {
    let Some(recipe) = recipe else { return Ok(None) };
    let secret = purse.secret(&recipe.secret).ok_or("a secret is missing")?;
    sent.extend(recipe.list(sent));
    let signed = Signed { pairs: sent, headers: &[], body };
    let digest = recipe.make(&key(recipe, secret)?, &signed)?;
    match &recipe.sent {
        SentIn::Field(field) => {
            sent.push((field.clone(), digest));
            Ok(None)
        }
        SentIn::Header(header) => Ok(Some((header.clone(), digest))),
        SentIn::Part { header, part } => Ok(Some((header.clone(), format!("{part}={digest}")))),
    }
}

/// Escapes one value for an address.
pub(super) fn escape(text: &str, rule: Escape) -> String {
    match rule {
        Escape::Form => form_urlencoded::byte_serialize(text.as_bytes()).collect(),
        Escape::Percent => {
            let mut out = String::with_capacity(text.len());
            for byte in text.bytes() {
                if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                    out.push(char::from(byte));
                } else {
                    out.push_str(&format!("%{byte:02X}"));
                }
            }
            out
        }
    }
}

/// Writes pairs behind each other, each by its own rule.
pub(super) fn query(sent: &Sent, parameters: &[Parameter], rule: Escape) -> String {
    let pairs = sent.iter().map(|(name, value)| {
        let own = parameters.iter().find(|parameter| parameter.name == *name);
        let rule = own.and_then(|parameter| parameter.escape).unwrap_or(rule);
        format!("{}={}", escape(name, rule), escape(value, rule))
    });
    pairs.collect::<Vec<String>>().join("&")
}
