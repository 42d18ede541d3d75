//! What a browser is told: lines, how the talk stands, and every word of the widget.

use desk::chat::lines::{From, Line};
use desk::chat::queue::Presence;
use desk::chat::{Channel, LONGEST, Mail, Standing, most_files};
use serde_json::{Map, Value, json};
use words::Words;

use crate::house::House;

/// A line.
pub(super) fn line(line: &Line) -> Value {
    let (from, name) = match &line.from {
        From::You => ("you", None),
        From::Other => ("other", None),
        From::Desk(name) => ("desk", name.clone()),
    };
    let files: Vec<Value> = line
        .files
        .iter()
        .map(|file| {
            let id = file.id.to_string();
            json!({ "id": id, "name": file.name, "kind": file.kind, "size": file.size })
        })
        .collect();
    json!({
        "n": line.place.number(),
        "id": line.id.to_string(),
        "client_id": line.client_id,
        "from": from,
        "name": name,
        "text": line.text,
        "language": line.language.tag(),
        "files": files,
        "at": line.at.to_string(),
        "gone": line.gone.is_some(),
    })
}

/// How the talk stands.
pub(super) fn standing(house: &House, words: Words, standing: &Standing) -> Value {
    let mail = match &standing.mail {
        Mail::Nowhere => None,
        Mail::Asked(mail) => Some(json!({ "address": mail, "proved": false })),
        Mail::Proved(mail) => Some(json!({ "address": mail, "proved": true })),
    };
    let (presence, opens) = match standing.waiting.presence {
        Presence::There => ("there", None),
        Presence::Away => ("away", None),
        Presence::Closed(opens) => ("closed", opens),
    };
    json!({
        "notice": notice(house, words, standing),
        "presence": presence,
        "opens_at": opens.map(|opens| opens.to_string()),
        "minutes": standing.waiting.minutes,
        "position": standing.position,
        "reference": standing.reference,
        "late": standing.late,
        "typing": standing.typing.as_deref().map(|name| typing(words, name)),
        "desk_seen": standing.desk_seen.number(),
        "over": standing.over,
        "rate": standing.rate,
        "doors": standing.doors(),
        "mail": mail,
    })
}

fn typing(words: Words, name: &str) -> String {
    if name.is_empty() {
        return words.text("chat-typing-desk").into_owned();
    }
    words.text_with("chat-typing", &[("name", name.into())])
}

/// The one sentence above the talk.
fn notice(house: &House, words: Words, standing: &Standing) -> String {
    let reference = standing.reference.as_deref().unwrap_or_default();
    if standing.left {
        return words.text_with("chat-notice-left", &[("reference", reference.into())]);
    }
    if standing.over {
        return words.text_with("chat-notice-over", &[("reference", reference.into())]);
    }
    if let Mail::Asked(mail) = &standing.mail {
        return words.text_with("chat-notice-asked", &[("mail", mail.as_str().into())]);
    }
    if standing.late {
        return words.text("chat-notice-late").into_owned();
    }
    if let Some(name) = &standing.taken {
        return words.text_with("chat-notice-taken", &[("name", name.as_str().into())]);
    }
    let waits = standing.position.is_some();
    let answered = standing.reference.is_some() && !waits;
    match (standing.waiting.presence, &standing.mail) {
        (Presence::There, _) if answered => String::new(),
        (Presence::There, _) => there(words, standing),
        (Presence::Away | Presence::Closed(_), Mail::Proved(mail)) if waits || answered => {
            words.text_with("chat-notice-proved", &[("mail", mail.as_str().into())])
        }
        (Presence::Away, _) => words.text("chat-notice-away").into_owned(),
        (Presence::Closed(Some(opens)), _) => {
            let zone = house.desk.settings.chat.calendar.zone();
            let date = words::Value::Deadline(opens, zone);
            words.text_with("chat-notice-closed", &[("date", date)])
        }
        (Presence::Closed(None), _) => words.text("chat-notice-shut").into_owned(),
    }
}

fn there(words: Words, standing: &Standing) -> String {
    match (standing.position, standing.waiting.minutes) {
        (Some(position), Some(count)) => words.text_with(
            "chat-notice-position-minutes",
            &[("position", position.into()), ("count", count.into())],
        ),
        (Some(position), None) => {
            words.text_with("chat-notice-position", &[("position", position.into())])
        }
        (None, Some(count)) => words.text_with("chat-notice-minutes", &[("count", count.into())]),
        (None, None) => words.text("chat-notice-there").into_owned(),
    }
}

/// What holds for a channel whoever asks: its name, words, limits and links.
pub(super) fn channel(house: &House, channel: &Channel, words: Words) -> Value {
    let link = |path: &str| house.billing.site.address(&format!("/{}{path}", words.tag()));
    json!({
        "language": words.tag(),
        "name": channel.name,
        "words": said(words, &channel.name),
        "limits": {
            "characters": LONGEST,
            "files": most_files(),
            "bytes": desk::files::LARGEST,
        },
        "links": { "ticket": link("/contact"), "help": link("/help") },
    })
}

/// Every word of the widget by the name its script knows it by.
fn said(words: Words, name: &str) -> Value {
    let mut all: Map<String, Value> = PLAIN
        .iter()
        .map(|(key, id)| ((*key).to_owned(), words.text(id).into_owned().into()))
        .collect();
    let unread = |count: i64| words.text_with("chat-unread", &[("count", count.into())]);
    let mut counted: Vec<String> = (1..=9).map(unread).collect();
    counted.push(words.text("chat-unread-many").into_owned());
    all.insert("unread".to_owned(), counted.into());
    let title = words.text_with("chat-title", &[("name", name.into())]);
    all.insert("title".to_owned(), title.into());
    let megabytes = i64::try_from(desk::files::LARGEST / (1024 * 1024)).unwrap_or(0);
    let large = words.text_with("chat-file-too-large", &[("megabytes", megabytes.into())]);
    all.insert("file-too-large".to_owned(), large.into());
    all.into()
}

/// Words without anything to fill in.
const PLAIN: [(&str, &str); 39] = [
    ("open", "chat-open"),
    ("end", "chat-end"),
    ("close", "chat-close"),
    ("log", "chat-log"),
    ("text", "chat-text"),
    ("send", "chat-send"),
    ("attach", "chat-attach"),
    ("remove", "chat-remove"),
    ("you", "chat-you"),
    ("other", "chat-other"),
    ("desk", "chat-desk"),
    ("gone", "chat-gone"),
    ("seen", "chat-seen"),
    ("sending", "chat-sending"),
    ("waits", "chat-waits"),
    ("refused", "chat-refused"),
    ("drop", "chat-drop"),
    ("offline", "chat-offline"),
    ("failed", "chat-failed"),
    ("too-many-files", "chat-too-many-files"),
    ("file-refused", "chat-file-refused"),
    ("file-failed", "chat-file-failed"),
    ("doors", "chat-doors"),
    ("mail", "chat-mail"),
    ("mail-send", "chat-mail-send"),
    ("mail-hint", "chat-mail-hint"),
    ("mail-wrong", "chat-mail-wrong"),
    ("ticket", "chat-ticket"),
    ("help", "chat-help"),
    ("rate", "chat-rate"),
    ("mark-1", "chat-mark-one"),
    ("mark-2", "chat-mark-two"),
    ("mark-3", "chat-mark-three"),
    ("mark-4", "chat-mark-four"),
    ("mark-5", "chat-mark-five"),
    ("comment", "chat-comment"),
    ("rate-send", "chat-rate-send"),
    ("rate-missing", "chat-rate-missing"),
    ("typing", "chat-typing-desk"),
];
