//! What staff do about the money from a case: credit tokens, send a receipt again, attach a
//! payment, ask a processor, hear a notice again.

use axum::extract::{Form, Path};
use axum::response::{IntoResponse, Redirect, Response};
use base::id::{CaseId, CreditId, NoticeId, PaymentId};
use base::{Stop, Tokens};
use billing::{notices, payments};
use desk::cases::{self, Case, Ref, RefKind};
use desk::credits::{self, Give};
use desk::inbox::{self, ReceiptAgain};
use desk::permits::Permit;
use serde::Deserialize;

use super::Standing;
use crate::answer::Answer;
use crate::console::shift::Shift;
use crate::guard::Trouble;

/// How many tokens, why, and a key that gives once.
#[derive(Deserialize)]
pub(crate) struct Credit {
    key: CreditId,
    #[serde(default)]
    tokens: String,
    #[serde(default)]
    reason: String,
}

/// `POST /console/cases/{case}/credit`.
pub(crate) async fn credit(
    shift: Shift,
    Path(id): Path<CaseId>,
    Form(credit): Form<Credit>,
) -> Answer {
    shift.must(Permit::CreditWallet)?;
    let case = seen(&shift, id).await?;
    let about = super::about(&shift, &case, &[]).await?;
    let customer = about.customer.filter(|_| about.proof == Standing::Proved);
    let customer = customer.ok_or(Trouble::Forbidden)?;
    let tokens = credit.tokens.trim().parse().ok().and_then(Tokens::new);
    let Some(tokens) = tokens.filter(|tokens| tokens.count() > 0) else {
        return Ok(back(id, "no_credit"));
    };
    let give = Give {
        case: id,
        customer: customer.id,
        tokens,
        reason: credit.reason.trim().to_owned(),
        staff: shift.staff.id,
        key: credit.key.to_string(),
    };
    let done = credits::give(&shift.house.desk, give).await;
    told(done.map(|_| ()), id, "credited", "no_credit")
}

/// The payment that belongs to the case.
#[derive(Deserialize)]
pub(crate) struct Attach {
    payment: PaymentId,
}

/// `POST /console/cases/{case}/attach`.
pub(crate) async fn attach(
    shift: Shift,
    Path(id): Path<CaseId>,
    Form(attach): Form<Attach>,
) -> Answer {
    shift.must(Permit::ReadPayment)?;
    seen(&shift, id).await?;
    let env = &shift.house.billing.env;
    let by = cases::Author::Staff(shift.staff.id);
    let done = store::write!(shift.house.billing.store, |tx| {
        payments::find(tx, attach.payment).await?.ok_or(cases::UNKNOWN)?;
        let about = Ref::subject(RefKind::Payment, attach.payment);
        cases::refer_by(tx, env, id, about, by).await?;
        Ok(())
    });
    told(done, id, "attached", "refused")
}

/// `POST /console/cases/{case}/payments/{payment}/ask`.
pub(crate) async fn ask(shift: Shift, Path((id, payment)): Path<(CaseId, PaymentId)>) -> Answer {
    shift.must(Permit::AskProcessor)?;
    seen(&shift, id).await?;
    let asked = super::payments::ask(&shift, payment).await?;
    Ok(back(id, if asked { "asked" } else { "refused" }))
}

/// `POST /console/cases/{case}/payments/{payment}/receipt`.
pub(crate) async fn receipt(
    shift: Shift,
    Path((id, payment)): Path<(CaseId, PaymentId)>,
) -> Answer {
    shift.must(Permit::Reply)?;
    let case = seen(&shift, id).await?;
    must_belong(&shift, &case, payment).await?;
    let house = &shift.house;
    let (env, post) = (&house.billing.env, &house.desk.post);
    let host = house.billing.site.base_url.host_str().unwrap_or("localhost");
    let again = ReceiptAgain { payment, case: id, staff: shift.staff.id };
    let done = store::write!(house.billing.store, |tx| {
        inbox::send_receipt_again(tx, env, post, host, again).await
    });
    let today = matches!(&done, Err(Stop::Refused(no)) if no.code == inbox::RECEIPT_SENT.code);
    told(done, id, "receipt", if today { "receipt_today" } else { "no_receipt" })
}

/// Goes on only if the panel of the case shows the payment: it was attached, or the customer of
/// the case made it.
async fn must_belong(shift: &Shift, case: &Case, payment: PaymentId) -> Result<(), Trouble> {
    let mut reader = shift.house.billing.store.read().await?;
    let found = payments::find(&mut reader, payment).await?.ok_or(Trouble::NotFound)?;
    let refs = cases::refs_of(&mut reader, case.id).await?;
    drop(reader);
    let word = payment.to_string();
    if refs.iter().any(|one| one.kind == RefKind::Payment && one.id == word) {
        return Ok(());
    }
    let customer = super::about(shift, case, &refs).await?.customer;
    let theirs = customer.is_some_and(|customer| customer.id == found.customer);
    if theirs { Ok(()) } else { Err(Trouble::NotFound) }
}

/// `POST /console/cases/{case}/notices/{notice}/replay`.
pub(crate) async fn replay(shift: Shift, Path((id, notice)): Path<(CaseId, NoticeId)>) -> Answer {
    shift.must(Permit::ReplayNotice)?;
    seen(&shift, id).await?;
    let done = notices::replay(&shift.house.billing, notice, shift.actor()).await;
    told(done.map(|_| ()), id, "replayed", "refused")
}

async fn seen(shift: &Shift, id: CaseId) -> Result<Case, Trouble> {
    let mut reader = shift.house.billing.store.read().await?;
    cases::seen(&mut reader, &shift.eyes(), id).await?.ok_or(Trouble::NotFound)
}

fn told(
    done: Result<(), Stop>,
    case: CaseId,
    well: &str,
    refused: &str,
) -> Result<Response, Trouble> {
    match done {
        Ok(()) => Ok(back(case, well)),
        Err(Stop::Refused(_)) => Ok(back(case, refused)),
        Err(fault) => Err(fault.into()),
    }
}

fn back(case: CaseId, done: &str) -> Response {
    Redirect::to(&format!("/console/cases/{case}?done={done}")).into_response()
}
