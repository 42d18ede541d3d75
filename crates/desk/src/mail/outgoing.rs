//! A mail on its way out, where it stands, and when it is tried again.

use base::id::{CaseId, MailId};
use base::{Chance, Language, SignedDuration, Timestamp};

use super::Carriage;

/// A mail on its way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// Its id.
    pub id: MailId,
    /// Whom it goes to.
    pub to: String,
    /// The language it is written in.
    pub language: Language,
    /// What it is: `receipt`.
    pub kind: String,
    /// The id of what it is about.
    pub about: Option<String>,
    /// One line.
    pub subject: String,
    /// As text.
    pub text: String,
    /// As a page.
    pub html: String,
    /// The header Message-ID without its brackets.
    pub message_id: String,
    /// Where it stands.
    pub state: State,
    /// How often it was tried since it was queued.
    pub attempts: u32,
    /// Why the last try failed.
    pub last_error: Option<String>,
    /// When it was written.
    pub created_at: Timestamp,
    /// When a server took it.
    pub sent_at: Option<Timestamp>,
    /// What it carries if it belongs to a case.
    pub carriage: Option<Carriage>,
}

impl Outgoing {
    /// The case it belongs to, by what it carries or by what it is about.
    #[must_use]
    pub fn case(&self) -> Option<CaseId> {
        let carried = self.carriage.as_ref().and_then(|carriage| carriage.case);
        carried.or_else(|| self.about.as_deref().and_then(|about| about.parse().ok()))
    }

    /// Whether staff may read what it says. Whatever else goes out may carry a key to a customer's
    /// own page: nobody but its reader sees that.
    #[must_use]
    pub fn may_be_read(&self) -> bool {
        matches!(
            self.kind.as_str(),
            "receipt" | "receipt_again" | "charge_details" | "mail_too_large"
        )
    }
}

/// Where a mail stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It waits for its next try.
    Queued,
    /// A mail server took it.
    Sent,
    /// It was given up, or refused for good.
    Failed,
    /// No mail server is configured: it is shown to staff and on the demo's page only.
    Kept,
}

impl State {
    /// The word it is stored and shown as.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            State::Queued => "queued",
            State::Sent => "sent",
            State::Failed => "failed",
            State::Kept => "kept",
        }
    }
}

impl std::fmt::Display for State {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.as_str())
    }
}

impl std::str::FromStr for State {
    type Err = &'static str;

    fn from_str(word: &str) -> Result<State, &'static str> {
        let all = [State::Queued, State::Sent, State::Failed, State::Kept];
        all.into_iter().find(|state| state.as_str() == word).ok_or("no state of a mail")
    }
}

/// Minutes to wait after the first, second, … failed try: about three days in all.
const WAITS: [i64; 9] = [1, 5, 15, 60, 180, 360, 720, 1440, 1440];

/// How long to wait after so many failed tries; none when it is given up.
///
/// Chance adds up to a tenth, so that what failed together does not come back together.
pub(super) fn wait_after(tries: u32, chance: &Chance) -> Option<SignedDuration> {
    let nth = usize::try_from(tries).ok()?.checked_sub(1)?;
    let seconds = WAITS.get(nth)? * 60;
    let tenth = u64::try_from(seconds / 10).unwrap_or(0);
    let extra = i64::try_from(chance.below(tenth + 1)).unwrap_or(0);
    Some(SignedDuration::from_secs(seconds + extra))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_for_three_days_and_then_end() {
        let chance = Chance::seeded(1);
        let waits: Vec<i64> =
            (1..=9).map(|tries| wait_after(tries, &chance).unwrap().as_mins()).collect();
        assert!(waits.is_sorted(), "{waits:?}");
        assert!(
            (1..=2).contains(&waits[0]) && (65..=85).contains(&(waits.iter().sum::<i64>() / 60))
        );
        assert_eq!(wait_after(10, &chance), None);
        assert_eq!(wait_after(0, &chance), None);
    }
}
