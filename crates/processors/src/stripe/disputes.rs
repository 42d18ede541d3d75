//! What events tell about disputes.
//!
//! Money moves when Stripe says so with a movement on the balance, and by that movement's id the
//! fact is known: common samples of `funds_reinstated` still carry the withdrawal only. An inquiry
//! (`warning_…`) moves nothing.

use base::Money;
use processor::{Notice, NoticeKind};

use super::objects::{BalanceTransaction, Dispute};
use super::postback::Event;
use super::{money, objects};

/// What an event of a dispute tells.
pub(super) fn dispute(event: &Event, dispute: &Dispute) -> Result<Vec<Notice>, String> {
    let (kind, moved): (NoticeKind, fn(&BalanceTransaction) -> bool) = match event.kind.as_str() {
        "charge.dispute.created" => return Ok(vec![opened(event, dispute)?]),
        "charge.dispute.funds_withdrawn" => (NoticeKind::ChargedBack, |one| one.amount < 0),
        "charge.dispute.funds_reinstated" => (NoticeKind::ChargebackReversed, |one| one.amount > 0),
        _ => {
            let notice = event.fact(NoticeKind::Ignored, event.id.clone(), &words(dispute));
            return Ok(vec![about(dispute, notice)]);
        }
    };
    let movements = dispute.balance_transactions.iter().filter(|one| moved(one));
    let facts = movements.map(|one| {
        let notice = event.fact(kind, one.id.clone(), &words(dispute));
        Ok(about(dispute, Notice { amount: Some(amount(dispute, one)?), ..notice }))
    });
    let facts: Vec<Notice> = facts.collect::<Result<_, String>>()?;
    if facts.is_empty() {
        let words = [dispute.status.as_deref(), Some("without-movement")];
        let notice = event.fact(NoticeKind::Waiting, event.id.clone(), &words);
        return Ok(vec![about(dispute, notice)]);
    }
    Ok(facts)
}

fn opened(event: &Event, dispute: &Dispute) -> Result<Notice, String> {
    let key = format!("{}:opened", dispute.id);
    let notice = event.fact(NoticeKind::DisputeOpened, key, &words(dispute));
    let amount = money::positive(dispute.amount, &dispute.currency)?;
    Ok(about(dispute, Notice { amount: Some(amount), ..notice }))
}

/// How much of the payment: the movement says it, unless the balance is kept in another currency.
/// The fee that Stripe takes along is not part of it.
fn amount(dispute: &Dispute, movement: &BalanceTransaction) -> Result<Money, String> {
    if movement.currency.eq_ignore_ascii_case(&dispute.currency) {
        let units = movement.amount.checked_abs().ok_or("the amount is too large")?;
        money::positive(units, &movement.currency)
    } else {
        money::positive(dispute.amount, &dispute.currency)
    }
}

fn words(dispute: &Dispute) -> [Option<&str>; 2] {
    [dispute.status.as_deref(), dispute.reason.as_deref()]
}

fn about(dispute: &Dispute, notice: Notice) -> Notice {
    let charge = objects::id(dispute.charge.as_ref());
    let parent = objects::id(dispute.payment_intent.as_ref()).or_else(|| charge.clone());
    Notice {
        also: charge.into_iter().filter(|id| parent.as_ref() != Some(id)).collect(),
        parent,
        transaction: Some(dispute.id.clone()),
        ..notice
    }
}
