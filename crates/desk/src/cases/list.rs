//! Lists of cases, and how many there are.

use base::{Fault, Stop};
use store::{Page, Reads};

use super::rows::lists;
use super::{Case, Eyes, Filter, Reference, search};

/// How far cases are counted.
const MOST: i64 = 1_000;

/// How many cases there are: exact up to a thousand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// How many, or a thousand.
    pub number: i64,
    /// Whether there are more.
    pub more: bool,
}

/// A page of the cases that somebody may see and asked for.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn list(
    reads: &mut impl Reads,
    eyes: &Eyes,
    filter: &Filter,
    page: Page,
) -> Result<Vec<Case>, Stop> {
    let within = within(reads, eyes, filter).await?;
    Ok(lists::page(reads, eyes, filter, within, &page).await?)
}

/// How many cases somebody may see and asked for.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn count(reads: &mut impl Reads, eyes: &Eyes, filter: &Filter) -> Result<Count, Stop> {
    let within = within(reads, eyes, filter).await?;
    let number = lists::count(reads, eyes, filter, within, MOST + 1).await?;
    Ok(Count { number: number.min(MOST), more: number > MOST })
}

/// The cases that the words of the filter name: by reference, or because they were said there.
async fn within(
    reads: &mut impl Reads,
    eyes: &Eyes,
    filter: &Filter,
) -> Result<Option<Vec<String>>, Fault> {
    let Some(text) = filter.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    if let Ok(reference) = Reference::read(text) {
        let found = super::find_by_reference(reads, &reference).await?;
        return Ok(Some(found.iter().map(|case| case.id.to_string()).collect()));
    }
    search::cases_with(reads, *eyes, text).await.map(Some)
}
