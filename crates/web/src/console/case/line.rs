//! The time line of a case: what was said in every thread, what was done, and what happened to the
//! money, in one order.

use std::collections::HashMap;

use base::Timestamp;
use base::id::{AddressId, MessageId};
use desk::cases::{Author, CaseEvent, Delivery, Direction, Message, ThreadKind};
use desk::files::File;
use desk::inbox::Faces;
use desk::social::Media;

use super::words;
use crate::parts::Markup;

/// A line: something said, or something that happened.
pub(crate) struct Line {
    pub(crate) at: Timestamp,
    pub(crate) seq: i64,
    pub(crate) said: Option<Said>,
    pub(crate) event: Option<Event>,
}

/// Something that was said.
pub(crate) struct Said {
    pub(crate) message: Message,
    pub(crate) who: String,
    /// To whom, or who may read it.
    pub(crate) reads: &'static str,
    /// The words of the style sheet.
    pub(crate) class: String,
    pub(crate) by: &'static str,
    /// Where it came from or goes to.
    pub(crate) address: Option<String>,
    pub(crate) files: Vec<File>,
    /// What came over a messenger and is no file yet, or at all.
    pub(crate) media: Vec<Media>,
    /// The whole text, where more came than is new.
    pub(crate) whole: Option<String>,
    /// What should make staff careful.
    pub(crate) warning: Option<&'static str>,
    pub(crate) may_withdraw: bool,
    pub(crate) may_split: bool,
}

/// Something that happened.
pub(crate) struct Event {
    pub(crate) icon: &'static str,
    pub(crate) who: String,
    pub(crate) words: String,
    /// To the money.
    pub(crate) money: bool,
    pub(crate) link: Option<String>,
}

/// What is known beside the messages.
pub(crate) struct Beside<'a> {
    pub(crate) faces: &'a Faces,
    pub(crate) addresses: &'a HashMap<AddressId, String>,
    pub(crate) files: &'a HashMap<MessageId, Vec<File>>,
    pub(crate) media: &'a [Media],
    pub(crate) now: Timestamp,
}

/// Who did something, as colleagues read it.
pub(crate) fn author(author: &Author, faces: &Faces) -> String {
    match author {
        Author::Person(id) => faces.person(*id).unwrap_or("Without a name").to_owned(),
        Author::Staff(id) => faces.staff(*id).unwrap_or("A colleague").to_owned(),
        Author::Program(_) => "The host site".to_owned(),
        Author::Rule => "A rule".to_owned(),
        Author::Billing => "Billing".to_owned(),
        Author::System => "Paydesk".to_owned(),
    }
}

impl Said {
    pub(crate) fn of(message: Message, beside: &Beside<'_>) -> Said {
        let from_us = matches!(message.direction, Direction::Out);
        let thread = match message.thread_kind {
            ThreadKind::Customer => "",
            ThreadKind::Internal => " in-note",
            ThreadKind::Creator => " in-creator",
            ThreadKind::Processor => " in-processor",
        };
        let gone = if message.withdrawn_at.is_some() { " withdrawn" } else { "" };
        let waits = message.delivery == Delivery::Waiting;
        let address = message.address.and_then(|id| beside.addresses.get(&id)).cloned();
        Said {
            who: author(&message.author, beside.faces),
            reads: match message.thread_kind {
                ThreadKind::Customer if from_us => "to the customer",
                ThreadKind::Customer => "",
                ThreadKind::Internal => "note for staff only",
                ThreadKind::Creator => "with the creator",
                ThreadKind::Processor => "with the processor",
            },
            class: format!("{}{thread}{gone}", if from_us { " from-us" } else { "" }),
            by: words::by(&message.channel),
            address,
            files: beside.files.get(&message.id).cloned().unwrap_or_default(),
            media: beside.media.iter().filter(|it| it.message == message.id).cloned().collect(),
            whole: (message.text.trim() != message.fresh.trim()).then(|| message.text.clone()),
            warning: warning(&message),
            may_withdraw: waits && message.undo_until.is_some_and(|until| until > beside.now),
            may_split: message.direction == Direction::In
                && message.thread_kind == ThreadKind::Customer,
            message,
        }
    }

    pub(crate) fn delivery(&self) -> Markup {
        words::delivery(&self.message.delivery)
    }

    /// Whether the mail shows pictures that did not come with it.
    pub(crate) fn has_remote_pictures(&self) -> bool {
        let html = self.message.html.as_deref().unwrap_or_default();
        html.contains("data-remote=\"")
    }

    pub(crate) fn is_picture(&self, file: &File) -> bool {
        super::file::is_picture(&file.kind)
    }
}

fn warning(message: &Message) -> Option<&'static str> {
    if message.automatic.is_some() {
        return Some("A program wrote this, not a person.");
    }
    if message.bounce.is_some() {
        return Some("This tells that a mail came back.");
    }
    let failed = message.verdict.as_deref() == Some("failed");
    failed.then_some("The sender is not proved: somebody else may have written this.")
}

impl Line {
    pub(crate) fn said(said: Said) -> Line {
        let (at, seq) = (said.message.created_at, said.message.seq);
        Line { at, seq, said: Some(said), event: None }
    }

    /// What happened to the case; none for what is shown otherwise.
    pub(crate) fn happened(event: &CaseEvent, faces: &Faces) -> Option<Line> {
        let (icon, words) = words::event(event)?;
        let who = author(&event.author, faces);
        let money = event.kind == desk::cases::EventKind::Billing;
        let event_line = Event { icon, who, words, money, link: None };
        Some(Line { at: event.at, seq: event.seq, said: None, event: Some(event_line) })
    }

    /// What happened to the money.
    pub(crate) fn money(at: Timestamp, icon: &'static str, words: String, link: String) -> Line {
        let event = Event { icon, who: String::new(), words, money: true, link: Some(link) };
        Line { at, seq: 0, said: None, event: Some(event) }
    }
}
