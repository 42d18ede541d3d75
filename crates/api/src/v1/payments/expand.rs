//! How much of a payment is shown: `expand[]=attempts`, `expand[]=attempts.operations`.

use base::{Fault, Kind, Refusal};
use billing::payments::{self, Attempt, Payment};
use store::Reads;

use super::shape::{AttemptOrId, OperationOrId, Shown, ShownAttempt, ShownOperation};

/// No such part.
const UNKNOWN: Refusal = Refusal::new(
    Kind::Malformed,
    "expand_unknown",
    "a payment has the parts attempts and attempts.operations to expand",
);

/// How deep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// Ids only.
    Ids,
    /// Attempts, with the ids of their operations.
    Attempts,
    /// Attempts and their operations.
    Operations,
}

impl Depth {
    /// Reads what was asked for.
    ///
    /// # Errors
    /// Refused if a payment has no such part.
    pub fn read(expand: &[String]) -> Result<Depth, Refusal> {
        let one = |part: &String| match part.as_str() {
            "attempts" => Ok(Depth::Attempts),
            "attempts.operations" => Ok(Depth::Operations),
            _ => Err(UNKNOWN.at("expand[]")),
        };
        let parts = expand.iter().map(one).collect::<Result<Vec<_>, _>>()?;
        Ok(parts.into_iter().max().unwrap_or(Depth::Ids))
    }
}

/// The payment's shape, as deep as wanted.
///
/// # Errors
/// A fault if the database fails.
pub async fn shown(
    reads: &mut impl Reads,
    payment: Payment,
    depth: Depth,
    livemode: bool,
) -> Result<Shown, Fault> {
    let attempts = payments::attempts_of(reads, payment.id).await?;
    if depth == Depth::Ids {
        let ids = attempts.iter().map(|attempt| AttemptOrId::Id(attempt.id)).collect();
        return Ok(Shown::of(payment, ids, livemode));
    }
    let operations = payments::operations_of(reads, payment.id).await?;
    let whole = |attempt: Attempt| {
        let own = operations.iter().filter(|operation| operation.attempt == attempt.id);
        let own = own.map(|operation| match depth {
            Depth::Operations => {
                OperationOrId::Whole(Box::new(ShownOperation::of(operation.clone(), livemode)))
            }
            Depth::Ids | Depth::Attempts => OperationOrId::Id(operation.id),
        });
        let own = own.collect();
        AttemptOrId::Whole(Box::new(ShownAttempt::of(attempt, own, livemode)))
    };
    let attempts = attempts.into_iter().map(whole).collect();
    Ok(Shown::of(payment, attempts, livemode))
}
