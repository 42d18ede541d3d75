//! States as icon and word, the same everywhere in the console. Colour only repeats the word.

use std::borrow::Cow;

use billing::AccountStatus;
use billing::notices::Filed;
use billing::payments::{AttemptState, OperationState, PaymentState};
use billing::routing::Stands;
use desk::mail;

use super::{Markup, icon};

/// How a state feels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// As it should be.
    Good,
    /// Not settled.
    Wait,
    /// Against us.
    Bad,
    /// Neither.
    Plain,
}

/// An icon and a word of ours.
pub(crate) fn chip(tone: Tone, icon_name: &str, word: &str) -> Markup {
    let class = match tone {
        Tone::Good => "state state-good",
        Tone::Wait => "state state-wait",
        Tone::Bad => "state state-bad",
        Tone::Plain => "state",
    };
    let word = word.replace('_', " ");
    Markup(Cow::Owned(format!("<span class=\"{class}\">{} {word}</span>", icon(icon_name))))
}

/// Where a payment stands.
pub(crate) fn of_payment(state: &PaymentState) -> Markup {
    let (tone, icon) = match state {
        PaymentState::RequiresMethod => (Tone::Plain, "minus"),
        PaymentState::RequiresAction => (Tone::Wait, "person"),
        PaymentState::Processing => (Tone::Wait, "clock"),
        PaymentState::Authorized => (Tone::Wait, "lock"),
        PaymentState::Captured => (Tone::Good, "check"),
        PaymentState::Canceled => (Tone::Plain, "minus"),
        PaymentState::Failed => (Tone::Bad, "cross"),
    };
    chip(tone, icon, state.as_str())
}

/// Where an attempt stands.
pub(crate) fn of_attempt(state: &AttemptState) -> Markup {
    let (tone, icon) = match state {
        AttemptState::Created => (Tone::Plain, "plus"),
        AttemptState::Sent | AttemptState::Pending => (Tone::Wait, "clock"),
        AttemptState::ActionRequired => (Tone::Wait, "person"),
        AttemptState::Unknown => (Tone::Wait, "question"),
        AttemptState::Authorized => (Tone::Wait, "lock"),
        AttemptState::Captured => (Tone::Good, "check"),
        AttemptState::Declined => (Tone::Bad, "cross"),
        AttemptState::Voided => (Tone::Plain, "give-back"),
        AttemptState::Expired | AttemptState::NotExecuted => (Tone::Plain, "minus"),
    };
    chip(tone, icon, state.as_str())
}

/// Where a call stands.
pub(crate) fn of_operation(state: &OperationState) -> Markup {
    let (tone, icon) = match state {
        OperationState::Planned => (Tone::Plain, "plus"),
        OperationState::Sent | OperationState::Pending => (Tone::Wait, "clock"),
        OperationState::Unknown => (Tone::Wait, "question"),
        OperationState::Succeeded => (Tone::Good, "check"),
        OperationState::Declined => (Tone::Bad, "cross"),
        OperationState::NotExecuted => (Tone::Plain, "minus"),
    };
    chip(tone, icon, state.as_str())
}

/// How a notice was filed.
pub(crate) fn of_notice(filed: &Filed) -> Markup {
    let (tone, icon) = match filed {
        Filed::Waiting => (Tone::Wait, "clock"),
        Filed::Applied => (Tone::Good, "check"),
        Filed::Duplicate | Filed::Stale => (Tone::Plain, "minus"),
        Filed::Unmatched => (Tone::Wait, "question"),
        Filed::Rejected => (Tone::Bad, "cross"),
    };
    chip(tone, icon, filed.as_str())
}

/// Whether an account takes new payments.
pub(crate) fn of_account(status: &AccountStatus) -> Markup {
    let (tone, icon) = match status {
        AccountStatus::Live => (Tone::Good, "check"),
        AccountStatus::Drain => (Tone::Wait, "clock"),
        AccountStatus::Paused => (Tone::Bad, "lock"),
    };
    chip(tone, icon, status.as_str())
}

/// Whether calls to an account go through; nothing is said while they do.
pub(crate) fn of_breaker(stands: &Stands) -> Markup {
    match stands {
        Stands::Closed => Markup(Cow::Borrowed("")),
        Stands::Open { .. } => chip(Tone::Bad, "alert", "breaker open"),
        Stands::Probing => chip(Tone::Wait, "question", "breaker lets one try"),
    }
}

/// Somebody must look at it.
pub(crate) fn needs_attention() -> Markup {
    chip(Tone::Bad, "alert", "needs attention")
}

/// A yes that may still be withdrawn.
pub(crate) fn provisional() -> Markup {
    chip(Tone::Wait, "clock", "may be withdrawn")
}

/// What a transfer is.
pub(crate) fn of_transfer(standing: &str) -> Markup {
    match standing {
        "posted" => chip(Tone::Good, "check", "posted"),
        "voided" => chip(Tone::Plain, "minus", "voided"),
        _ => chip(Tone::Wait, "clock", "pending"),
    }
}

/// What became of a mail.
pub(crate) fn of_mail(state: &mail::State) -> Markup {
    let (tone, icon) = match state {
        mail::State::Queued => (Tone::Wait, "clock"),
        mail::State::Sent => (Tone::Good, "check"),
        mail::State::Kept => (Tone::Plain, "mail"),
        mail::State::Failed => (Tone::Bad, "cross"),
    };
    chip(tone, icon, state.as_str())
}

/// Something that is turned on.
pub(crate) fn on() -> Markup {
    chip(Tone::Good, "check", "on")
}

/// Somebody who is shut out.
pub(crate) fn disabled() -> Markup {
    chip(Tone::Bad, "lock", "shut out")
}
