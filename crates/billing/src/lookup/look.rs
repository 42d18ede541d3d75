//! A deed: somebody names facts, and is told of the charges of one customer that have them all, or
//! nothing. The steps are the same whatever was named.

use std::collections::HashMap;

use base::id::PaymentId;
use base::{Fault, Stop};
use store::Reads;

use super::ask::Asked;
use super::endings::{self, Ending};
use super::fact::Kind;
use super::found::{Found, MOST_SHOWN};
use super::limit::{self, Asker};
use super::rows::{self, Owned};
use super::{Lookup, TOO_OFTEN};

/// So many charges that share the rarest fact are looked at; past that it is too common to tell.
pub(super) const MOST_SHARING: u32 = 100;

/// Looks a charge up. Nothing for "no", "not enough" and "too many" alike.
///
/// # Errors
/// [`TOO_OFTEN`], or a fault if the database fails.
pub async fn look(lookup: &Lookup, asked: &Asked, asker: &Asker) -> Result<Option<Found>, Stop> {
    let kinds = asked.kinds();
    match limit::count(lookup, asker).await {
        Ok(()) => {}
        Err(Stop::Refused(refusal)) if refusal.code == TOO_OFTEN.code => {
            endings::write(lookup, &kinds, Ending::Refused, None).await?;
            return Err(refusal.into());
        }
        Err(stop) => return Err(stop),
    }
    let mut reader = lookup.billing.store.read().await?;
    let found = search(lookup, asked, &mut reader).await?;
    drop(reader);
    let ending = if found.is_some() { Ending::Found } else { Ending::Nothing };
    endings::write(lookup, &kinds, ending, None).await?;
    Ok(found)
}

/// Asks the same four questions with the same number of things in each, come what may: what is
/// missing is filled with hashes and ids that nothing has.
pub(super) async fn search(
    lookup: &Lookup,
    asked: &Asked,
    reads: &mut impl Reads,
) -> Result<Option<Found>, Fault> {
    let enough = asked.is_enough();
    let spelled = if enough { asked.spelled() } else { Vec::new() };
    let hashed: Vec<(Kind, String)> = spelled
        .into_iter()
        .map(|(kind, spelling)| (kind, kind.hashed(&lookup.vault, &spelling)))
        .collect();
    let nothing = || Kind::Date.hashed(&lookup.vault, "nothing has this");
    let (rarest, driver) = hashed.first().cloned().unwrap_or_else(|| (Kind::Date, nothing()));
    let sharing = rows::sharing(reads, &driver, asked.window(), MOST_SHARING + 1).await?;
    let common = sharing.len() > MOST_SHARING as usize && !rarest.is_of_one_person();
    let facts: Vec<String> = hashed.iter().map(|(_, hash)| hash.clone()).collect();
    let wanted = facts.len();
    let matching = rows::matching(reads, padded(&sharing), filled(facts, nothing), wanted).await?;
    let owned = rows::owners(reads, padded(&matching)).await?;
    let chosen = if enough && !common { one_customers(&sharing, owned) } else { None };
    let shown = chosen.as_ref().map_or(Vec::new(), |(payments, _)| payments.clone());
    let accounts = rows::accounts(reads, padded(&shown)).await?;
    Ok(chosen.map(|(payments, owner)| Found {
        payments,
        customer: owner.customer,
        accounts,
        kinds: asked.kinds(),
    }))
}

/// The newest charges and their customer, if they all lead to one person: the same customer, or
/// the same mail on file.
fn one_customers(newest_first: &[PaymentId], owned: Vec<Owned>) -> Option<(Vec<PaymentId>, Owned)> {
    let by_payment: HashMap<PaymentId, Owned> =
        owned.into_iter().map(|one| (one.payment, one)).collect();
    let mut ordered = newest_first.iter().filter_map(|id| by_payment.get(id));
    let first = ordered.next()?.clone();
    if !ordered.clone().all(|other| first.is_same_person(other)) {
        return None;
    }
    let same = ordered.filter(|other| other.customer == first.customer);
    let payments = std::iter::once(&first).chain(same).map(|one| one.payment);
    Some((payments.take(MOST_SHOWN).collect(), first.clone()))
}

/// Ids to ask with, always as many.
fn padded(ids: &[PaymentId]) -> Vec<String> {
    let most = MOST_SHARING as usize;
    let own = ids.iter().take(most).map(ToString::to_string);
    let fill = (0..).map(|nth| format!("nothing {nth}"));
    own.chain(fill).take(most).collect()
}

/// Hashes to ask with, always as many.
fn filled(mut facts: Vec<String>, nothing: impl Fn() -> String) -> Vec<String> {
    facts.resize_with(Kind::ALL.len(), nothing);
    facts
}
