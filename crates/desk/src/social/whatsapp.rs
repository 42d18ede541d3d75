//! `WhatsApp`'s Cloud API: what it sends, as its webhook reference describes it, and what it takes.

use base::time::from_micros;
use serde::Deserialize;
use serde_json::{Value, json};

use super::heard::{Came, Heard, Said, Unreadable, kept_by_channel, words};
use super::settings::Template;
use crate::cases::Delivery;

#[derive(Deserialize)]
struct Body {
    #[serde(default)]
    entry: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(default)]
    changes: Vec<Change>,
}

#[derive(Deserialize)]
struct Change {
    value: Told,
}

#[derive(Deserialize)]
struct Told {
    metadata: Option<Metadata>,
    #[serde(default)]
    contacts: Vec<Contact>,
    #[serde(default)]
    messages: Vec<Value>,
    #[serde(default)]
    statuses: Vec<Value>,
}

#[derive(Deserialize)]
struct Metadata {
    phone_number_id: String,
}

#[derive(Deserialize)]
struct Contact {
    wa_id: String,
    profile: Option<Profile>,
}

#[derive(Deserialize)]
struct Profile {
    name: Option<String>,
}

/// Reads one call of the webhook, which may hold many messages and reports.
pub(super) fn read(number: &str, body: &[u8]) -> Result<Vec<Heard>, Unreadable> {
    let body: Body = serde_json::from_slice(body)
        .map_err(|error| Unreadable(format!("it is no call of this channel: {error}")))?;
    let told = body.entry.into_iter().flat_map(|entry| entry.changes).map(|change| change.value);
    let mut heard = Vec::new();
    for told in told {
        if told.metadata.as_ref().is_some_and(|metadata| metadata.phone_number_id != number) {
            heard.push(Heard::Left("it is for another number"));
            continue;
        }
        heard.extend(told.messages.iter().map(|message| said(message, &told.contacts)));
        heard.extend(told.statuses.iter().map(went));
    }
    Ok(heard)
}

fn said(message: &Value, contacts: &[Contact]) -> Heard {
    let text = |path: &str| message.pointer(path).and_then(Value::as_str);
    let (Some(id), Some(from)) = (text("/id"), text("/from")) else {
        return Heard::Left("a message without id or sender");
    };
    let kind = text("/type").unwrap_or("unknown");
    let spoken = match kind {
        "text" => words(text("/text/body"), "text"),
        "button" => words(text("/button/text"), "text"),
        "interactive" => words(
            text("/interactive/button_reply/title").or(text("/interactive/list_reply/title")),
            "text",
        ),
        "image" | "video" | "document" => {
            words(message.pointer(&format!("/{kind}/caption")).and_then(Value::as_str), kind)
        }
        "audio" | "sticker" | "location" | "contacts" => words(None, kind),
        _ => return Heard::Left("a kind of message that needs no answer"),
    };
    let contact = contacts.iter().find(|contact| contact.wa_id == from);
    let seconds = text("/timestamp").and_then(|text| text.parse::<i64>().ok());
    Heard::Said(Said {
        id: id.chars().take(200).collect(),
        from: from.to_owned(),
        name: contact.and_then(|contact| contact.profile.as_ref()?.name.clone()),
        language: None,
        text: spoken,
        at: seconds.map(|seconds| from_micros(seconds.saturating_mul(1_000_000))),
        media: media(kind, message).into_iter().collect(),
    })
}

/// The picture, voice or file of a message.
fn media(kind: &str, message: &Value) -> Option<Came> {
    let kinds = ["image", "video", "document", "audio", "sticker"];
    let told = message.get(kinds.into_iter().find(|one| *one == kind)?)?;
    let spoken = told.get("voice").and_then(Value::as_bool) == Some(true);
    kept_by_channel(if spoken { "voice" } else { kind }, told, "id", "filename")
}

fn went(status: &Value) -> Heard {
    let text = |path: &str| status.pointer(path).and_then(Value::as_str);
    let Some(id) = text("/id") else { return Heard::Left("a report without an id") };
    let delivery = match text("/status") {
        Some("sent") => Delivery::Sent,
        Some("delivered") => Delivery::Delivered,
        Some("read") => Delivery::Read,
        Some("failed") => Delivery::Failed,
        _ => return Heard::Left("a report in a word we do not know"),
    };
    let why = text("/errors/0/title").or(text("/errors/0/message"));
    Heard::Went { provider_id: id.to_owned(), delivery, why: why.map(str::to_owned) }
}

