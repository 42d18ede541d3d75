//! Why payments are declined, as data: a processor's own code, the standard cause behind it, what
//! kind of no it is, whether another processor may say yes, and what to advise.
//!
//! `causes.csv` holds the causes. Each connector keeps a table of its own codes beside its code.
//! What the customer reads is the message `declines-<cause>` in each language.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::{Decline, DeclineClass};

const CAUSES: &str = include_str!("causes.csv");

/// A standard cause.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Cause {
    /// Its name, `insufficient_funds`.
    pub code: &'static str,
    /// What kind of no.
    pub class: DeclineClass,
    /// Whether another processor may say yes.
    pub elsewhere: bool,
    /// What to advise.
    pub advice: Advice,
}

/// What to advise somebody whose payment was declined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Advice {
    /// Try again in a while.
    TryLater,
    /// Take another card or another way to pay.
    OtherCard,
    /// Look at what was typed.
    CheckDetails,
    /// Confirm at the bank when asked.
    Confirm,
    /// Ask the bank.
    AskBank,
    /// Do not try again with this card.
    DoNotRetry,
    /// Look whether it was paid already.
    LookFirst,
    /// Write to us.
    AskUs,
}

impl Advice {
    /// The word, as in `causes.csv`; the customer reads `declines-advice-<word>`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Advice::TryLater => "try_later",
            Advice::OtherCard => "other_card",
            Advice::CheckDetails => "check_details",
            Advice::Confirm => "confirm",
            Advice::AskBank => "ask_bank",
            Advice::DoNotRetry => "do_not_retry",
            Advice::LookFirst => "look_first",
            Advice::AskUs => "ask_us",
        }
    }
}

static TABLE: LazyLock<BTreeMap<&'static str, Cause>> = LazyLock::new(|| {
    let rows = lines(CAUSES).filter_map(|line| cause_of(&cells::<4>(line)?));
    rows.map(|cause| (cause.code, cause)).collect()
});

static UNKNOWN: Cause = Cause {
    code: "unknown",
    class: DeclineClass::Soft,
    elsewhere: false,
    advice: Advice::OtherCard,
};

/// Every cause, by name.
pub fn causes() -> impl Iterator<Item = &'static Cause> {
    TABLE.values()
}

/// The cause of that name; a name that is not in the table is `unknown`.
#[must_use]
pub fn cause(code: &str) -> &'static Cause {
    TABLE.get(code).unwrap_or(&UNKNOWN)
}

/// A connector's table: its own codes and their causes.
///
/// The text has lines of `raw,cause`; raw is compared without regard to letter case.
#[derive(Clone, Debug)]
pub struct Table(BTreeMap<String, &'static Cause>);

impl Table {
    /// Reads a table that is compiled in.
    ///
    /// # Panics
    /// If a line names no cause of the list: it is compiled in, and every test reads it.
    #[must_use]
    pub fn of(text: &'static str) -> Table {
        let row = |line: &'static str| {
            let cells = cells::<2>(line).filter(|[_, code]| TABLE.contains_key(code));
            let Some([raw, code]) = cells else { panic!("no such line in a table: {line:?}") };
            (raw.to_ascii_lowercase(), cause(code))
        };
        Table(lines(text).map(row).collect())
    }

    /// The decline behind a raw code; one that is not in the table has the cause `unknown`.
    #[must_use]
    pub fn read(&self, raw: &str) -> Decline {
        let raw = raw.trim();
        let found = self.0.get(&raw.to_ascii_lowercase()).copied().unwrap_or(&UNKNOWN);
        let shown = raw.chars().filter(|letter| !letter.is_control()).take(80).collect();
        Decline { raw: shown, cause: found.code.to_owned(), class: found.class }
    }

    /// Every raw code with its cause, for people who look it up.
    pub fn rows(&self) -> impl Iterator<Item = (&str, &'static Cause)> {
        self.0.iter().map(|(raw, cause)| (raw.as_str(), *cause))
    }
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The cells of a line, split at the last commas: a raw code may hold one itself.
fn cells<const N: usize>(line: &'static str) -> Option<[&'static str; N]> {
    let mut cells: Vec<&str> = line.rsplitn(N, ',').map(str::trim).collect();
    cells.reverse();
    cells.try_into().ok()
}

fn cause_of([code, class, elsewhere, advice]: &[&'static str; 4]) -> Option<Cause> {
    Some(Cause {
        code,
        class: match *class {
            "soft" => DeclineClass::Soft,
            "hard" => DeclineClass::Hard,
            "needs_customer" => DeclineClass::NeedsCustomer,
            "stop" => DeclineClass::Stop,
            "technical" => DeclineClass::Technical,
            _ => return None,
        },
        elsewhere: *elsewhere == "yes",
        advice: match *advice {
            "try_later" => Advice::TryLater,
            "other_card" => Advice::OtherCard,
            "check_details" => Advice::CheckDetails,
            "confirm" => Advice::Confirm,
            "ask_bank" => Advice::AskBank,
            "do_not_retry" => Advice::DoNotRetry,
            "look_first" => Advice::LookFirst,
            "ask_us" => Advice::AskUs,
            _ => return None,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_a_cause() {
        assert_eq!(lines(CAUSES).count(), TABLE.len());
        assert!(TABLE.len() >= 40);
    }

    /// What must never be tried at another processor: the answer is the cardholder's or the law's.
    #[test]
    fn fraud_funds_and_authentication_go_nowhere_else() {
        for code in [
            "fraud",
            "stolen_card",
            "lost_card",
            "insufficient_funds",
            "pick_up_card",
            "authentication_required",
            "authentication_failed",
            "duplicate",
            "customer_stopped",
        ] {
            assert!(TABLE.contains_key(code), "{code} is no cause");
            assert!(!cause(code).elsewhere, "{code} goes elsewhere");
        }
        assert!(TABLE.values().all(|cause| !cause.elsewhere || cause.class != DeclineClass::Stop));
    }

    #[test]
    fn a_code_is_read_whatever_its_letters_and_a_new_one_is_unknown() {
        let table = Table::of("# comment\nDO_NOT, HONOR,do_not_honor\n51,insufficient_funds");
        assert_eq!(table.read(" do_not, honor ").cause, "do_not_honor");
        assert_eq!(table.read("51").class, DeclineClass::Soft);
        let new = table.read("nobody has seen this");
        assert_eq!((new.cause.as_str(), new.class), ("unknown", DeclineClass::Soft));
    }
}
