//! How a processor answers a call: five ways, of which one is "we cannot know".

/// What became of a call.
///
/// Anything a connector cannot place is [`Answer::Unknown`]: it may have moved money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer<T> {
    /// Executed, and it succeeded.
    Done(T),
    /// Taken in; the outcome comes later by postback or look-up.
    Accepted,
    /// Executed, and the processor or the bank said no.
    Declined(Decline),
    /// Proven not to have been executed: refused connection, bad request, no such ability.
    NotExecuted(String),
    /// May or may not have been executed: a reset, a time-out, an unreadable answer after the
    /// body was sent.
    Unknown(String),
}

impl<T> Answer<T> {
    /// This processor has no such call; nothing was sent.
    #[must_use]
    pub fn cannot(what: &str) -> Answer<T> {
        Answer::NotExecuted(format!("this processor account cannot {what}"))
    }

    /// The same answer about something else.
    pub fn map<U>(self, with: impl FnOnce(T) -> U) -> Answer<U> {
        match self {
            Answer::Done(value) => Answer::Done(with(value)),
            Answer::Accepted => Answer::Accepted,
            Answer::Declined(decline) => Answer::Declined(decline),
            Answer::NotExecuted(why) => Answer::NotExecuted(why),
            Answer::Unknown(why) => Answer::Unknown(why),
        }
    }
}

/// A no from the processor or the bank.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Decline {
    /// The processor's own word or number, as it came.
    pub raw: String,
    /// The standard cause, `insufficient_funds`; `unknown` if the word is new.
    pub cause: String,
    /// What kind of no.
    pub class: DeclineClass,
}

impl Decline {
    /// Whether another processor may say yes where this one said no.
    #[must_use]
    pub fn may_go_elsewhere(&self) -> bool {
        crate::declines::cause(&self.cause).elsewhere
    }
}

/// What a decline means for trying again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeclineClass {
    /// May work later.
    Soft,
    /// Will not work with this card.
    Hard,
    /// The customer must do something.
    NeedsCustomer,
    /// Never try again.
    Stop,
    /// The line, not the card.
    Technical,
}
