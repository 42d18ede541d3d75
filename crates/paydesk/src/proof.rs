//! Proving the books from what is stored, while another process may be serving.

use std::fmt::Write as _;

use anyhow::{Context as _, Result};
use base::{Currency, Env, Tokens};
use billing::{Accounts, Billing, BooksProof, Site};
use desk::audit::{self, AuditProof};
use ledger::Ledger;
use store::{Access, Store, Vault};

use crate::config::Config;
use crate::key::Key;
use crate::wire;

/// Everything that is proved.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Proven {
    /// The books, and the rows against them.
    #[serde(flatten)]
    pub books: BooksProof,
    /// The audit log.
    pub audit: AuditProof,
}

impl Proven {
    /// Whether everything is as it must be.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.books.holds() && self.audit.holds()
    }

    /// The proof for people to read.
    #[must_use]
    pub fn told(&self) -> String {
        told_audit(&self.audit) + &told(&self.books)
    }
}

/// Proves the books and the audit log.
///
/// On SQLite a copy is proved, so that everything is of one moment and nobody waits.
///
/// # Errors
/// If the database cannot be read.
pub async fn prove(config: &Config) -> Result<Proven> {
    let store = wire::store(config, Access::Visitor).await?;
    if !config.is_sqlite() {
        return of_store(config, store).await;
    }
    let folder = config.folder().join(format!("proof-{}", std::process::id()));
    std::fs::create_dir_all(&folder).with_context(|| format!("make {}", folder.display()))?;
    let proof = async {
        store.copy_to(&folder.join(store::FILE)).await?;
        of_store(config, Store::open_sqlite(&folder, Access::Owner).await?).await
    };
    let proof = proof.await;
    std::fs::remove_dir_all(&folder).with_context(|| format!("remove {}", folder.display()))?;
    proof
}

/// Proves the books and the audit log of an open store.
///
/// # Errors
/// If it cannot be read.
pub async fn of_store(config: &Config, store: Store) -> Result<Proven> {
    let env = Env::system();
    let key = Key::find(config.key.as_deref(), config.folder(), &env.chance)?;
    let mut reader = store.read().await?;
    reader.freeze().await?;
    let audit = audit::verify(&mut reader, &Vault::new(key.bytes())).await?;
    drop(reader);
    let ledger = Ledger::open(&store, env.clock.clone()).await?;
    let site = Site {
        name: config.site.name.clone(),
        base_url: config.public_url(config.listen)?,
        support_mail: config.site.support_mail.clone(),
        legal_name: config.site.legal_name.clone(),
    };
    let none = Accounts::new(Vec::new()).map_err(|why| anyhow::anyhow!(why))?;
    let books = billing::prove(&Billing::new(store, ledger, env, none, site)).await?;
    Ok(Proven { books, audit })
}

/// The proof of the audit log for people to read.
fn told_audit(proof: &AuditProof) -> String {
    let mut text = String::new();
    let end = proof.head.as_deref().unwrap_or("nothing");
    let _ = writeln!(
        text,
        "{} audit notes in a chain that ends with {end}, {} wait for their seal",
        proof.sealed, proof.unsealed
    );
    for difference in &proof.differences {
        let _ = writeln!(text, "WRONG: the audit log: {difference}");
    }
    let more = proof.wrong - proof.differences.len();
    if more > 0 {
        let _ = writeln!(text, "WRONG: the audit log: and {more} more");
    }
    text
}

/// A proof of the books for people to read.
#[must_use]
pub fn told(proof: &BooksProof) -> String {
    let mut text = String::new();
    let ledger = &proof.ledger;
    let _ = writeln!(text, "{} accounts, {} transfers", ledger.accounts, ledger.transfers);
    for sum in &ledger.ledgers {
        let name = match u16::try_from(sum.ledger).ok().and_then(Currency::from_number) {
            Some(currency) => currency.code(),
            None if sum.ledger == Tokens::LEDGER => "tokens",
            None => "?",
        };
        let _ = writeln!(
            text,
            "  {name:<7} debits {:>20}   credits {:>20}   held {:>14}",
            sum.debits_posted, sum.credits_posted, sum.debits_pending
        );
    }
    let _ = writeln!(text, "{} sums of rows compared with the books", proof.compared);
    for violation in &ledger.violations {
        let _ = writeln!(text, "WRONG: {:?}: {}", violation.promise, violation.detail);
    }
    for difference in &proof.differences {
        let _ = writeln!(text, "WRONG: {difference}");
    }
    let end = if proof.holds() { "the books are proved" } else { "THE BOOKS ARE NOT RIGHT" };
    let _ = writeln!(text, "{end}");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_audit_log_is_told_with_its_end_and_everything_that_is_wrong() {
        let whole = AuditProof {
            sealed: 12,
            unsealed: 1,
            head: Some("c0ffee".to_owned()),
            ..AuditProof::default()
        };
        let said = told_audit(&whole);
        assert_eq!(
            said,
            "12 audit notes in a chain that ends with c0ffee, 1 wait for their seal\n"
        );
        let differences = vec!["note 3 is missing".to_owned()];
        let torn = AuditProof { wrong: 4, differences, ..whole };
        let said = told_audit(&torn);
        assert!(said.contains("WRONG: the audit log: note 3 is missing\n"), "{said}");
        assert!(said.ends_with("WRONG: the audit log: and 3 more\n"), "{said}");
        assert!(!torn.holds());
    }
}
