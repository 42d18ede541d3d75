//! People say what became of a call where no processor tells: of an attempt, or of a refund that
//! was made by hand.

use axum::extract::{Form, Path};
use axum::response::Response;
use base::id::{AttemptId, OperationId, PaymentId};
use base::{Refusal, Stop};
use billing::payments::{self, EVIDENCE_NOT_VALID, Outcome, Vouched};
use serde::Deserialize;

use super::deeds::back_to;
use crate::answer::Answer;
use crate::console::permit::Deed;
use crate::console::shift::Shift;
use crate::guard::Trouble;

#[derive(Deserialize)]
pub(crate) struct Written {
    #[serde(default)]
    outcome: String,
    #[serde(default)]
    evidence: String,
}

/// `POST /console/payments/{payment}/attempts/{attempt}/vouch`.
pub(crate) async fn attempt(
    shift: Shift,
    Path((id, attempt)): Path<(PaymentId, AttemptId)>,
    Form(written): Form<Written>,
) -> Answer {
    shift.must(Deed::Refund)?;
    let billing = &shift.house.billing;
    let found = payments::find_attempt(&mut billing.store.read().await?, attempt).await?;
    found.filter(|found| found.payment == id).ok_or(Trouble::NotFound)?;
    let Ok(outcome) = written.outcome.parse::<Outcome>() else {
        return Ok(back_to(id, "unclear"));
    };
    let told = written.evidence.as_str();
    match payments::prove_by_hand(billing, attempt, outcome, told, shift.actor()).await {
        Ok(Vouched::Settled(_)) => Ok(back_to(id, "vouched")),
        Ok(Vouched::NeedsSecond) => Ok(back_to(id, "seconded")),
        Err(Stop::Refused(refusal)) => Ok(refused(id, &refusal)),
        Err(fault) => Err(fault.into()),
    }
}

/// `POST /console/payments/{payment}/refunds/{operation}/confirm`.
pub(crate) async fn refund(
    shift: Shift,
    Path((id, operation)): Path<(PaymentId, OperationId)>,
    Form(written): Form<Written>,
) -> Answer {
    shift.must(Deed::Refund)?;
    let billing = &shift.house.billing;
    let calls = payments::operations_of(&mut billing.store.read().await?, id).await?;
    if !calls.iter().any(|call| call.id == operation) {
        return Err(Trouble::NotFound);
    }
    let (told, actor) = (written.evidence.as_str(), shift.actor());
    let said = if written.outcome == "not_made" {
        payments::deny(billing, operation, told, actor).await
    } else {
        payments::confirm(billing, operation, told, actor).await
    };
    match said {
        Ok(_) => Ok(back_to(id, "vouched")),
        Err(Stop::Refused(refusal)) => Ok(refused(id, &refusal)),
        Err(fault) => Err(fault.into()),
    }
}

fn refused(id: PaymentId, refusal: &Refusal) -> Response {
    let unclear = refusal.code == EVIDENCE_NOT_VALID.code;
    back_to(id, if unclear { "unclear" } else { "refused" })
}
