//! The proof of the audit log: the chain is gone again from its beginning to its end.

use base::Fault;
use store::{Reads, Vault};

use super::chain::{self, Head};
use super::note::Line;
use super::rows;

/// So many notes are read at once.
const BATCH: u32 = 1_000;
/// So many sentences say what is wrong; then they are only counted.
const MOST_SAID: usize = 100;

/// The result of proving the audit log.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct AuditProof {
    /// How many notes the chain should have.
    pub sealed: i64,
    /// How many notes wait for their seal.
    pub unsealed: i64,
    /// The seal at its end. Whoever keeps it elsewhere can tell a chain that was put back.
    pub head: Option<String>,
    /// How much is wrong.
    pub wrong: usize,
    /// Everything that is wrong, in sentences that name the note.
    pub differences: Vec<String>,
}

impl AuditProof {
    /// Whether everything is as it must be.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.wrong == 0
    }

    fn tell(&mut self, sentence: String) {
        self.wrong += 1;
        if self.differences.len() < MOST_SAID {
            self.differences.push(sentence);
        }
    }
}

/// Proves the audit log. What it reads must be of one moment: a frozen reader, or a copy.
///
/// # Errors
/// A fault if the database fails.
pub async fn verify(reads: &mut impl Reads, vault: &Vault) -> Result<AuditProof, Fault> {
    let head = rows::head(reads).await?;
    let mut proof = AuditProof {
        sealed: head.as_ref().map_or(0, |head| head.nth),
        unsealed: rows::count_unsealed(reads).await?,
        head: head.as_ref().map(|head| head.seal.clone()),
        ..AuditProof::default()
    };
    let mut before = Before { nth: 0, seal: chain::BEGINNING.to_owned() };
    loop {
        let lines = rows::sealed_after(reads, before.nth, BATCH).await?;
        if lines.is_empty() {
            break;
        }
        for (line, seal) in &lines {
            before = check(&mut proof, vault, before, line, seal);
        }
    }
    check_end(&mut proof, vault, head.as_ref(), &before);
    Ok(proof)
}

/// The note that was gone over last.
struct Before {
    nth: i64,
    seal: String,
}

fn check(proof: &mut AuditProof, vault: &Vault, before: Before, line: &Line, seal: &str) -> Before {
    let nth = line.nth.unwrap_or(before.nth + 1);
    if nth == before.nth + 2 {
        proof.tell(format!("note {} is missing", nth - 1));
    } else if nth != before.nth + 1 {
        proof.tell(format!("notes {} to {} are missing", before.nth + 1, nth - 1));
    } else if chain::seal(vault, &before.seal, nth, line) != seal {
        // What stands before it is taken as it is stored, so that one change is one sentence.
        proof.tell(format!("note {nth} ({}) was changed, or stands in another's place", line.id));
    }
    Before { nth, seal: seal.to_owned() }
}

fn check_end(proof: &mut AuditProof, vault: &Vault, head: Option<&Head>, last: &Before) {
    let Some(head) = head else {
        if last.nth > 0 {
            proof.tell("the end of the chain is not written down".to_owned());
        }
        return;
    };
    if !head.is_ours(vault) {
        proof.tell("the end of the chain was changed, or another key sealed it".to_owned());
    }
    if last.nth < head.nth {
        proof.tell(format!("notes {} to {} are missing at the end", last.nth + 1, head.nth));
    } else if last.nth > head.nth {
        proof.tell(format!("notes {} to {} were added", head.nth + 1, last.nth));
    } else if last.seal != head.seal {
        proof.tell(format!("note {} is not the one that ended the chain", last.nth));
    }
}
