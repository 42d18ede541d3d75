//! The chain: how a seal follows from the one before it and from what a note says. Pure.

use store::Vault;

use super::note::Line;

/// What stands before the first.
pub(super) const BEGINNING: &str = "the beginning";

const SEAL: &str = "audit seal";
const HEAD: &str = "audit head";

/// The end of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// How many notes it has.
    pub(super) nth: i64,
    /// The seal of the last one.
    pub(super) seal: String,
    /// That both were written by us.
    pub(super) proof: String,
}

impl Head {
    pub(super) fn new(vault: &Vault, nth: i64, seal: String) -> Head {
        let proof = proof(vault, nth, &seal);
        Head { nth, seal, proof }
    }

    pub(super) fn is_ours(&self, vault: &Vault) -> bool {
        self.proof == proof(vault, self.nth, &self.seal)
    }
}

fn proof(vault: &Vault, nth: i64, seal: &str) -> String {
    vault.blind(HEAD, &joined(&[&nth.to_string(), seal]))
}

/// The seal of a note at a place. It is the same before and after the key was changed.
pub(super) fn seal(vault: &Vault, before: &str, nth: i64, line: &Line) -> String {
    let why = line.why.as_deref().map_or_else(String::new, |why| format!("because {why}"));
    let said = joined(&[
        before,
        &nth.to_string(),
        &line.id.to_string(),
        &line.at.as_microsecond().to_string(),
        &line.actor,
        &line.what,
        &line.about,
        &why,
    ]);
    vault.blind(SEAL, &said)
}

/// Parts with their lengths, so that no two lists of parts read alike.
fn joined(parts: &[&str]) -> String {
    parts.iter().map(|part| format!("{}:{part}", part.len())).collect()
}

#[cfg(test)]
mod tests {
    use base::{Chance, Id, Timestamp};

    use super::*;

    #[test]
    fn a_seal_changes_with_everything_it_is_over() {
        let vault = Vault::new(&[7; 32]);
        let line = Line {
            id: Id::new(Timestamp::UNIX_EPOCH, &Chance::seeded(1)),
            at: Timestamp::UNIX_EPOCH,
            actor: "system".to_owned(),
            what: "a".to_owned(),
            about: "bc".to_owned(),
            why: None,
            nth: None,
        };
        let mut all = vec![
            seal(&vault, BEGINNING, 1, &line),
            seal(&vault, BEGINNING, 2, &line),
            seal(&vault, "another", 1, &line),
            seal(&Vault::new(&[8; 32]), BEGINNING, 1, &line),
            seal(&vault, BEGINNING, 1, &Line { why: Some(String::new()), ..line.clone() }),
        ];
        let moved = Line { what: "ab".to_owned(), about: "c".to_owned(), ..line.clone() };
        all.push(seal(&vault, BEGINNING, 1, &moved));
        all.push(seal(&vault, BEGINNING, 1, &Line { actor: "sys".to_owned(), ..line.clone() }));
        let later = Timestamp::from_microsecond(1).unwrap();
        all.push(seal(&vault, BEGINNING, 1, &Line { at: later, ..line.clone() }));
        let many = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), many);
        let rotated = vault.clone().rotated(&[9; 32]);
        assert_eq!(seal(&rotated, BEGINNING, 1, &line), seal(&vault, BEGINNING, 1, &line));
    }
}