/// The body of a call that sends a text, or an approved template if that is what it is.
pub(super) fn call(to: &str, text: &str, template: Option<(&Template, Vec<String>)>) -> Value {
    let Some((template, places)) = template else {
        return json!({
            "messaging_product": "whatsapp", "recipient_type": "individual", "to": to,
            "type": "text", "text": { "preview_url": false, "body": text },
        });
    };
    let places: Vec<Value> =
        places.into_iter().map(|text| json!({ "type": "text", "text": text })).collect();
    let components = if places.is_empty() {
        json!([])
    } else {
        json!([{ "type": "body", "parameters": places }])
    };
    json!({
        "messaging_product": "whatsapp", "recipient_type": "individual", "to": to,
        "type": "template",
        "template": {
            "name": template.name,
            "language": { "code": template.code },
            "components": components,
        },
    })
}

/// What the provider calls the message it took.
pub(super) fn taken(answer: &Value) -> Option<String> {
    answer.pointer("/messages/0/id").and_then(Value::as_str).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALL: &str = r#"{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[
      {"field":"messages","value":{"messaging_product":"whatsapp",
       "metadata":{"display_phone_number":"4512345678","phone_number_id":"900"},
       "contacts":[{"profile":{"name":"Mia"},"wa_id":"4587654321"}],
       "messages":[
        {"from":"4587654321","id":"wamid.A","timestamp":"1770000000","type":"text",
         "text":{"body":" Hvor er mine tokens? "}},
        {"from":"4587654321","id":"wamid.B","timestamp":"1770000001","type":"image",
         "image":{"id":"55","mime_type":"image/jpeg","caption":"kontoudtog"}},
        {"from":"4587654321","id":"wamid.C","timestamp":"1770000002","type":"reaction"},
        {"type":"text"}],
       "statuses":[{"id":"wamid.OUT","status":"failed","recipient_id":"4587654321",
         "errors":[{"code":131047,"title":"Re-engagement message"}]},
        {"id":"wamid.OUT","status":"exploded"}]}},
      {"field":"messages","value":{"metadata":{"phone_number_id":"901"}}}]}]}"#;

    #[test]
    fn one_call_brings_messages_and_reports() {
        let heard = read("900", CALL.as_bytes()).unwrap();
        assert_eq!(heard.len(), 7);
        let Heard::Said(first) = &heard[0] else { panic!("{heard:?}") };
        assert_eq!(
            (first.text.as_str(), first.name.as_deref()),
            ("Hvor er mine tokens?", Some("Mia"))
        );
        assert_eq!(first.at.unwrap().as_second(), 1_770_000_000);
        let Heard::Said(second) = &heard[1] else { panic!("{heard:?}") };
        assert_eq!(second.text, "[image] kontoudtog");
        assert_eq!(second.media.len(), 1);
        assert_eq!(second.media[0].source, super::super::heard::Source::Id("55".to_owned()));
        assert!(matches!(heard[2], Heard::Left(_)) && matches!(heard[3], Heard::Left(_)));
        let Heard::Went { delivery, why, .. } = &heard[4] else { panic!("{heard:?}") };
        assert_eq!((*delivery, why.as_deref()), (Delivery::Failed, Some("Re-engagement message")));
        assert!(matches!(heard[5], Heard::Left(_)), "an unknown word is never a success");
        assert_eq!(heard[6], Heard::Left("it is for another number"));
    }

    #[test]
    fn garbage_is_unreadable_and_nothing_else() {
        for body in ["", "3", "{\"entry\":3}", "\u{0}"] {
            assert!(read("900", body.as_bytes()).is_err(), "{body}");
        }
        assert_eq!(read("900", b"{}").unwrap(), []);
    }

    #[test]
    fn what_is_sent_is_a_text_or_a_template() {
        let text = call("45", "Hej", None);
        assert_eq!(text.pointer("/text/body"), Some(&json!("Hej")));
        let template = Template {
            name: "case_update".into(),
            language: base::Language::Da,
            code: "da".into(),
            body: "Din sag {{1}} er løst.".into(),
        };
        let sent = call("45", "", Some((&template, vec!["PD-1".into()])));
        assert_eq!(sent.pointer("/template/language/code"), Some(&json!("da")));
        assert_eq!(sent.pointer("/template/components/0/parameters/0/text"), Some(&json!("PD-1")));
        assert_eq!(taken(&json!({"messages":[{"id":"wamid.X"}]})).as_deref(), Some("wamid.X"));
    }
}
