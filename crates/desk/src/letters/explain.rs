//! A letter as JSON: how a raw mail is read, for operators and for scripts. Card numbers are masked
//! as they are before anything is stored.

use serde_json::{Value, json};

use super::files::Attached;
use super::header::Mailbox;
use super::letter::{Letter, ReturnPath, Unreadable};
use crate::mask;

/// What is read of a mail, or why it cannot be read.
#[must_use]
pub fn explain(read: &Result<Letter, Unreadable>) -> Value {
    match read {
        Ok(letter) => told(letter),
        Err(unreadable) => json!({
            "readable": false,
            "quarantine": { "code": unreadable.code, "why": unreadable.why },
        }),
    }
}

fn told(letter: &Letter) -> Value {
    let mut all = json!({
        "readable": true,
        "subject": mask::cards(&letter.subject),
        "from": letter.from.as_ref().map(mailbox),
        "sender": letter.sender.as_ref().map(mailbox),
        "sender_why": letter.sender_why,
        "reply_to": mailboxes(&letter.reply_to),
        "to": mailboxes(&letter.to),
        "cc": mailboxes(&letter.cc),
        "return_path": return_path(&letter.return_path),
        "delivered_to": letter.delivered_to,
        "message_id": letter.message_id,
        "synthetic": letter.synthetic,
        "in_reply_to": letter.in_reply_to,
        "references": letter.references,
        "markers": letter.markers,
        "date": letter.date.to_string(),
        "date_header": letter.date_header.map(|date| date.to_string()),
        "language": letter.language.map(base::Language::tag),
        "text": mask::cards(&letter.text),
        "new_text": mask::cards(&letter.fresh),
        "html": letter.html.as_deref().map(mask::cards_in_html),
        "attachments": letter.files.iter().map(file).collect::<Vec<Value>>(),
    });
    if let (Some(all), Value::Object(found)) = (all.as_object_mut(), findings(letter)) {
        all.extend(found);
    }
    all
}

/// What the mail is, beside what it says.
fn findings(letter: &Letter) -> Value {
    json!({
        "automatic": letter.automatic.as_ref().map(|automatic| json!({
            "kind": automatic.kind.as_str(), "why": automatic.why,
        })),
        "bounce": letter.bounce.as_ref().map(|bounce| json!({
            "class": bounce.class.as_str(),
            "why": bounce.why,
            "address_is_dead": bounce.dead,
            "recipient": bounce.recipient,
            "status": bounce.status,
            "diagnostic": bounce.diagnostic,
            "original": bounce.original,
        })),
        "own": letter.own,
        "verdict": {
            "standing": letter.verdict.standing.as_str(),
            "why": letter.verdict.why,
            "policy": letter.verdict.policy,
        },
        "form": letter.form.as_ref().map(|form| json!({
            "language": form.language.map(base::Language::tag),
            "fields": form
                .fields
                .iter()
                .map(|(field, value)| (field.as_str().to_owned(), json!(mask::cards(value))))
                .collect::<serde_json::Map<String, Value>>(),
        })),
        "forwarded": letter.forwarded.as_ref().map(|forwarded| json!({
            "from": mailbox(&forwarded.from), "subject": forwarded.subject,
        })),
        "no_automatic_answer": letter.silent,
        "quarantine": letter.hold.as_ref().map(|hold| json!({
            "code": hold.code, "why": hold.why,
        })),
        "hops": letter.hops,
        "sha256": letter.sha256,
        "problems": letter.problems,
    })
}

fn mailbox(one: &Mailbox) -> Value {
    json!({ "name": one.name, "address": one.address, "valid": one.is_valid() })
}

fn mailboxes(all: &[Mailbox]) -> Vec<Value> {
    all.iter().map(mailbox).collect()
}

fn return_path(path: &ReturnPath) -> Value {
    match path {
        ReturnPath::Unknown => Value::Null,
        ReturnPath::Null => json!("<>"),
        ReturnPath::Of(address) => json!(address),
    }
}

fn file(one: &Attached) -> Value {
    json!({
        "name": one.name,
        "safe_name": one.safe_name,
        "declared": one.declared,
        "type": one.sniffed.unwrap_or(&one.declared),
        "size": one.size,
        "sha256": one.sha256,
        "inline": one.inline,
        "source": one.source.as_str(),
    })
}
