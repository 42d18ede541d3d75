//! A payment's page.

use askama::Template;
use axum::extract::{Path, Query};
use base::id::PaymentId;
use base::{Language, Timestamp};
use billing::catalog::{self, TokenPack};
use billing::notices::{self, NoticeRow};
use billing::payments::{self, Attempt, AttemptState, Operation, Payment, PaymentState};
use billing::receipts::{self, Receipt};
use billing::routing::{self, Trace};
use identity::customers::{self, Customer};
use serde::Deserialize;

use super::transfers::{self, LedgerPart};
use crate::answer::{Answer, html};
use crate::console::permit::{Deed, who_may};
use crate::console::shift::Shift;
use crate::guard::Trouble;
use crate::layout::ConsoleFrame;

/// Everything about one payment.
#[derive(Template)]
#[template(path = "console/payment/show.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    /// What the last deed led to.
    pub(crate) done: Option<&'static str>,
    pub(crate) payment: Payment,
    pub(crate) customer: Option<Customer>,
    pub(crate) pack: Option<TokenPack>,
    pub(crate) receipt: Option<Receipt>,
    pub(crate) attempts: Vec<Tried>,
    pub(crate) notices: Vec<NoticeRow>,
    pub(crate) ledgers: Vec<LedgerPart>,
    pub(crate) line: Vec<Step>,
    /// Why the button cannot be pressed.
    pub(crate) no_ask: Option<&'static str>,
    pub(crate) no_refund: Option<&'static str>,
    pub(crate) no_replay: Option<&'static str>,
    /// Whether whoever looks may say what became of a call.
    pub(crate) may_vouch: bool,
    pub(crate) most_alone: i64,
}

/// An attempt with its calls.
pub(crate) struct Tried {
    pub(crate) attempt: Attempt,
    /// What the customer's statement says.
    pub(crate) descriptor: Option<String>,
    pub(crate) operations: Vec<Operation>,
    /// Why it went where it went.
    pub(crate) route: Option<Trace>,
}

impl Tried {
    /// Whether nobody knows what became of it, so that a person may say.
    pub(crate) fn is_open(&self) -> bool {
        matches!(self.attempt.state, AttemptState::Pending | AttemptState::Unknown)
    }

    /// The refund that a person makes at the processor, or whose answer was lost.
    pub(crate) fn to_confirm(&self) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.waits_for_a_person())
    }
}

/// One thing that happened, on the time line.
pub(crate) struct Step {
    pub(crate) at: Timestamp,
    pub(crate) icon: &'static str,
    pub(crate) tone: &'static str,
    pub(crate) what: String,
    pub(crate) detail: String,
}

#[derive(Default, Deserialize)]
pub(crate) struct Asked {
    done: Option<String>,
}

/// `GET /console/payments/{payment}`.
pub(crate) async fn show(
    shift: Shift,
    Path(id): Path<PaymentId>,
    Query(asked): Query<Asked>,
) -> Answer {
    let page = gather(&shift, id, asked.done.as_deref()).await?;
    shift.reads_payments(id).await?;
    html(Language::En, &page)
}

async fn gather(shift: &Shift, id: PaymentId, done: Option<&str>) -> Result<Page, Trouble> {
    let house = &shift.house;
    let mut reader = house.billing.store.read().await?;
    let payment = payments::find(&mut reader, id).await?.ok_or(Trouble::NotFound)?;
    let operations = payments::operations_of(&mut reader, id).await?;
    let attempts = payments::attempts_of(&mut reader, id).await?;
    let mut traces = routing::traces_of(&mut reader, id).await?;
    let mut route = |attempt: &Attempt| {
        let nth = traces.iter().position(|(of, _)| *of == attempt.id)?;
        Some(traces.swap_remove(nth).1)
    };
    let tried = |attempt: Attempt| Tried {
        route: route(&attempt),
        operations: operations.iter().filter(|one| one.attempt == attempt.id).cloned().collect(),
        descriptor: house
            .billing
            .accounts
            .get(&attempt.account)
            .map(|account| account.descriptor.clone()),
        attempt,
    };
    let attempts: Vec<Tried> = attempts.into_iter().map(tried).collect();
    let notices = notices::of_payment(&mut reader, id).await?;
    let customer = customers::find(&mut reader, payment.customer).await?;
    let pack = catalog::find(&mut reader, payment.pack).await?;
    let receipt = receipts::of_payment(&mut reader, id).await?;
    drop(reader);
    let mut keys: Vec<&str> = attempts.iter().map(|one| one.attempt.account.as_str()).collect();
    keys.dedup();
    let ledgers = transfers::of_payment(house, &payment, &keys).await?;
    Ok(Page {
        frame: shift.frame(format!("Payment {id}")),
        done: done.and_then(done_sentence),
        line: time_line(&payment, &attempts, &notices, receipt.as_ref()),
        no_ask: no_ask(shift, &attempts),
        no_refund: no_refund(shift, &payment),
        no_replay: (!shift.may(Deed::ReplayNotice)).then(|| who_may(Deed::ReplayNotice)),
        may_vouch: shift.may(Deed::Refund),
        most_alone: payments::MOST_ALONE,
        payment,
        customer,
        pack,
        receipt,
        attempts,
        notices,
        ledgers,
    })
}

