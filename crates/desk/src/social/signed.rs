//! A channel of the operator's own, signed both ways by the Standard Webhooks convention: what it
//! sends has the headers `webhook-id`, `webhook-timestamp` and `webhook-signature`, and so have
//! the answers.

use base::{SignedDuration, Timestamp};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

use super::heard::{Came, Heard, MOST_MEDIA, Said, Source, Unreadable, language, words};
use crate::cases::Delivery;

/// How far the clock of the other side may be off.
const SKEW: SignedDuration = SignedDuration::from_mins(5);

/// The key of a secret as it is written, `whsec_` and base 64.
pub(super) fn key(secret: &str) -> Option<Vec<u8>> {
    STANDARD.decode(secret.strip_prefix("whsec_")?).ok().filter(|key| key.len() >= 16)
}

/// The header `webhook-signature`.
pub(super) fn signature(key: &[u8], id: &str, at: i64, body: &[u8]) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(format!("{id}.{at}.").as_bytes());
    mac.update(body);
    Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

/// Whether one of the signatures is right and the time near.
pub(super) fn is_signed(
    key: &[u8],
    header: &dyn Fn(&str) -> Option<String>,
    body: &[u8],
    now: Timestamp,
) -> bool {
    let (Some(id), Some(at), Some(given)) =
        (header("webhook-id"), header("webhook-timestamp"), header("webhook-signature"))
    else {
        return false;
    };
    let Some(then) = at.parse::<i64>().ok().and_then(|at| Timestamp::from_second(at).ok()) else {
        return false;
    };
    let near = now.duration_since(then).abs() <= SKEW;
    let matches = |given: &str| {
        let Some(given) = given.strip_prefix("v1,").and_then(|it| STANDARD.decode(it).ok()) else {
            return false;
        };
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return false };
        mac.update(format!("{id}.{}.", then.as_second()).as_bytes());
        mac.update(body);
        mac.verify_slice(&given).is_ok()
    };
    near && given.split(' ').take(8).any(matches)
}

/// Reads one call: `{"type":"message","id":…,"from":…,"text":…,"files":[…]}` or
/// `{"type":"status","id":…,"status":"sent|delivered|read|failed"}`.
pub(super) fn read(body: &[u8]) -> Result<Vec<Heard>, Unreadable> {
    let call: Value = serde_json::from_slice(body)
        .map_err(|error| Unreadable(format!("it is no JSON: {error}")))?;
    let text = |name: &str| call.get(name).and_then(Value::as_str);
    let id = text("id").filter(|id| (1..=200).contains(&id.len()));
    let id = id.ok_or(Unreadable("it has no id of 1 to 200 letters".to_owned()))?.to_owned();
    match text("type") {
        Some("message") => {
            let from = text("from").filter(|from| (1..=200).contains(&from.len()));
            let from = from.ok_or(Unreadable("it has no from of 1 to 200 letters".to_owned()))?;
            Ok(vec![Heard::Said(Said {
                id,
                from: from.to_owned(),
                name: text("name").map(str::to_owned),
                language: language(text("language")),
                text: words(text("text"), "text"),
                at: text("at").and_then(|at| at.parse().ok()),
                media: media(&call),
            })])
        }
        Some("status") => {
            let delivery = match text("status") {
                Some("sent") => Delivery::Sent,
                Some("delivered") => Delivery::Delivered,
                Some("read") => Delivery::Read,
                Some("failed") => Delivery::Failed,
                _ => return Ok(vec![Heard::Left("a report in a word we do not know")]),
            };
            let why = text("reason").map(|why| why.chars().take(200).collect());
            Ok(vec![Heard::Went { provider_id: id, delivery, why }])
        }
        _ => Ok(vec![Heard::Left("a type that we do not know")]),
    }
}

/// Files: `"files":[{"name":…,"type":…,"url":…}]`, or `"data"` in base 64 where they are small.
fn media(call: &Value) -> Vec<Came> {
    let files = call.get("files").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let read = |file: &Value| {
        let text = |name: &str| file.get(name).and_then(Value::as_str);
        let short = |text: &str| text.chars().take(200).collect::<String>();
        let address = text("url").map(|url| Source::Address(url.chars().take(2_000).collect()));
        let source = address.or(text("data").map(|data| Source::Enclosed(data.to_owned())))?;
        let (name, declared) = (text("name").map(short), text("type").map(short));
        Some(Came { what: "file".to_owned(), name, declared, source })
    };
    files.iter().filter_map(read).take(MOST_MEDIA).collect()
}

/// The body of a call that sends a text.
pub(super) fn call(message: &str, to: &str, text: &str, reference: &str) -> Value {
    json!({ "type": "message", "id": message, "to": to, "text": text, "case": reference })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_signature_is_the_conventions_own() {
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        let body = br#"{"test": 2432232314}"#;
        let signed =
            signature(&key(secret).unwrap(), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body);
        assert_eq!(signed.as_deref(), Some("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
    }

    #[test]
    fn only_what_is_signed_now_by_the_right_key_is_believed() {
        let right = key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let now = Timestamp::from_second(1_770_000_000).unwrap();
        let sign = |at: i64| signature(&right, "m1", at, b"{}").unwrap();
        let asked = |at: i64, signature: String, body: &[u8], key: &[u8]| {
            let header = move |name: &str| match name {
                "webhook-id" => Some("m1".to_owned()),
                "webhook-timestamp" => Some(at.to_string()),
                "webhook-signature" => Some(signature.clone()),
                _ => None,
            };
            is_signed(key, &header, body, now)
        };
        let at = now.as_second();
        assert!(asked(at, sign(at), b"{}", &right));
        assert!(asked(at, format!("v2,x {}", sign(at)), b"{}", &right), "others may stand beside");
        assert!(!asked(at, sign(at), b"{ }", &right), "another body");
        assert!(!asked(at, sign(at), b"{}", &[7; 24]), "another key");
        assert!(!asked(at - 301, sign(at - 301), b"{}", &right), "too old");
        assert!(!asked(at + 1, sign(at), b"{}", &right), "another time");
        assert!(key("whsec_AA==").is_none() && key("secret").is_none());
    }

    #[test]
    fn unknown_words_are_left_and_missing_ones_refused() {
        let read = |text: &str| read(text.as_bytes());
        assert!(matches!(read(r#"{"id":"1","type":"dance"}"#).unwrap()[0], Heard::Left(_)));
        let odd = read(r#"{"id":"1","type":"status","status":"maybe"}"#);
        assert!(matches!(odd.unwrap()[0], Heard::Left(_)));
        for body in ["", "{}", r#"{"id":"1","type":"message","text":"x"}"#] {
            assert!(read(body).is_err(), "{body}");
        }
    }
}
