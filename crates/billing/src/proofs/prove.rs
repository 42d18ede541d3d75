//! What the rows of payments, lots and tips say must be what the books say.

use base::{Currency, Fault, Stop};
use ledger::{Account, books};
use store::Tx;

use super::rows;
use crate::Billing;

/// The result of proving the books.
#[derive(Clone, Debug, serde::Serialize)]
pub struct BooksProof {
    /// What the ledger says about itself.
    pub ledger: ledger::Proof,
    /// How many sub-ledgers were compared with their control accounts.
    pub compared: usize,
    /// Every difference, in a sentence; empty when the books are right.
    pub differences: Vec<String>,
}

impl BooksProof {
    /// Whether everything is as it must be.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.ledger.holds() && self.differences.is_empty()
    }
}

/// Two numbers that must be the same.
struct Comparison {
    what: String,
    rows: i64,
    books: i64,
}

/// Proves the books: the ledger by itself, then rows against books at one moment.
///
/// # Errors
/// A fault if the database fails.
pub async fn prove(billing: &Billing) -> Result<BooksProof, Stop> {
    let ledger = billing.ledger.prove().await?;
    let comparisons = store::write!(billing.store, |tx| {
        let mut list = vec![tokens_in_lots(tx, billing).await?, goodwill(tx, billing).await?];
        list.extend(tokens_of_tips(tx, billing).await?);
        list.extend(money(tx, billing).await?);
        Ok(list)
    })?;
    let differs = |one: &&Comparison| one.rows != one.books;
    let sentence = |one: &Comparison| {
        format!("{}: the rows say {}, the books say {}", one.what, one.rows, one.books)
    };
    Ok(BooksProof {
        ledger,
        compared: comparisons.len(),
        differences: comparisons.iter().filter(differs).map(sentence).collect(),
    })
}

/// The accounts, empty where there are none yet.
async fn accounts(tx: &mut Tx, billing: &Billing, ids: &[u128]) -> Result<Vec<Account>, Fault> {
    let found = billing.ledger.accounts(tx, ids).await?;
    Ok(found.into_iter().map(Option::unwrap_or_default).collect())
}

/// What is left in lots is in circulation, with customers, creators and the house; what was given
/// away is beside it, see [`goodwill`].
async fn tokens_in_lots(tx: &mut Tx, billing: &Billing) -> Result<Comparison, Fault> {
    let treasury = accounts(tx, billing, &[books::token_treasury().id]).await?;
    Ok(Comparison {
        what: "tokens in lots against the treasury".to_owned(),
        rows: rows::tokens_in_lots(tx).await?,
        books: treasury.iter().map(Account::debit_balance).sum(),
    })
}

/// What was given away is what the house's goodwill has cost, in tokens.
async fn goodwill(tx: &mut Tx, billing: &Billing) -> Result<Comparison, Fault> {
    let given = accounts(tx, billing, &[books::goodwill_tokens().id]).await?;
    Ok(Comparison {
        what: "goodwill credits against the books".to_owned(),
        rows: rows::tokens_given(tx).await?,
        books: given.iter().map(Account::debit_balance).sum(),
    })
}

/// What was tipped is with creators and the house.
async fn tokens_of_tips(tx: &mut Tx, billing: &Billing) -> Result<Vec<Comparison>, Fault> {
    let tips = rows::tips_by_creator(tx).await?;
    let mut ids: Vec<u128> =
        tips.iter().map(|(creator, ..)| books::creator_tokens(*creator).id).collect();
    ids.push(books::house_commission_tokens().id);
    let accounts = accounts(tx, billing, &ids).await?;
    let house = tips.iter().map(|(.., kept)| kept).sum();
    let of_creators =
        tips.iter().map(|(creator, earned, _)| (format!("tips of {creator}"), *earned));
    let whats = of_creators.chain([("the house's share of tips".to_owned(), house)]);
    let compare = |((what, rows), account): ((String, i64), &Account)| Comparison {
        what: format!("{what} against the books"),
        rows,
        books: account.credits_posted,
    };
    Ok(whats.zip(&accounts).map(compare).collect())
}

/// What was taken and not given back is owed to us by the processors; what is open is held.
async fn money(tx: &mut Tx, billing: &Billing) -> Result<Vec<Comparison>, Fault> {
    let mut list = Vec::new();
    for sum in rows::sums_by_account(tx).await? {
        let currency: Currency = sum.currency;
        let id = books::processor_receivable(&sum.account, currency).id;
        let books = accounts(tx, billing, &[id]).await?.into_iter().next().unwrap_or_default();
        list.push(Comparison {
            what: format!("payments of {} in {currency} against the books", sum.account),
            rows: sum.taken,
            books: books.debit_balance(),
        });
        list.push(Comparison {
            what: format!("open attempts of {} in {currency} against the holds", sum.account),
            rows: sum.open,
            books: books.debits_pending,
        });
    }
    for (payment, taken) in rows::payments_unlike_their_attempts(tx).await? {
        let what = format!("the sums of {payment} against those of its attempts");
        list.push(Comparison { what, rows: taken.0, books: taken.1 });
    }
    Ok(list)
}
