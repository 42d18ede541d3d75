//! How a deed ends early: a *refusal* is an answer, a *fault* is ours.

use std::borrow::Cow;

/// What kind of "no" a refusal is. The API maps each kind to one HTTP status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// What was sent makes no sense, whatever the state of the world (400).
    Malformed,
    /// Who are you? (401)
    Unauthenticated,
    /// The processor or the bank said no (402).
    Declined,
    /// You may not (403).
    Forbidden,
    /// There is no such thing, or you may not know of it (404).
    NotFound,
    /// The state of things does not allow it now (409).
    Conflict,
    /// Understood, and against a rule (422).
    Rule,
    /// Too much of it (413).
    TooLarge,
    /// Too often (429).
    TooMany,
    /// Not for now: closed, draining, or a processor is out of reach (503).
    Unavailable,
}

/// A business no: a stable code, a sentence for developers, and the field it is about.
///
/// Customers never read `detail`; pages translate `code`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {detail}")]
pub struct Refusal {
    /// What kind of no.
    pub kind: Kind,
    /// A stable word in `snake_case` that programs may rely on.
    pub code: &'static str,
    /// A sentence that says what to do about it, in English.
    pub detail: Cow<'static, str>,
    /// The field of the request it is about, if one is.
    pub param: Option<Cow<'static, str>>,
}

impl Refusal {
    /// A refusal, for a `const` of the room that refuses.
    #[must_use]
    pub const fn new(kind: Kind, code: &'static str, detail: &'static str) -> Refusal {
        Refusal { kind, code, detail: Cow::Borrowed(detail), param: None }
    }

    /// The same refusal, about one field.
    #[must_use]
    pub fn at(mut self, param: impl Into<Cow<'static, str>>) -> Refusal {
        self.param = Some(param.into());
        self
    }

    /// The same refusal with a sentence that names the particulars.
    #[must_use]
    pub fn because(mut self, detail: impl Into<Cow<'static, str>>) -> Refusal {
        self.detail = detail.into();
        self
    }
}

/// Something of ours that failed: the database, a disk, a promise the code did not keep.
///
/// `what` is a lower-case fragment that reads well after "failed to".
#[derive(Debug, thiserror::Error)]
#[error("failed to {what}")]
pub struct Fault {
    what: Cow<'static, str>,
    #[source]
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Fault {
    /// A fault without an underlying error.
    #[must_use]
    pub fn new(what: impl Into<Cow<'static, str>>) -> Fault {
        Fault { what: what.into(), source: None }
    }

    /// A fault with the error underneath.
    pub fn of<E>(what: impl Into<Cow<'static, str>>, source: E) -> Fault
    where
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        Fault { what: what.into(), source: Some(source.into()) }
    }

    /// The fault and everything underneath in one line, for logs.
    #[must_use]
    pub fn chain(&self) -> String {
        let mut line = self.to_string();
        let mut next = std::error::Error::source(self);
        while let Some(error) = next {
            line.push_str(": ");
            line.push_str(&error.to_string());
            next = error.source();
        }
        line
    }
}

/// Why a deed stopped.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    /// The answer is no, and why.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Something of ours failed; nothing was changed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Stop {
    /// The refusal, if it is one.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Stop::Refused(refusal) => Some(refusal),
            Stop::Fault(_) => None,
        }
    }
}