fn done_sentence(done: &str) -> Option<&'static str> {
    match done {
        "asked" => Some("The processor was asked. What it said is below."),
        "refunded" => {
            Some("The refund is on its way. It is booked when the processor confirms it.")
        }
        "vouched" => Some("It is settled; who said so is kept beside it."),
        "seconded" => Some("Your word is kept. A second person must say the same."),
        "unclear" => Some("Say what proves it, in 10 to 1,000 characters. Nothing was changed."),
        "replayed" => Some("The notice was heard again."),
        "refused" => Some("That was refused: it is no longer possible. Look at the state below."),
        _ => None,
    }
}

fn no_ask(shift: &Shift, attempts: &[Tried]) -> Option<&'static str> {
    let Some(latest) = attempts.last() else { return Some("Nothing was tried yet.") };
    if !shift.may(Deed::AskProcessor) {
        return Some(who_may(Deed::AskProcessor));
    }
    if !latest.attempt.state.is_unresolved() {
        return Some("The last attempt has its end; there is nothing to ask.");
    }
    let account = shift.house.billing.accounts.get(&latest.attempt.account);
    let can = account.is_some_and(|account| account.connector.capabilities().find);
    (!can).then_some("This processor cannot be asked; it tells by itself.")
}

/// Why nothing can be given back, if so.
pub(super) fn no_refund(shift: &Shift, payment: &Payment) -> Option<&'static str> {
    if payment.state != PaymentState::Captured {
        return Some("Nothing was taken, so nothing can be given back.");
    }
    if !payment.returnable().is_positive() {
        return Some("Everything that was taken has gone back already.");
    }
    (!shift.may(Deed::Refund)).then(|| who_may(Deed::Refund))
}

fn step(
    at: Timestamp,
    icon: &'static str,
    tone: &'static str,
    what: impl Into<String>,
    detail: impl Into<String>,
) -> Step {
    Step { at, icon, tone, what: what.into(), detail: detail.into() }
}

/// What happened, first to last.
fn time_line(
    payment: &Payment,
    attempts: &[Tried],
    notices: &[NoticeRow],
    receipt: Option<&Receipt>,
) -> Vec<Step> {
    let made = format!("{} for {} tokens", payment.amount, payment.tokens.count());
    let mut line = vec![step(payment.created_at, "plus", "", "Payment made", made)];
    for Tried { attempt, operations, .. } in attempts {
        let on = format!("on {}", attempt.account);
        line.push(step(attempt.created_at, "arrow", "", "Attempt begun", on));
        for operation in operations {
            let what = format!("{} {}", operation.kind, operation.state).replace('_', " ");
            let detail = operation.proof.clone().unwrap_or_default();
            line.push(step(operation.updated_at, "bank", "", what, detail));
        }
        let (icon, tone) = match attempt.state {
            AttemptState::Captured => ("check", "good"),
            AttemptState::Declined => ("cross", "bad"),
            AttemptState::Unknown => ("question", "wait"),
            _ => continue,
        };
        let why = attempt.decline.as_ref().map(|decline| decline.cause.clone());
        let what = format!("Attempt {}", attempt.state);
        line.push(step(attempt.updated_at, icon, tone, what, why.unwrap_or_default()));
    }
    for notice in notices {
        let kind = notice.kind.as_deref().unwrap_or("unread").replace('_', " ");
        let what = format!("Notice: {kind}, {}", notice.filed);
        let why = notice.reason.clone().unwrap_or_default();
        line.push(step(notice.received_at, "mail", "", what, why));
    }
    if let Some(receipt) = receipt {
        let number = receipt.number.clone();
        line.push(step(receipt.issued_at, "receipt", "good", "Receipt issued", number));
    }
    line.sort_by_key(|step| step.at);
    line
}
