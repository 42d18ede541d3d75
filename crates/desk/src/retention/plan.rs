//! What would go and what would stay if a person were forgotten, for whoever decides.

use base::id::PersonId;
use base::{Fault, Timestamp};
use store::Reads;

use super::delay::{self, Delay};
use super::rows;
use super::whose::Whose;

/// What would go and what would stay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Under how many persons the desk knows this human.
    pub people: usize,
    /// Their addresses.
    pub addresses: usize,
    /// Cases of theirs that still have words.
    pub cases: i64,
    /// Messages in them.
    pub messages: i64,
    /// Files in them.
    pub files: i64,
    /// Messages of theirs in cases of others.
    pub elsewhere: i64,
    /// Chats.
    pub chats: i64,
    /// Copies of mails to them.
    pub mails: i64,
    /// Whether they are a customer, whose payments stay in the books under a pseudonym.
    pub is_customer: bool,
    /// What the host site calls them: it stays, because the site finds the wallet by it.
    pub external_ref: Option<String>,
    /// Whether the person is the house itself, which cannot be forgotten.
    pub is_the_house: bool,
    /// What stands in the way today, the gravest first.
    pub delays: Vec<Delay>,
}

/// Looks at everything that is known of a person; nothing if there is no such person.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn plan(
    reads: &mut impl Reads,
    id: PersonId,
    now: Timestamp,
) -> Result<Option<Plan>, Fault> {
    let Some(whose) = Whose::find(reads, id).await? else { return Ok(None) };
    let [cases, messages, files, elsewhere, chats, mails] =
        rows::people::counted(reads, &whose).await?;
    Ok(Some(Plan {
        people: whose.people.len(),
        addresses: whose.addresses.len(),
        cases,
        messages,
        files,
        elsewhere,
        chats,
        mails,
        is_customer: !whose.customers.is_empty(),
        external_ref: whose.subjects().pop(),
        is_the_house: rows::people::is_the_house(reads, id).await?,
        delays: delay::of_people(reads, &whose, now).await?,
    }))
}
