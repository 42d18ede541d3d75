//! What staff do about a payment: ask its processor.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use base::Stop;
use base::id::PaymentId;
use billing::payments;

use crate::answer::Answer;
use crate::console::permit::Deed;
use crate::console::shift::Shift;
use crate::guard::Trouble;

/// `POST /console/payments/{payment}/ask`.
pub(crate) async fn ask(shift: Shift, Path(id): Path<PaymentId>) -> Answer {
    shift.must(Deed::AskProcessor)?;
    let billing = &shift.house.billing;
    let latest = payments::attempts_of(&mut billing.store.read().await?, id).await?.pop();
    let latest = latest.ok_or(Trouble::NotFound)?;
    let done = match payments::resolve(billing, latest.id).await {
        Ok(_) => "asked",
        Err(Stop::Refused(_)) => "refused",
        Err(fault) => return Err(fault.into()),
    };
    tracing::info!(payment = %id, actor = %shift.actor(), done, "staff asked a processor");
    Ok(back_to(id, done))
}

/// Back to the payment with a word on what was done.
pub(super) fn back_to(id: PaymentId, done: &str) -> axum::response::Response {
    Redirect::to(&format!("/console/payments/{id}?done={done}")).into_response()
}
