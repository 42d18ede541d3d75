//! How cases read in the console: states, times that are left, channels and events in words.

use std::borrow::Cow;

use base::{SignedDuration, Timestamp};
use desk::cases::{
    Case, CaseEvent, CaseState, Delivery, EventKind, Origin, Priority, Third, ThreadKind,
};
use desk::social::{Media, MediaState};

use crate::parts::Markup;
use crate::parts::state::{Tone, chip};

/// Where a case stands, and for whom it waits.
pub(crate) fn state(case: &Case) -> Markup {
    let (tone, icon) = match case.state {
        CaseState::New => (Tone::Wait, "plus"),
        CaseState::Open => (Tone::Wait, "person"),
        CaseState::WaitingCustomer => (Tone::Plain, "clock"),
        CaseState::WaitingThirdParty => (Tone::Plain, "bank"),
        CaseState::Snoozed => (Tone::Plain, "moon"),
        CaseState::Solved => (Tone::Good, "check"),
        CaseState::Closed => (Tone::Plain, "lock"),
    };
    match case.waiting_for {
        Some(third) => chip(tone, icon, &format!("waiting for {}", third_party(&third))),
        None => chip(tone, icon, state_name(&case.state)),
    }
}

/// A state as people say it.
pub(crate) const fn state_name(state: &CaseState) -> &'static str {
    match state {
        CaseState::New => "new",
        CaseState::Open => "open",
        CaseState::WaitingCustomer => "waiting for customer",
        CaseState::WaitingThirdParty => "waiting for others",
        CaseState::Snoozed => "snoozed",
        CaseState::Solved => "solved",
        CaseState::Closed => "closed",
    }
}

/// Whom a case waits for.
pub(crate) const fn third_party(third: &Third) -> &'static str {
    match third {
        Third::Processor => "the processor",
        Third::Creator => "the creator",
        Third::Studio => "the studio",
        Third::Bank => "the bank",
        Third::Engineering => "engineering",
    }
}

/// Something that came over a messenger and is no file of its message, yet or at all.
pub(crate) fn media(media: &Media) -> String {
    let what = match media.what.as_str() {
        "image" | "photo" => "The picture",
        "voice" | "audio" => "The voice message",
        "video" => "The video",
        "sticker" => "The sticker",
        _ => "The file",
    };
    let name = media.name.as_deref().map(|name| format!(" {name}")).unwrap_or_default();
    match media.state {
        MediaState::Failed => {
            let why = media.reason.as_deref().unwrap_or("nobody knows why");
            format!("{what}{name} could not be fetched: {why}.")
        }
        MediaState::Waiting | MediaState::Kept => format!("{what}{name} is being fetched."),
    }
}

/// How pressing a case is; nothing is said while it is as usual.
pub(crate) fn priority(priority: &Priority) -> Markup {
    match priority {
        Priority::Normal => Markup(Cow::Borrowed("")),
        Priority::Low => chip(Tone::Plain, "minus", "low"),
        Priority::High => chip(Tone::Wait, "alert", "high"),
        Priority::Urgent => chip(Tone::Bad, "alert", "urgent"),
    }
}

/// Which way something came.
pub(crate) const fn by(origin: &Origin) -> &'static str {
    match origin {
        Origin::Form => "by form",
        Origin::Mail => "by mail",
        Origin::Chat => "by chat",
        Origin::WhatsApp => "by WhatsApp",
        Origin::Telegram => "by Telegram",
        Origin::Other => "by another channel",
        Origin::Phone => "by phone",
        Origin::Api => "by the host site",
        Origin::Import => "imported",
        Origin::Billing => "from billing",
        Origin::Staff => "by staff",
    }
}

/// A thread by the name that its tab has.
pub(crate) const fn thread(kind: ThreadKind) -> &'static str {
    match kind {
        ThreadKind::Customer => "Customer",
        ThreadKind::Internal => "Note",
        ThreadKind::Creator => "Creator",
        ThreadKind::Processor => "Processor",
    }
}

/// How far an answer has come; nothing for what goes nowhere.
pub(crate) fn delivery(delivery: &Delivery) -> Markup {
    match delivery {
        Delivery::None => Markup(Cow::Borrowed("")),
        Delivery::Waiting => chip(Tone::Wait, "clock", "can be taken back"),
        Delivery::Queued => chip(Tone::Wait, "clock", "on its way"),
        Delivery::Sent => chip(Tone::Plain, "check", "sent"),
        Delivery::Delivered => chip(Tone::Good, "check", "delivered"),
        Delivery::Read => chip(Tone::Good, "check", "read"),
        Delivery::Failed => chip(Tone::Bad, "cross", "not delivered"),
        Delivery::Withdrawn => chip(Tone::Plain, "give-back", "taken back"),
    }
}

/// When something is due: the words, and how they feel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Due {
    /// `2 h left`, `late by 3 h`.
    pub(crate) words: String,
    /// `late`, `soon` or nothing.
    pub(crate) class: &'static str,
    /// The time itself.
    pub(crate) at: Timestamp,
}

