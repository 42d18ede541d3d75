//! Finding a case by what was said, and jumping to whatever a pasted reference names.

use base::id::{AttemptId, CaseId, CustomerId, NoticeId, PaymentId};
use base::{Fault, Stop};
use billing::Accounts;
use billing::payments;
use store::{Page, Reads};

use crate::cases::{self, Case, Eyes, Filter, Reference, Sort};

/// How many cases an answer of [`search`] has at most.
pub const MOST_FOUND: u32 = 50;

/// What a reference names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// A case.
    Case(CaseId),
    /// A payment.
    Payment(PaymentId),
    /// A customer.
    Customer(CustomerId),
    /// A message of a processor.
    Notice(NoticeId),
}

/// Cases in which these words were said, the newest first, as far as somebody may see them.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn search(reads: &mut impl Reads, eyes: &Eyes, text: &str) -> Result<Vec<Case>, Stop> {
    let text = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    if text.is_none() {
        return Ok(Vec::new());
    }
    let filter = Filter { text, sort: Sort::Newest, ..Filter::default() };
    cases::list(reads, eyes, &filter, Page::first(MOST_FOUND)).await
}

/// What this text names, if it is a reference and nothing else: of a case, a payment, one of its
/// attempts, a customer, a notice, or a processor's own number.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn jump(
    reads: &mut impl Reads,
    eyes: &Eyes,
    accounts: &Accounts,
    text: &str,
) -> Result<Option<Found>, Fault> {
    let text = text.trim();
    if text.is_empty() || text.len() > 120 {
        return Ok(None);
    }
    if let Ok(reference) = Reference::read(text)
        && let Some(case) = cases::find_by_reference(reads, &reference).await?
    {
        let seen = cases::seen(reads, eyes, case.id).await?;
        return Ok(seen.map(|case| Found::Case(case.id)));
    }
    if let Ok(id) = text.parse::<CaseId>() {
        return Ok(cases::seen(reads, eyes, id).await?.map(|case| Found::Case(case.id)));
    }
    if let Ok(id) = text.parse::<PaymentId>() {
        return Ok(payments::find(reads, id).await?.map(|payment| Found::Payment(payment.id)));
    }
    if let Ok(id) = text.parse::<AttemptId>() {
        return Ok(payments::find_attempt(reads, id).await?.map(|one| Found::Payment(one.payment)));
    }
    if let Ok(id) = text.parse::<CustomerId>() {
        let found = identity::customers::find(reads, id).await?;
        return Ok(found.map(|customer| Found::Customer(customer.id)));
    }
    if let Ok(id) = text.parse::<NoticeId>() {
        return Ok(billing::notices::find(reads, id).await?.map(|row| Found::Notice(row.id)));
    }
    by_number(reads, accounts, text).await
}

/// What a processor calls by this number.
async fn by_number(
    reads: &mut impl Reads,
    accounts: &Accounts,
    text: &str,
) -> Result<Option<Found>, Fault> {
    for account in accounts.all() {
        let known = payments::known_as(reads, &account.key, vec![text.to_owned()]).await?;
        let Some(attempt) = known.get(text) else { continue };
        let attempt = payments::find_attempt(reads, *attempt).await?;
        if let Some(attempt) = attempt {
            return Ok(Some(Found::Payment(attempt.payment)));
        }
    }
    Ok(None)
}
