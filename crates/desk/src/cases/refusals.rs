//! How the desk says no about cases.

use base::{Kind, Refusal};

/// There is no such case.
pub const UNKNOWN: Refusal =
    Refusal::new(Kind::NotFound, "case_unknown", "there is no case with this id");
/// There is no such message.
pub const MESSAGE_UNKNOWN: Refusal =
    Refusal::new(Kind::NotFound, "message_unknown", "there is no message with this id");
/// Somebody else wrote meanwhile.
pub const NEWER_MESSAGE: Refusal = Refusal::new(
    Kind::Conflict,
    "newer_message",
    "somebody else wrote in this thread meanwhile; read it, then send again",
);
/// Somebody changed the case meanwhile.
pub const CHANGED: Refusal = Refusal::new(
    Kind::Conflict,
    "case_changed",
    "the case was changed meanwhile; read it, then decide again",
);
/// The move is not in the table.
pub const NO_SUCH_MOVE: Refusal = Refusal::new(
    Kind::Conflict,
    "case_state_not_reachable",
    "a case cannot go from the state it is in to that one",
);
/// The case is closed.
pub const CLOSED: Refusal = Refusal::new(
    Kind::Conflict,
    "case_closed",
    "a closed case stays as it is; open another and link them",
);
/// The case is part of another now.
pub const MERGED: Refusal = Refusal::new(
    Kind::Conflict,
    "case_merged",
    "the case is part of another one now; change that one, or undo the merge",
);
/// A merge that cannot be.
pub const NOT_MERGED: Refusal = Refusal::new(
    Kind::Conflict,
    "case_not_merged",
    "only a case that is part of another can be taken out of it",
);
/// Two cases cannot become one.
pub const CANNOT_MERGE: Refusal = Refusal::new(
    Kind::Conflict,
    "case_cannot_be_merged",
    "a case is merged into another that is not closed, not itself, and not part of it",
);
/// Two cases of different people cannot become one.
pub const ANOTHER_PERSON: Refusal = Refusal::new(
    Kind::Rule,
    "case_of_another_person",
    "both cases must be of one person or one customer, so that nobody reads what another wrote; \
     link them instead",
);
/// The case has too many messages to be merged.
pub const TOO_LONG_TO_MERGE: Refusal = Refusal::new(
    Kind::TooLarge,
    "case_too_long_to_merge",
    "a case of more than 500 messages is linked, not merged",
);
/// What cannot become a case of its own.
pub const CANNOT_SPLIT: Refusal = Refusal::new(
    Kind::Rule,
    "message_cannot_be_split",
    "only what a customer wrote becomes a case of its own, and not the first message of a case",
);
/// The message has left, or goes nowhere.
pub const HAS_LEFT: Refusal = Refusal::new(
    Kind::Conflict,
    "message_has_left",
    "only an answer that has not left yet can be taken back",
);
/// The address has no part in the thread.
pub const NOT_IN_THREAD: Refusal = Refusal::new(
    Kind::Rule,
    "address_not_in_thread",
    "an answer goes to somebody who takes part in that thread and may read it",
);
/// There is too much of something.
pub const TOO_LONG: Refusal = Refusal::new(
    Kind::TooLarge,
    "message_too_long",
    "a message has 1 MiB of text, 4 MiB as a page and 20 files at most",
);
/// A message says nothing.
pub const EMPTY: Refusal =
    Refusal::new(Kind::Malformed, "message_empty", "a message has a text or a file");
/// Not a tag.
pub const TAG: Refusal = Refusal::new(
    Kind::Malformed,
    "tag_not_valid",
    "a tag is 1 to 40 letters, digits, hyphens and underscores; a case has 30 at most",
);
/// A time that is over.
pub const PAST: Refusal = Refusal::new(
    Kind::Malformed,
    "time_is_over",
    "a case comes back at a time to come, within a year",
);
/// It cannot go further up.
pub const TOP: Refusal =
    Refusal::new(Kind::Conflict, "case_at_the_top", "the case was escalated twice already");
/// They may not work on it.
pub const NOT_FOR_THEM: Refusal = Refusal::new(
    Kind::Rule,
    "staff_may_not_see_the_case",
    "only somebody who is active and may see the cases of this team can work on it",
);
/// A reason is missing.
pub const REASON: Refusal =
    Refusal::new(Kind::Malformed, "reason_missing", "give a reason of 1 to 300 characters");
/// The file is unknown or belongs to another message.
pub const FILE: Refusal = Refusal::new(
    Kind::NotFound,
    "message_file_unknown",
    "a message takes files that were kept and belong to no other message",
);
/// Too many take part.
pub const CROWD: Refusal =
    Refusal::new(Kind::Rule, "case_too_crowded", "at most 30 addresses take part in a case");
