//! Telegram's Bot API: one update a call, and the call that sends a text.

use base::time::from_micros;
use serde_json::{Value, json};

use super::heard::{Came, Heard, Said, Unreadable, kept_by_channel, language, words};

/// Reads one update.
pub(super) fn read(body: &[u8]) -> Result<Vec<Heard>, Unreadable> {
    let update: Value = serde_json::from_slice(body)
        .map_err(|error| Unreadable(format!("it is no update: {error}")))?;
    let Some(number) = update.pointer("/update_id").and_then(Value::as_i64) else {
        return Err(Unreadable("it has no update_id".to_owned()));
    };
    let Some(message) = update.get("message") else {
        return Ok(vec![Heard::Left("an update without a message")]);
    };
    Ok(vec![said(number, message)])
}

fn said(number: i64, message: &Value) -> Heard {
    let text = |path: &str| message.pointer(path).and_then(Value::as_str);
    if text("/chat/type") != Some("private") {
        return Heard::Left("a group: what a customer asks is between them and us");
    }
    if message.pointer("/from/is_bot").and_then(Value::as_bool) == Some(true) {
        return Heard::Left("another bot");
    }
    let Some(chat) = message.pointer("/chat/id").and_then(Value::as_i64) else {
        return Heard::Left("a message without a chat");
    };
    let kinds = ["photo", "document", "video", "voice", "audio", "sticker", "location"];
    let kind = kinds.into_iter().find(|kind| message.get(kind).is_some());
    let spoken = match (text("/text"), kind) {
        (Some(text), _) => words(Some(text), "text"),
        (None, Some(kind)) => words(text("/caption"), kind),
        (None, None) => return Heard::Left("a kind of message that needs no answer"),
    };
    let name = [text("/from/first_name"), text("/from/last_name")];
    let name: Vec<&str> = name.into_iter().flatten().collect();
    let seconds = message.pointer("/date").and_then(Value::as_i64);
    Heard::Said(Said {
        id: number.to_string(),
        from: chat.to_string(),
        name: Some(name.join(" ")).filter(|name| !name.is_empty()),
        language: language(text("/from/language_code")),
        text: spoken,
        at: seconds.map(|seconds| from_micros(seconds.saturating_mul(1_000_000))),
        media: kind.and_then(|kind| media(kind, message)).into_iter().collect(),
    })
}

/// The picture, voice or file of a message. A photo comes in several sizes: the largest is taken.
fn media(kind: &str, message: &Value) -> Option<Came> {
    let told = message.get(kind)?;
    let told = match told.as_array() {
        Some(sizes) => sizes.iter().max_by_key(|one| one.get("width").and_then(Value::as_i64))?,
        None => told,
    };
    kept_by_channel(kind, told, "file_id", "file_name")
}

/// The body of a call that sends a text. No marks are read in it.
pub(super) fn call(to: &str, text: &str) -> Value {
    json!({ "chat_id": to, "text": text, "link_preview_options": { "is_disabled": true } })
}

/// What Telegram calls the message it took.
pub(super) fn taken(answer: &Value) -> Option<String> {
    let sent = answer.get("ok").and_then(Value::as_bool) == Some(true);
    let id = answer.pointer("/result/message_id").and_then(Value::as_i64);
    id.filter(|_| sent).map(|id| id.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn update(message: Value) -> Vec<u8> {
        json!({ "update_id": 7, "message": message }).to_string().into_bytes()
    }

    #[test]
    fn a_private_message_is_heard_and_a_group_is_not() {
        let from = json!({ "id": 5, "is_bot": false, "first_name": "Mia", "language_code": "fr" });
        let private = json!({ "message_id": 1, "date": 1_770_000_000, "from": from,
            "chat": { "id": 5, "type": "private" }, "text": "Bonjour" });
        let Heard::Said(said) = &read(&update(private)).unwrap()[0] else { panic!() };
        assert_eq!(
            (said.id.as_str(), said.from.as_str(), said.text.as_str()),
            ("7", "5", "Bonjour")
        );
        assert_eq!(said.language, Some(base::Language::Fr));
        let group = json!({ "chat": { "id": -5, "type": "group" }, "from": from, "text": "Hi" });
        assert!(matches!(read(&update(group)).unwrap()[0], Heard::Left(_)));
        let photo = json!({ "chat": { "id": 5, "type": "private" }, "from": from, "caption": "relevé",
            "photo": [{ "file_id": "small", "width": 90 }, { "file_id": "large", "width": 800 }] });
        let Heard::Said(said) = &read(&update(photo)).unwrap()[0] else { panic!() };
        assert_eq!(said.text, "[photo] relevé");
        assert_eq!(said.media.len(), 1);
        assert_eq!(said.media[0].source, super::super::heard::Source::Id("large".to_owned()));
    }

    #[test]
    fn garbage_is_unreadable() {
        for body in ["", "{}", "[1]", "{\"update_id\":\"x\"}"] {
            assert!(read(body.as_bytes()).is_err(), "{body}");
        }
    }

    #[test]
    fn only_an_ok_is_a_yes() {
        assert_eq!(taken(&json!({"ok":true,"result":{"message_id":9}})).as_deref(), Some("9"));
        assert_eq!(taken(&json!({"ok":false,"result":{"message_id":9}})), None);
    }
}
