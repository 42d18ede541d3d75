//! A visitor's way into the chat, in one browser, and where in its talk something stands.

use base::id::{AddressId, CaseId, ChatSessionId, PersonId};
use base::{Kind, Language, Refusal, SignedDuration, Timestamp};

/// The token opens nothing.
pub const NO_SESSION: Refusal = Refusal::new(
    Kind::Unauthenticated,
    "chat_session_not_valid",
    "this chat session has ended; start a new one",
);

/// How long a stranger's talk stays in the browser.
pub(super) const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long somebody the host vouched for stays so, counted from the last time it did.
pub(super) const VOUCHED_FOR: SignedDuration = SignedDuration::from_hours(24);

/// A visitor's way into the chat, in one browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Names it; opens nothing.
    pub id: ChatSessionId,
    /// The channel it was begun on.
    pub channel: String,
    /// Who the host site says it is; nobody for a stranger.
    pub subject: Option<String>,
    /// What the host calls them.
    pub name: Option<String>,
    /// The mail address the host vouches for.
    pub vouched_mail: Option<String>,
    /// What they read.
    pub language: Language,
    /// The page they asked from.
    pub page: Option<String>,
    /// Who speaks, once something was said.
    pub person: Option<PersonId>,
    /// The chat address they speak from.
    pub address: Option<AddressId>,
    /// What they talk about, once something was said.
    pub case: Option<CaseId>,
    /// How many cases the session has gone through before this one.
    pub turn: i64,
    /// The first event of the case that is theirs to read.
    pub from_seq: i64,
    /// The last event the visitor has had before their eyes.
    pub seen_seq: i64,
    /// The last event somebody of the desk has.
    pub desk_seen_seq: i64,
    /// The last event that went by mail.
    pub mailed_seq: i64,
    /// When a mail last went.
    pub mailed_at: Option<Timestamp>,
    /// Where answers go when nobody looks.
    pub mail: Option<String>,
    /// When that address was proved, by the host's word or by opening a link.
    pub mail_proved_at: Option<Timestamp>,
    /// When it began.
    pub created_at: Timestamp,
    /// When something was last heard of the visitor.
    pub seen_at: Timestamp,
    /// When they left, or were silent for too long.
    pub left_at: Option<Timestamp>,
    /// It opens nothing from then on.
    pub expires_at: Timestamp,
}

/// A place in a session's talk: which of its cases, and which event there.
///
/// On the wire it is one number, so that a browser can compare: in the first case simply the number
/// of the event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Which case, counted from nought.
    pub turn: i64,
    /// Which event of it.
    pub seq: i64,
}

/// A case may have so many events before its numbers would run into the next case's.
const TURN: i64 = 1 << 32;

impl Place {
    /// The place as one number, which a browser's numbers can hold.
    #[must_use]
    pub const fn number(self) -> i64 {
        self.turn * TURN + self.seq
    }

    /// The place with this number; the beginning if it cannot be one.
    #[must_use]
    pub const fn of(number: i64) -> Place {
        if number < 0 || number / TURN >= (1 << 20) {
            return Place { turn: 0, seq: 0 };
        }
        Place { turn: number / TURN, seq: number % TURN }
    }
}

impl Session {
    /// The event behind which to go on reading, for somebody who has read up to there.
    #[must_use]
    pub fn after(&self, place: Place) -> i64 {
        let begins = self.from_seq - 1;
        if place.turn == self.turn { place.seq.max(begins) } else { begins }
    }

    /// An event of the present case as a place.
    #[must_use]
    pub fn place(&self, seq: i64) -> Place {
        Place { turn: self.turn, seq }
    }

    /// The mail address answers may go to, if one is proved.
    #[must_use]
    pub fn proved_mail(&self) -> Option<&str> {
        let asked = self.mail.as_deref().filter(|_| self.mail_proved_at.is_some());
        asked.or(self.vouched_mail.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_one_number_and_later_ones_are_larger() {
        let place = |turn, seq| Place { turn, seq };
        assert_eq!(place(0, 17).number(), 17);
        assert_eq!(Place::of(place(3, 9).number()), place(3, 9));
        assert!(place(1, 1).number() > place(0, 100_000).number());
        assert_eq!(Place::of(-1), Place::default());
        assert_eq!(Place::of(i64::MAX), Place::default());
    }
}
