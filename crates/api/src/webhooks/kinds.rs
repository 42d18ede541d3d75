//! The types of events, and what an endpoint may ask for: one of them, an area, or all.

use base::{Kind, Refusal};

/// No such type.
const UNKNOWN: Refusal = Refusal::new(
    Kind::Malformed,
    "event_type_unknown",
    "there is no such event type; docs/api.md lists them, `payment.*` means all of an area and \
     `*` all",
);
/// Too many or none.
const COUNT: Refusal = Refusal::new(
    Kind::Malformed,
    "event_types_not_valid",
    "give 1 to 50 event types; `*` means all",
);

/// Every type of event there is.
pub const ALL: [&str; 26] = [
    "case.answered",
    "case.closed",
    "case.escalated",
    "case.message",
    "case.opened",
    "case.solved",
    "checkout.opened",
    "creator.changed",
    "creator.created",
    "customer.changed",
    "customer.created",
    "payment.authorized",
    "payment.canceled",
    "payment.captured",
    "payment.dispute_opened",
    "payment.disputed",
    "payment.failed",
    "payment.needs_attention",
    "payment.processing",
    "payment.refunded",
    "payment.requires_action",
    "tip.left",
    "wallet.credited",
    "wallet.debited",
    "webhook_endpoint.disabled",
    "webhook_endpoint.test",
];

/// What an endpoint wants to hear.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Kinds(Vec<String>);

impl Kinds {
    /// Reads a list of types.
    ///
    /// # Errors
    /// Refused if there is none, too many, or one that does not exist.
    pub fn checked(written: Vec<String>) -> Result<Kinds, Refusal> {
        if !(1..=50).contains(&written.len()) {
            return Err(COUNT.at("types"));
        }
        for (nth, word) in written.iter().enumerate() {
            prefix(word).map_err(|refusal| refusal.at(format!("types[{nth}]")))?;
        }
        Ok(Kinds(written))
    }

    /// The words.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.0
    }

    /// Whether an event of this type is wanted.
    #[must_use]
    pub fn want(&self, kind: &str) -> bool {
        self.0.iter().any(|word| match word.strip_suffix('*') {
            Some(area) => kind.starts_with(area),
            None => kind == word,
        })
    }
}

/// What the types that are meant begin with.
///
/// # Errors
/// Refused if there is no such type.
pub fn prefix(word: &str) -> Result<String, Refusal> {
    let begins = match word.strip_suffix('*') {
        Some("") => return Ok(String::new()),
        Some(area) if area.ends_with('.') => ALL.iter().any(|kind| kind.starts_with(area)),
        Some(_) => false,
        None => ALL.contains(&word),
    };
    let begin = word.trim_end_matches('*').to_owned();
    if begins { Ok(begin) } else { Err(UNKNOWN.at("type")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(words: &[&str]) -> Result<Kinds, Refusal> {
        Kinds::checked(words.iter().map(|word| (*word).to_owned()).collect())
    }

    #[test]
    fn an_endpoint_hears_what_it_asked_for() {
        let some = kinds(&["payment.*", "tip.left"]).unwrap();
        assert!(some.want("payment.captured") && some.want("tip.left"));
        assert!(!some.want("tip.left_again") && !some.want("wallet.credited"));
        assert!(kinds(&["*"]).unwrap().want("anything.at_all"));
    }

    #[test]
    fn words_that_are_no_type_are_refused_by_place() {
        assert_eq!(kinds(&[]).unwrap_err().code, "event_types_not_valid");
        for word in ["", "payment", "payment.", "pay*", "payment.**", "payments.*", "**", "a.b"] {
            let refusal = kinds(&["tip.left", word]).unwrap_err();
            assert_eq!(refusal.code, "event_type_unknown", "{word}");
            assert_eq!(refusal.param.as_deref(), Some("types[1]"), "{word}");
        }
    }

    #[test]
    fn no_type_begins_with_another() {
        for kind in ALL {
            let begun = ALL.iter().filter(|other| other.starts_with(kind)).count();
            assert_eq!(begun, 1, "{kind}");
        }
    }
}
