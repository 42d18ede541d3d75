//! What happened to a case: numbered without gaps, for the time line, the live feed and reports.

use base::Timestamp;
use base::id::CaseId;

use super::Author;
use store::terms;

terms! {
    /// What happened.
    EventKind {
        /// It came.
        Opened = "opened",
        /// Somebody wrote.
        Message = "message",
        /// Staff wrote a note.
        Note = "note",
        /// It stands elsewhere now.
        State = "state",
        /// Somebody else works on it.
        Assigned = "assigned",
        /// Another team works on it.
        Team = "team",
        /// It got a tag.
        Tagged = "tagged",
        /// It lost a tag.
        Untagged = "untagged",
        /// It is more or less urgent.
        Priority = "priority",
        /// It has another subject.
        Subject = "subject",
        /// It is another kind of problem.
        Topic = "topic",
        /// The problem is on another side.
        Side = "side",
        /// It is answered in another language.
        Language = "language",
        /// It was put away until a time.
        Snoozed = "snoozed",
        /// It came back.
        Woken = "woken",
        /// It is thought to be unwanted.
        Spam = "spam",
        /// It is wanted after all.
        NotSpam = "not_spam",
        /// It may not be erased.
        Held = "held",
        /// It may be erased again.
        Released = "released",
        /// It went a step up.
        Escalated = "escalated",
        /// It became part of another, or another became part of it.
        Merged = "merged",
        /// That was undone.
        Unmerged = "unmerged",
        /// A message came over from another case, or went to one.
        Moved = "moved",
        /// A part of it became a case of its own.
        Split = "split",
        /// It belongs together with another.
        Linked = "linked",
        /// It is about something of the money side.
        Referred = "referred",
        /// Somebody takes part.
        Joined = "joined",
        /// A message has come further, or could not be delivered.
        Delivery = "delivery",
        /// A message was taken back.
        Withdrawn = "withdrawn",
        /// The text of a message was removed.
        Redacted = "redacted",
        /// The customer said how it went.
        Rated = "rated",
        /// The money side did something about it.
        Billing = "billing",
        /// A promise was made, kept or broken.
        Clock = "clock",
    }
}

/// Something that happened to a case.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseEvent {
    /// To which case.
    pub case: CaseId,
    /// Its number within the case, from 1, without gaps.
    pub seq: i64,
    /// What.
    pub kind: EventKind,
    /// Who did it.
    pub author: Author,
    /// The particulars: ids and words, never what somebody wrote.
    pub body: serde_json::Value,
    /// When.
    pub at: Timestamp,
}