/// The time that is left for a case that somebody must do something about.
pub(crate) fn due(case: &Case, now: Timestamp) -> Option<Due> {
    let at = case.due_at.filter(|_| case.state.is_open())?;
    let left = at.duration_since(now);
    let (words, class) = if left.is_negative() {
        (format!("late by {}", span(left.abs())), "late")
    } else if left < SignedDuration::from_hours(4) {
        (format!("{} left", span(left)), "soon")
    } else {
        (format!("{} left", span(left)), "")
    };
    Some(Due { words, class, at })
}

/// How long ago something was.
pub(crate) fn ago(at: &Timestamp, now: &Timestamp) -> String {
    let since = now.duration_since(*at);
    if since < SignedDuration::from_mins(1) { "now".into() } else { format!("{} ago", span(since)) }
}

/// A span as people say it: its largest part only.
pub(crate) fn span(span: SignedDuration) -> String {
    let minutes = span.as_mins();
    match minutes {
        ..60 => format!("{} min", minutes.max(1)),
        60..2880 => format!("{} h", minutes / 60),
        _ => format!("{} d", minutes / 1440),
    }
}

/// How large a file is.
pub(crate) fn size(bytes: &i64) -> String {
    match *bytes {
        ..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KB", bytes / 1024),
        _ => format!("{} MB", bytes / 1_048_576),
    }
}

/// What happened, as a sentence without its author; none for what the page shows otherwise.
pub(crate) fn event(event: &CaseEvent) -> Option<(&'static str, String)> {
    let word = |key: &str| {
        let value = event.body.get(key).and_then(|value| value.as_str()).unwrap_or_default();
        value.replace('_', " ")
    };
    let first = |keys: &[&str]| {
        keys.iter().map(|key| word(key)).find(|word| !word.is_empty()).unwrap_or_default()
    };
    let said = match event.kind {
        EventKind::Message | EventKind::Note | EventKind::Delivery => return None,
        EventKind::Opened => ("plus", "opened this case".to_owned()),
        EventKind::State => ("arrow", format!("moved it to {}", first(&["to", "state"]))),
        EventKind::Assigned => ("person", "changed who works on it".to_owned()),
        EventKind::Team => ("person", format!("gave it to {}", first(&["to", "team"]))),
        EventKind::Tagged => ("plus", format!("added the tag {}", word("tag"))),
        EventKind::Untagged => ("minus", format!("took off the tag {}", word("tag"))),
        EventKind::Priority => ("alert", format!("set it to {}", first(&["to", "priority"]))),
        EventKind::Subject => ("arrow", "changed the subject".to_owned()),
        EventKind::Topic => ("arrow", format!("changed the topic to {}", first(&["to", "topic"]))),
        EventKind::Side => ("arrow", format!("changed the side to {}", first(&["to", "side"]))),
        EventKind::Language => ("globe", format!("answers in {} now", first(&["to", "language"]))),
        EventKind::Snoozed => ("moon", "put it away for a while".to_owned()),
        EventKind::Woken => ("sun", "it came back".to_owned()),
        EventKind::Spam => ("cross", "called it spam".to_owned()),
        EventKind::NotSpam => ("check", "called it no spam".to_owned()),
        EventKind::Held => ("lock", "put it on hold: it is not erased".to_owned()),
        EventKind::Released => ("lock", "released the hold".to_owned()),
        EventKind::Escalated => ("alert", "escalated it".to_owned()),
        EventKind::Merged => ("plus", "merged cases".to_owned()),
        EventKind::Unmerged => ("minus", "undid the merge".to_owned()),
        EventKind::Moved => ("arrow", "a message moved between cases".to_owned()),
        EventKind::Split => ("minus", "split off a case".to_owned()),
        EventKind::Linked => ("plus", "linked a case".to_owned()),
        EventKind::Referred => ("receipt", format!("attached {}", first(&["id", "kind"]))),
        EventKind::Joined => ("person", "somebody takes part".to_owned()),
        EventKind::Withdrawn => ("give-back", "took back a message".to_owned()),
        EventKind::Redacted => match word("why").as_str() {
            "retention" => ("lock", "removed what was said: its time was over".to_owned()),
            "erasure" => ("lock", "removed what was said: they asked to be forgotten".to_owned()),
            _ => ("lock", "removed a text".to_owned()),
        },
        EventKind::Rated => ("heart", "the customer rated the answer".to_owned()),
        EventKind::Billing => ("coin", billing(event)),
        EventKind::Clock => ("clock", format!("promise: {}", first(&["what", "state", "kind"]))),
    };
    Some(said)
}

/// What the money side did, with how many tokens if it says so.
fn billing(event: &CaseEvent) -> String {
    let told = event.body.get("told").and_then(|told| told.as_str()).unwrap_or("something");
    let told = told.replace(['.', '_'], " ");
    match event.body.get("tokens").and_then(serde_json::Value::as_i64) {
        Some(tokens) => format!("{told}: {tokens} tokens"),
        None => told,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_said_by_their_largest_part() {
        let table = [(20, "1 min"), (59 * 60, "59 min"), (3600, "1 h"), (47 * 3600, "47 h")];
        for (seconds, words) in table {
            assert_eq!(span(SignedDuration::from_secs(seconds)), words);
        }
        assert_eq!(span(SignedDuration::from_hours(72)), "3 d");
        let now: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
        assert_eq!(ago(&now, &now), "now");
    }
}
