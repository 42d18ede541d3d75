//! A deed: a settlement file is imported. Importing it again changes nothing.

use base::id::AttemptId;
use base::{Kind, Money, Refusal, Stop};
use processor::{LineKind, SettlementLine};
use sha2::{Digest as _, Sha256};
use store::{Tx, blobs};

use super::line::{Line, Standing};
use super::rows;
use crate::notices::{ACCOUNT_NOT_FOUND, Filed};
use crate::payments::{self, Attempt, AttemptState, Fact, Paid, Settled};
use crate::{Account, Billing};

/// The largest settlement file.
pub const LARGEST_FILE: usize = 16 * 1024 * 1024;
/// The file is too large.
pub const SETTLEMENT_TOO_LARGE: Refusal =
    Refusal::new(Kind::TooLarge, "settlement_too_large", "a settlement file has 16 MiB at most");
/// The file is not of the house's form.
pub const SETTLEMENT_NOT_READ: Refusal = Refusal::new(
    Kind::Malformed,
    "settlement_not_read",
    "this is no settlement file of that processor account",
);

/// What became of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// The file, by its id.
    pub file: String,
    /// Lines that say what the books say, or were booked by it.
    pub matched: usize,
    /// Lines whose payment nobody knows.
    pub unmatched: usize,
    /// Lines that say something else than the books.
    pub differs: usize,
    /// Lines about no payment.
    pub noted: usize,
    /// Whether all of it had been imported before.
    pub before: bool,
}

/// Imports a settlement file. It is stored as it came before it is believed; each line is held
/// against the books in a transaction of its own.
///
/// # Errors
/// `processor_account_not_found`, [`SETTLEMENT_TOO_LARGE`], [`SETTLEMENT_NOT_READ`], or a fault if
/// the database fails.
pub async fn import(
    billing: &Billing,
    account: &str,
    bytes: &[u8],
    name: &str,
) -> Result<Imported, Stop> {
    let account = billing.accounts.get(account).ok_or(ACCOUNT_NOT_FOUND)?;
    if bytes.len() > LARGEST_FILE {
        return Err(SETTLEMENT_TOO_LARGE.into());
    }
    let now = billing.env.now();
    let hash = store::write!(billing.store, |tx| blobs::put(tx, now, bytes).await)?;
    let read = account.connector.read_settlement(bytes);
    let read = read.map_err(|why| SETTLEMENT_NOT_READ.because(why.to_string()))?;
    let id = id(&account.key, &hash);
    let many = i64::try_from(read.len()).unwrap_or(i64::MAX);
    let name: String = name.chars().take(200).collect();
    let before = store::write!(billing.store, |tx| {
        rows::insert_file(tx, &id, &account.key, &hash, &name, many, now).await?;
        Ok(rows::places(tx, &id).await?)
    })?;
    for (nth, line) in (1_i64..).zip(&read) {
        if before.contains(&nth) {
            continue;
        }
        let read = Line::read(&id, nth, &account.key, line);
        let proof = format!("settlement file {name} line {nth}");
        let settled = store::write!(billing.store, |tx| {
            hold(tx, billing, account, line, read.clone(), &proof).await
        })?;
        if let Some(settled) = settled {
            settled.count();
        }
    }
    let mut imported = Imported {
        file: id.clone(),
        before: before.len() == read.len() && !read.is_empty(),
        ..Imported::default()
    };
    for line in rows::lines(&mut billing.store.read().await?, &id).await? {
        match line.standing {
            Standing::Matched => imported.matched += 1,
            Standing::Unmatched => imported.unmatched += 1,
            Standing::Differs => imported.differs += 1,
            Standing::Noted => imported.noted += 1,
        }
    }
    Ok(imported)
}

/// The same bytes for the same account are the same file.
fn id(account: &str, hash: &str) -> String {
    let digest = Sha256::new().chain_update(account).chain_update("|").chain_update(hash);
    base::id::base32(&digest.finalize()[..16])
}

