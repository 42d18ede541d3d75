//! The sheet a form is written on: it has a name, so that it counts once however often it is sent,
//! and knows since when it has lain before somebody.

use base::time::from_micros;
use base::{Env, Fault, Secret, SignedDuration, Timestamp};
use store::Vault;

/// What the seal is for.
const PURPOSE: &str = "contact form";
/// No person reads and fills in a form faster.
const QUICKEST: SignedDuration = SignedDuration::from_secs(3);

/// A sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Its name.
    pub id: String,
    /// Since when it has lain before somebody.
    pub opened: Timestamp,
}

impl Paper {
    /// A new sheet.
    #[must_use]
    pub fn fresh(env: &Env) -> Paper {
        Paper { id: Secret::new(&env.chance).reveal().to_owned(), opened: env.now() }
    }

    /// The sheet as the page carries it: nobody can change its name or its age.
    ///
    /// # Errors
    /// A fault if it cannot be sealed.
    pub fn seal(&self, env: &Env, vault: &Vault) -> Result<String, Fault> {
        let plain = format!("{} {}", self.id, self.opened.as_microsecond());
        vault.seal(&env.chance, PURPOSE, plain.as_bytes())
    }

    /// The sheet that a page carried.
    #[must_use]
    pub fn open(vault: &Vault, sealed: &str) -> Option<Paper> {
        let plain = String::from_utf8(vault.open(PURPOSE, sealed).ok()?).ok()?;
        let (id, opened) = plain.split_once(' ')?;
        Some(Paper { id: id.to_owned(), opened: from_micros(opened.parse().ok()?) })
    }

    /// Whether it was filled in faster than a person can.
    #[must_use]
    pub fn is_too_quick(&self, now: Timestamp) -> bool {
        now.duration_since(self.opened) < QUICKEST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_comes_back_as_it_went_out_and_no_other_does() {
        let env = Env::fixed("2026-11-21T12:00:00.123456Z".parse().unwrap(), 3);
        let vault = Vault::new(&[7; 32]);
        let paper = Paper::fresh(&env);
        let sealed = paper.seal(&env, &vault).unwrap();
        assert_eq!(Paper::open(&vault, &sealed), Some(paper.clone()));
        for other in ["", "v1", &sealed[1..], "x 0"] {
            assert_eq!(Paper::open(&vault, other), None);
        }
        assert!(paper.is_too_quick(env.now()));
        env.clock.advance(SignedDuration::from_secs(3));
        assert!(!paper.is_too_quick(env.now()));
    }
}
