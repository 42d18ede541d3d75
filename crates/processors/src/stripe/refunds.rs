//! What events tell about refunds.
//!
//! A refund tells its own amount. The event `charge.refunded` tells how much of a charge went back
//! in all, which cannot be added up in any order; it is read only where it lists the refunds, as
//! versions of the API before 2022-11-15 do, and then as those refunds.

use processor::{Notice, NoticeKind};

use super::objects::{Charge, Refund};
use super::postback::Event;
use super::{money, objects};

/// What an event of a refund tells.
pub(super) fn refund(event: &Event, refund: &Refund) -> Result<Notice, String> {
    let status = refund.status.as_deref().unwrap_or_default();
    let words = [Some(status), refund.failure_reason.as_deref()];
    let id = &refund.id;
    let notice = match status {
        "succeeded" => event.fact(NoticeKind::Refunded, format!("{id}:refunded"), &words),
        "failed" | "canceled" => {
            event.fact(NoticeKind::RefundFailed, format!("{id}:failed"), &words)
        }
        _ => event.fact(NoticeKind::Waiting, format!("{id}:{status}"), &words),
    };
    let (intent, charge) =
        (objects::id(refund.payment_intent.as_ref()), objects::id(refund.charge.as_ref()));
    let parent = intent.or_else(|| charge.clone());
    Ok(Notice {
        also: charge.into_iter().filter(|id| parent.as_ref() != Some(id)).collect(),
        parent,
        transaction: Some(refund.id.clone()),
        amount: Some(money::positive(refund.amount, &refund.currency)?),
        ..notice
    })
}

/// What `charge.refunded` tells.
pub(super) fn charge(event: &Event, charge: &Charge) -> Result<Vec<Notice>, String> {
    let listed = charge.refunds.as_ref().filter(|list| !list.data.is_empty() && !list.has_more);
    let Some(list) = listed else {
        let notice = event.fact(NoticeKind::Ignored, event.id.clone(), &[Some("total")]);
        let parent = objects::id(charge.payment_intent.as_ref());
        return Ok(vec![Notice { parent, ..notice }]);
    };
    let of_it = |one: &Refund| {
        let mut notice = refund(event, one)?;
        let intent = objects::id(charge.payment_intent.as_ref());
        notice.parent = intent.or(notice.parent);
        Ok(notice)
    };
    list.data.iter().map(of_it).collect()
}