/// Holds a line against what we know, books what it proves, and writes it down.
async fn hold(
    tx: &mut Tx,
    billing: &Billing,
    account: &Account,
    line: &SettlementLine,
    mut read: Line,
    proof: &str,
) -> Result<Option<Settled>, Stop> {
    let about = match line.kind {
        LineKind::Sale | LineKind::Refund | LineKind::Chargeback => true,
        LineKind::Fee | LineKind::Reserve | LineKind::Payout => false,
    };
    if !about {
        rows::insert_line(tx, &read).await?;
        return Ok(None);
    }
    let Some(attempt) = attempt(tx, account, line).await? else {
        read.standing = Standing::Unmatched;
        read.reason = Some("no attempt is known by its ids".to_owned());
        rows::insert_line(tx, &read).await?;
        return Ok(None);
    };
    read.attempt = Some(attempt.id);
    let (difference, settled) = match line.kind {
        LineKind::Sale => sale(tx, billing, line, &attempt, proof).await?,
        _ => (back(line, &attempt), None),
    };
    match difference {
        None => {
            read.standing = Standing::Matched;
            read.reason = settled.as_ref().map(|_| "it proved the payment".to_owned());
        }
        Some(why) => {
            payments::ask_for_attention(tx, billing, attempt.id, format!("{proof}: {why}")).await?;
            read.standing = Standing::Differs;
            read.reason = Some(why);
        }
    }
    rows::insert_line(tx, &read).await?;
    Ok(settled)
}

/// By our reference first, else by the processor's id.
async fn attempt(
    tx: &mut Tx,
    account: &Account,
    line: &SettlementLine,
) -> Result<Option<Attempt>, Stop> {
    let named = line.reference.as_ref().and_then(|text| text.trim().to_lowercase().parse().ok());
    let id: Option<AttemptId> = match (named, &line.transaction) {
        (Some(id), _) => Some(id),
        (None, Some(transaction)) => {
            let known = payments::known_as(tx, &account.key, vec![transaction.clone()]).await?;
            known.get(transaction).copied()
        }
        (None, None) => None,
    };
    let Some(id) = id else { return Ok(None) };
    let found = payments::find_attempt(tx, id).await?;
    Ok(found.filter(|attempt| attempt.account == account.key))
}

/// A sale that is not booked yet is booked; one that is must be of the same sum.
async fn sale(
    tx: &mut Tx,
    billing: &Billing,
    line: &SettlementLine,
    attempt: &Attempt,
    proof: &str,
) -> Result<(Option<String>, Option<Settled>), Stop> {
    let gross = Money::new(line.gross.minor.abs(), line.gross.currency);
    if attempt.state == AttemptState::Captured {
        let differs = gross != attempt.captured;
        let why = format!("{gross} was settled where {} was taken", attempt.captured);
        return Ok((differs.then_some(why), None));
    }
    let fact = Fact::Paid(Paid {
        transaction: line.transaction.clone(),
        amount: Some(gross),
        card: None,
        provisional: false,
    });
    let settled = payments::settle(tx, billing, attempt.id, &fact, proof).await?;
    let why = match settled.filed {
        Filed::Applied => None,
        _ => Some(settled.reason.clone().unwrap_or_else(|| "it could not be booked".to_owned())),
    };
    Ok((why, Some(settled)))
}

/// What went back must be known to have gone back; how much of which is for the books of payouts.
fn back(line: &SettlementLine, attempt: &Attempt) -> Option<String> {
    let (known, word) = match line.kind {
        LineKind::Chargeback => (attempt.disputed, "taken back by the bank"),
        _ => (attempt.refunded, "given back"),
    };
    let gross = Money::new(line.gross.minor.abs(), line.gross.currency);
    let less = known.currency != gross.currency || known.minor < gross.minor;
    less.then(|| format!("{gross} was settled as {word} where the books know of {known}"))
}
