//! A deed: people vouch for an outcome that no processor tells. Two of them above a limit.

use base::id::AttemptId;
use base::{Actor, Fault, Kind, Money, Refusal, Stop};

use super::attempt::{Attempt, AttemptState};
use super::fact::{Fact, Paid};
use super::payment::Payment;
use super::resolve::ATTEMPT_NOT_FOUND;
use super::rows;
use super::settle::settle;
use crate::Billing;
use store::terms;

/// Up to so many whole units of a currency one person is enough.
pub const MOST_ALONE: i64 = 100;

/// The attempt has its outcome, or its call is still on its way.
pub const OUTCOME_NOT_OPEN: Refusal = Refusal::new(
    Kind::Conflict,
    "outcome_not_open",
    "the outcome of this attempt is known, or its call is still on its way",
);
/// Evidence that is none.
pub const EVIDENCE_NOT_VALID: Refusal = Refusal::new(
    Kind::Malformed,
    "evidence_not_valid",
    "say what proves it, in 10 to 1,000 characters: where it was seen, and under which number",
);
/// Only people can vouch.
pub const NOT_A_PERSON: Refusal =
    Refusal::new(Kind::Forbidden, "not_a_person", "only a member of staff can vouch for this");

terms! {
    /// What people may vouch for.
    Outcome {
        /// The money was taken.
        Paid = "paid",
        /// Nothing was executed.
        NotExecuted = "not_executed",
    }
}

/// What somebody has vouched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vote {
    /// Who, by their id.
    pub actor: String,
    /// For what.
    pub outcome: Outcome,
    /// What they have seen.
    pub evidence: String,
}

/// What became of somebody's word.
#[derive(Clone, Debug)]
pub enum Vouched {
    /// It is settled.
    Settled(Box<Payment>),
    /// It is written down; another person must say the same.
    NeedsSecond,
}

/// Vouches for the outcome of an attempt whose outcome is open.
///
/// # Errors
/// [`NOT_A_PERSON`], `attempt_not_found`, [`OUTCOME_NOT_OPEN`], [`EVIDENCE_NOT_VALID`], or a fault
/// if the database fails.
pub async fn prove_by_hand(
    billing: &Billing,
    id: AttemptId,
    outcome: Outcome,
    told: &str,
    actor: Actor,
) -> Result<Vouched, Stop> {
    if !matches!(actor, Actor::Staff(_)) {
        return Err(NOT_A_PERSON.into());
    }
    let vote = Vote { actor: actor.to_string(), outcome, evidence: evidence(told)?.to_owned() };
    let now = billing.env.now();
    let vouched = store::write!(billing.store, |tx| {
        let attempt = rows::find_attempt(tx, id).await?.ok_or(ATTEMPT_NOT_FOUND)?;
        if !is_open(attempt.state, outcome) {
            return Err(OUTCOME_NOT_OPEN.into());
        }
        rows::vote(tx, id, &vote, now).await?;
        let agreed: Vec<Vote> = rows::votes(tx, id)
            .await?
            .into_iter()
            .filter(|other| other.outcome == outcome)
            .collect();
        if agreed.len() < needed(attempt.amount) {
            return Ok(None);
        }
        let proof = proof(&agreed);
        let fact = fact(&attempt, outcome, &proof);
        Ok(Some(settle(tx, billing, id, &fact, &proof).await?))
    })?;
    tracing::info!(attempt = %id, %actor, %outcome, "a person vouched for an outcome");
    Ok(match vouched {
        None => Vouched::NeedsSecond,
        Some(settled) => {
            settled.count();
            Vouched::Settled(Box::new(settled.payment))
        }
    })
}

/// Who has vouched for the outcome of an attempt so far, first to last.
///
/// # Errors
/// A fault if the database fails.
pub async fn vouched_for(billing: &Billing, id: AttemptId) -> Result<Vec<Vote>, Fault> {
    rows::votes(&mut billing.store.read().await?, id).await
}

/// What somebody has seen, if it says anything.
pub(super) fn evidence(told: &str) -> Result<&str, Refusal> {
    let told = told.trim();
    let fits = (10..=1_000).contains(&told.chars().count());
    if fits && !told.chars().any(|letter| letter.is_control() && letter != '\n') {
        Ok(told)
    } else {
        Err(EVIDENCE_NOT_VALID.at("evidence"))
    }
}

/// A customer who is on the processor's page may still pay, so nobody can say that they did not.
fn is_open(state: AttemptState, outcome: Outcome) -> bool {
    match state {
        AttemptState::Pending | AttemptState::Unknown => true,
        AttemptState::ActionRequired => outcome == Outcome::Paid,
        AttemptState::Created
        | AttemptState::Sent
        | AttemptState::Authorized
        | AttemptState::Captured
        | AttemptState::Declined
        | AttemptState::Voided
        | AttemptState::Expired
        | AttemptState::NotExecuted => false,
    }
}

/// How many people are needed for a sum.
fn needed(amount: Money) -> usize {
    let unit = 10_i64.saturating_pow(amount.currency.exponent());
    if amount.minor > MOST_ALONE.saturating_mul(unit) { 2 } else { 1 }
}

fn proof(agreed: &[Vote]) -> String {
    let said: Vec<String> =
        agreed.iter().map(|vote| format!("{} ({})", vote.evidence, vote.actor)).collect();
    format!("by hand: {}", said.join("; "))
}

fn fact(attempt: &Attempt, outcome: Outcome, proof: &str) -> Fact {
    match outcome {
        Outcome::Paid => Fact::Paid(Paid {
            transaction: None,
            amount: Some(attempt.amount),
            card: None,
            provisional: false,
        }),
        Outcome::NotExecuted => Fact::NeverRan(proof.to_owned()),
    }
}
