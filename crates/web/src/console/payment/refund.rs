//! Giving money back: asked for with a reason, looked at once more, then sent.

use askama::Template;
use axum::extract::{Form, Path};
use base::id::PaymentId;
use base::{Language, Money, Stop};
use billing::payments::{self, Payment};
use serde::Deserialize;

use super::deeds::back_to;
use super::show::no_refund;
use crate::answer::{Answer, html};
use crate::console::permit::Deed;
use crate::console::shift::Shift;
use crate::guard::Trouble;
use crate::layout::ConsoleFrame;
use crate::parts::form::Slips;

/// The form, and the look at it before it goes.
#[derive(Template)]
#[template(path = "console/payment/refund.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) payment: Payment,
    pub(crate) amount: String,
    pub(crate) reason: String,
    pub(crate) slips: Slips,
    /// What will be given back, once the form is right.
    pub(crate) checked: Option<Money>,
    /// Whether the processor takes back only the whole.
    pub(crate) whole_only: bool,
}

#[derive(Default, Deserialize)]
pub(crate) struct Written {
    #[serde(default)]
    amount: String,
    #[serde(default)]
    reason: String,
    /// The second look was taken.
    #[serde(default)]
    sure: String,
}

const REASON: usize = 200;

/// `GET /console/payments/{payment}/refund`.
pub(crate) async fn show(shift: Shift, Path(id): Path<PaymentId>) -> Answer {
    let payment = refundable(&shift, id).await?;
    shift.reads_payments(id).await?;
    let written = Written { amount: payment.returnable().to_decimal(), ..Written::default() };
    html(Language::En, &page(&shift, payment, written, Slips::default(), None).await?)
}

/// `POST /console/payments/{payment}/refund`.
pub(crate) async fn send(
    shift: Shift,
    Path(id): Path<PaymentId>,
    Form(written): Form<Written>,
) -> Answer {
    let payment = refundable(&shift, id).await?;
    let amount = match read(&payment, &written) {
        Ok(amount) => amount,
        Err(slips) => {
            return html(Language::En, &page(&shift, payment, written, slips, None).await?);
        }
    };
    if written.sure.is_empty() {
        let page = page(&shift, payment, written, Slips::default(), Some(amount)).await?;
        return html(Language::En, &page);
    }
    let billing = &shift.house.billing;
    let reason = written.reason.trim();
    match payments::refund(billing, id, Some(amount), reason, shift.actor()).await {
        Ok(_) => Ok(back_to(id, "refunded")),
        Err(Stop::Refused(refusal)) => {
            let mut slips = Slips::default();
            slips.add("amount", format!("Refused: {}.", refusal.detail));
            html(Language::En, &page(&shift, payment, written, slips, None).await?)
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn refundable(shift: &Shift, id: PaymentId) -> Result<Payment, Trouble> {
    shift.must(Deed::Refund)?;
    let mut reader = shift.house.billing.store.read().await?;
    let payment = payments::find(&mut reader, id).await?.ok_or(Trouble::NotFound)?;
    match no_refund(shift, &payment) {
        None => Ok(payment),
        Some(_) => Err(Trouble::Elsewhere(format!("/console/payments/{id}?done=refused"))),
    }
}

fn read(payment: &Payment, written: &Written) -> Result<Money, Slips> {
    let mut slips = Slips::default();
    let left = payment.returnable();
    let amount = Money::parse(written.amount.trim(), left.currency).unwrap_or_else(|error| {
        slips.add("amount", format!("Write an amount such as {}: {error}.", left.to_decimal()));
        Money::zero(left.currency)
    });
    if slips.is_empty() && (amount.minor < 1 || amount.minor > left.minor) {
        slips.add("amount", format!("Write an amount up to {}.", left.to_decimal()));
    }
    let reason = written.reason.trim();
    if reason.is_empty() || reason.chars().count() > REASON {
        slips.add("reason", format!("Say why in 1 to {REASON} characters."));
    }
    if slips.is_empty() { Ok(amount) } else { Err(slips) }
}

async fn page(
    shift: &Shift,
    payment: Payment,
    written: Written,
    slips: Slips,
    checked: Option<Money>,
) -> Result<Page, Trouble> {
    let mut reader = shift.house.billing.store.read().await?;
    let attempts = payments::attempts_of(&mut reader, payment.id).await?;
    let accounts = &shift.house.billing.accounts;
    let partial = attempts
        .iter()
        .filter_map(|attempt| accounts.get(&attempt.account))
        .any(|account| account.connector.capabilities().refund_partial);
    Ok(Page {
        frame: shift.frame("Refund"),
        payment,
        amount: written.amount,
        reason: written.reason,
        slips,
        checked,
        whole_only: !partial,
    })
}
