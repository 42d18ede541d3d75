//! Proving the books from what is stored, while another process may be serving.

use std::fmt::Write as _;

use anyhow::{Context as _, Result};
use base::{Currency, Env, Tokens};
use billing::{Accounts, Billing, BooksProof, Site};
use ledger::Ledger;
use store::{Access, Store};

use crate::config::Config;
use crate::wire;

/// Proves the books.
///
/// On SQLite a copy is proved, so that everything is of one moment and nobody waits.
///
/// # Errors
/// If the database cannot be read.
pub async fn prove(config: &Config) -> Result<BooksProof> {
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

/// Proves the books of an open store that nobody else writes.
///
/// # Errors
/// If it cannot be read.
pub async fn of_store(config: &Config, store: Store) -> Result<BooksProof> {
    let env = Env::system();
    let ledger = Ledger::open(&store, env.clock.clone()).await?;
    let site = Site {
        name: config.site.name.clone(),
        base_url: config.public_url(config.listen)?,
        support_mail: config.site.support_mail.clone(),
        legal_name: config.site.legal_name.clone(),
    };
    let none = Accounts::new(Vec::new()).map_err(|why| anyhow::anyhow!(why))?;
    Ok(billing::prove(&Billing::new(store, ledger, env, none, site)).await?)
}

/// A proof for people to read.
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
