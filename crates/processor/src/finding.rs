//! What an account's check found, one line a question.

/// One thing that was looked at before money depends on it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// What was looked at: `credentials`, `senders`, `clock`, or a key of the configuration.
    pub what: String,
    /// How it stands.
    pub standing: Standing,
    /// A sentence for the operator that says what to do, if anything is to be done.
    pub says: String,
}

/// How something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Tried, and it works.
    Good,
    /// It works, but not as well as it could; or it cannot be tried from here.
    Notice,
    /// It will not work.
    Bad,
}

impl Finding {
    /// It was tried and works.
    #[must_use]
    pub fn good(what: impl Into<String>, says: impl Into<String>) -> Finding {
        Finding { what: what.into(), standing: Standing::Good, says: says.into() }
    }

    /// Something to know.
    #[must_use]
    pub fn notice(what: impl Into<String>, says: impl Into<String>) -> Finding {
        Finding { what: what.into(), standing: Standing::Notice, says: says.into() }
    }

    /// It will not work.
    #[must_use]
    pub fn bad(what: impl Into<String>, says: impl Into<String>) -> Finding {
        Finding { what: what.into(), standing: Standing::Bad, says: says.into() }
    }

    /// Holds the house's clock, from an answer's `Date`, against ours: signatures live for
    /// minutes, so a clock that is wrong by more than one refuses honest messages.
    #[must_use]
    pub fn clock(theirs: Option<base::Timestamp>, ours: base::Timestamp) -> Finding {
        const MOST: u64 = 60;
        match theirs {
            None => Finding::notice("clock", "the processor's answer carries no date"),
            Some(theirs) => {
                let apart = ours.duration_since(theirs).as_secs().unsigned_abs();
                if apart <= MOST {
                    Finding::good("clock", format!("{apart} s apart from the processor's"))
                } else {
                    let says = format!("{apart} s apart from the processor's: set this machine's");
                    Finding::bad("clock", says)
                }
            }
        }
    }

    /// The sentence of every finding that is bad, or nothing.
    #[must_use]
    pub fn worst(findings: &[Finding]) -> Option<String> {
        let bad = findings.iter().filter(|finding| finding.standing == Standing::Bad);
        let said: Vec<String> = bad.map(|one| format!("{}: {}", one.what, one.says)).collect();
        (!said.is_empty()).then(|| said.join("; "))
    }
}
