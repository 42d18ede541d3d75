//! Whether the customer of a solved case is asked how we did: pure, and decided once for each case.

use store::terms;

use crate::cases::{Case, Origin};

terms! {
    /// What became of a case's survey.
    Outcome {
        /// It was sent.
        Sent = "sent",
        /// The case is thought to be spam.
        Spam = "spam",
        /// It is part of another case.
        Merged = "merged",
        /// No person wrote it: the money side, an import, a machine.
        Automatic = "automatic",
        /// Nobody answered, so there is nothing to say about it.
        Unanswered = "unanswered",
        /// They said how we did already.
        Rated = "rated",
        /// They are blocked, or nothing about them is kept.
        Gone = "gone",
        /// There is no mail address that is known to be theirs.
        NoAddress = "no_address",
        /// Mail to the address comes back, or it may not be written to.
        Suppressed = "suppressed",
        /// They want no surveys.
        Stopped = "stopped",
        /// They were asked not long ago.
        AskedLately = "asked_lately",
    }
}

/// What is known besides the case.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Facts {
    /// A person wrote in it, and no machine.
    pub(super) by_person: bool,
    /// They said how we did.
    pub(super) rated: bool,
    /// They are blocked or erased.
    pub(super) gone: bool,
    /// A mail address is known to be theirs.
    pub(super) reached: bool,
    /// It is not written to.
    pub(super) suppressed: bool,
    /// It wants no surveys.
    pub(super) stopped: bool,
    /// They were asked not long ago.
    pub(super) asked_lately: bool,
}

/// Whether to ask.
pub(super) fn decide(case: &Case, facts: Facts) -> Outcome {
    let machine = matches!(case.origin, Origin::Billing | Origin::Import) || !facts.by_person;
    let reasons = [
        (case.spam_at.is_some(), Outcome::Spam),
        (case.merged_into.is_some(), Outcome::Merged),
        (machine, Outcome::Automatic),
        (case.first_answer_at.is_none(), Outcome::Unanswered),
        (facts.rated, Outcome::Rated),
        (facts.gone, Outcome::Gone),
        (!facts.reached, Outcome::NoAddress),
        (facts.suppressed, Outcome::Suppressed),
        (facts.stopped, Outcome::Stopped),
        (facts.asked_lately, Outcome::AskedLately),
    ];
    reasons.into_iter().find(|(is, _)| *is).map_or(Outcome::Sent, |(_, outcome)| outcome)
}
