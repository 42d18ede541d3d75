//! Which customer a case is of, as far as that is proved.

use base::Fault;
use base::id::CustomerId;
use store::Reads;

use crate::cases::{self, Case, ParticipantRole};
use crate::letters::Standing;
use crate::people;

/// The customer of a case whom money facts may be told and tokens given; none until it is proved.
///
/// A person is a customer by somebody's proof, but whoever writes from an address that is not
/// proved may be anybody: then the case has no customer, whoever its requester is said to be. So
/// may whoever wrote the last message in their name, if nobody vouches for it.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn customer_of(reads: &mut impl Reads, case: &Case) -> Result<Option<CustomerId>, Fault> {
    let Some(person) = people::find(reads, case.requester).await? else { return Ok(None) };
    let (Some(customer), true) = (person.customer, person.customer_by.is_some()) else {
        return Ok(None);
    };
    for participant in cases::participants_of(reads, case.id).await? {
        if participant.role != ParticipantRole::Requester {
            continue;
        }
        let address = people::address(reads, participant.address).await?;
        let theirs = address
            .is_some_and(|address| address.person == person.id && address.verified_at.is_some());
        if !theirs {
            return Ok(None);
        }
    }
    // An address proves nothing if anybody could have written in its name.
    let last = cases::last_words_of(reads, case.id, person.id).await?;
    let doubted = last.and_then(|message| message.verdict).is_some_and(|word| !vouches(&word));
    Ok((!doubted).then_some(customer))
}

/// Whether a message with this verdict came from whom it names.
fn vouches(verdict: &str) -> bool {
    let trusted = [Standing::Aligned, Standing::Forwarded];
    trusted.iter().any(|standing| standing.as_str() == verdict)
}
