//! The arrows themselves. To draw a new one, change ARCHITECTURE.md in the same commit.

/// From each crate, to those it may use.
const ARROWS: [(&str, &[&str]); 14] = [
    ("base", &[]),
    ("words", &["base"]),
    ("store", &["base"]),
    ("ledger", &["store", "base"]),
    ("processor", &["base"]),
    ("processors", &["processor", "base"]),
    ("identity", &["store", "base"]),
    ("billing", &["ledger", "processor", "store", "base"]),
    ("desk", &["billing", "identity", "words", "store", "base"]),
    ("web", &["desk", "billing", "identity", "ledger", "words", "processor", "store", "base"]),
    ("api", &["desk", "billing", "identity", "ledger", "processor", "store", "base"]),
    // A world runs the whole program; the program names it among its tests only.
    (
        "testkit",
        &["paydesk", "processors", "desk", "identity", "billing", "ledger", "store", "base"],
    ),
    ("paydesk", &EVERYTHING),
    ("xtask", &[]),
];

/// What the binary plugs together.
const EVERYTHING: [&str; 11] = [
    "base",
    "words",
    "store",
    "ledger",
    "processor",
    "processors",
    "identity",
    "billing",
    "desk",
    "web",
    "api",
];

/// A foreign crate that only some may name.
pub(super) struct Driver {
    /// The foreign crate.
    pub(super) name: &'static str,
    /// Who may name it.
    pub(super) users: &'static [&'static str],
    /// Why only they.
    pub(super) because: &'static str,
}

/// Foreign crates with a door of their own. Tests are not asked.
pub(super) const DRIVERS: [Driver; 4] = [
    Driver {
        name: "sqlx",
        users: &["store"],
        because: "only the store names a database driver, so that both databases stay alike",
    },
    Driver {
        name: "axum",
        users: &["web", "api", "processors", "paydesk", "testkit"],
        because: "only pages, the API and the sandbox's own house answer HTTP",
    },
    Driver {
        name: "reqwest",
        users: &["processor", "api", "desk", "testkit"],
        because: "calls out go through doors that have time-outs, limits and a guard",
    },
    Driver { name: "lettre", users: &["desk"], because: "only the desk sends mail" },
];

/// Whether an arrow goes from one to the other.
pub(super) fn may_use(from: &str, to: &str) -> bool {
    ARROWS.iter().any(|(crate_, uses)| *crate_ == from && uses.contains(&to))
}

/// Crates that the table does not know yet.
pub(super) fn unknown(crates: &[String]) -> Vec<String> {
    crates
        .iter()
        .filter(|name| !ARROWS.iter().any(|(known, _)| known == name))
        .map(|name| format!("{name} is not in the table of arrows"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_arrow_goes_back() {
        for (from, uses) in ARROWS {
            for to in uses {
                assert!(!may_use(to, from), "{from} and {to} use each other");
            }
        }
    }

    #[test]
    fn arrows_lead_to_crates_of_the_table() {
        for (_, uses) in ARROWS {
            for to in uses {
                assert!(ARROWS.iter().any(|(known, _)| known == to), "{to}");
            }
        }
        assert_eq!(unknown(&["cellar".into()]), ["cellar is not in the table of arrows"]);
    }
}
