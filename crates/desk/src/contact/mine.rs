//! The cases of a customer who is signed in, as far as they are theirs to see.

use base::Fault;
use base::id::{CaseId, CustomerId};
use store::{Page, Reads};

use super::rows;
use crate::cases::{self, Case};
use store::terms;

terms! {
    /// Which of their cases a customer looks at.
    Wanted {
        /// Those that are not done.
        Open = "open",
        /// Those that wait for them.
        Yours = "yours",
        /// Those that are done.
        Done = "done",
        /// All of them.
        All = "all",
    }
}

/// A page of a customer's cases, the newest first.
///
/// What staff or the money side opened shows once something was said to the customer.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn own_cases(
    reads: &mut impl Reads,
    customer: CustomerId,
    wanted: Wanted,
    page: &Page,
) -> Result<Vec<Case>, Fault> {
    let ids = rows::own_cases(reads, customer, states(wanted), page).await?;
    let mut found = cases::find_many(reads, &ids).await?;
    found.sort_by_key(|one| std::cmp::Reverse(one.id));
    Ok(found)
}

/// A case, if it is this customer's to see.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn own_case(
    reads: &mut impl Reads,
    customer: CustomerId,
    id: CaseId,
) -> Result<Option<Case>, Fault> {
    if !rows::is_own_case(reads, customer, id).await? {
        return Ok(None);
    }
    cases::find(reads, id).await
}

fn states(wanted: Wanted) -> Vec<String> {
    use cases::CaseState as S;
    let fits = |state: &S| match wanted {
        Wanted::All => true,
        Wanted::Open => state.is_open(),
        Wanted::Done => !state.is_open(),
        Wanted::Yours => *state == S::WaitingCustomer,
    };
    S::ALL.iter().filter(|state| fits(state)).map(ToString::to_string).collect()
}
