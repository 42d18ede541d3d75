//! Looking a payment up by PayPal's own ids: of an order, of a capture, of an authorisation.
//!
//! PayPal's public record has no search by `custom_id` that sees a payment at once: the
//! transaction search lags up to three hours. So our reference is not looked up.

use base::Money;
use processor::{Answer, FindBy, Found, FoundState};

use super::account::Account;
use super::wire::{self, Amount, Order, Paper, Unit};

/// Looks a payment up. That PayPal shows nothing is its word, not a proof: orders that nobody
/// approved are forgotten after some hours.
pub(super) async fn find(account: &Account, by: &FindBy) -> Answer<Option<Found>> {
    let id = match by {
        FindBy::Transaction(id) if wire::id(id).is_some() => id,
        FindBy::Transaction(_) => {
            return Answer::NotExecuted("that is no id of PayPal's".to_owned());
        }
        FindBy::Reference(_) => {
            return Answer::cannot("look up by our own reference, only by PayPal's ids");
        }
    };
    let found = match order(account, id).await {
        Ok(Some(found)) => Ok(Some(found)),
        Ok(None) => match capture(account, id).await {
            Ok(None) => authorization(account, id).await,
            other => other,
        },
        Err(answer) => Err(answer),
    };
    match found {
        Ok(found) => Answer::Done(found),
        Err(answer) => answer,
    }
}

type Looked = Result<Option<Found>, Answer<Option<Found>>>;

async fn order(account: &Account, id: &str) -> Looked {
    let Some(reply) = account.read(&["v2", "checkout", "orders", id]).await? else {
        return Ok(None);
    };
    let order: Order = reply.json().map_err(Answer::Unknown)?;
    if order.id != id {
        return Err(Answer::Unknown("PayPal shows another order".to_owned()));
    }
    of_order(&order).map(Some).map_err(Answer::Unknown)
}

async fn capture(account: &Account, id: &str) -> Looked {
    let Some(reply) = account.read(&["v2", "payments", "captures", id]).await? else {
        return Ok(None);
    };
    let paper: Paper = reply.json().map_err(Answer::Unknown)?;
    if paper.id != id {
        return Err(Answer::Unknown("PayPal shows another capture".to_owned()));
    }
    paper_found(&paper, captured(&paper.status)).map(Some).map_err(Answer::Unknown)
}

/// An authorisation that was captured leads to its order: only that knows how much was taken.
async fn authorization(account: &Account, id: &str) -> Looked {
    let Some(reply) = account.read(&["v2", "payments", "authorizations", id]).await? else {
        return Ok(None);
    };
    let paper: Paper = reply.json().map_err(Answer::Unknown)?;
    if paper.id != id {
        return Err(Answer::Unknown("PayPal shows another authorisation".to_owned()));
    }
    if matches!(paper.status.as_str(), "CAPTURED" | "PARTIALLY_CAPTURED") {
        let above = paper.related().order_id.or_else(|| paper.above().map(str::to_owned));
        return match above {
            Some(above) => order(account, &above).await,
            None => Err(Answer::Unknown("captured, but PayPal does not say how much".to_owned())),
        };
    }
    paper_found(&paper, held(&paper.status)).map(Some).map_err(Answer::Unknown)
}

/// An order as a payment: what was taken, else what is held, else how far the customer came.
fn of_order(order: &Order) -> Result<Found, String> {
    let [unit] = order.purchase_units.as_slice() else {
        return Err("PayPal's order has not one purchase in it".to_owned());
    };
    let reference = wire::reference(unit.custom_id.as_deref());
    let payments = &unit.payments;
    let taken: Vec<&Paper> = payments
        .captures
        .iter()
        .filter(|paper| !matches!(paper.status.as_str(), "DECLINED" | "FAILED"))
        .collect();
    let found = if let Some(last) = taken.last() {
        Found { amount: sum(&taken)?, ..paper_found(last, all_captured(&taken))? }
    } else if let Some(last) = payments.captures.last() {
        paper_found(last, FoundState::Declined)?
    } else if let Some(last) = payments.authorizations.last() {
        paper_found(last, held(&last.status))?
    } else {
        unpaid(order, unit)?
    };
    Ok(Found { reference, ..found })
}

fn unpaid(order: &Order, unit: &Unit) -> Result<Found, String> {
    let state = match order.status.as_str() {
        "APPROVED" => FoundState::Approved,
        "VOIDED" => FoundState::Declined,
        _ => FoundState::Waiting,
    };
    Ok(Found {
        state,
        transaction: order.id.clone(),
        reference: None,
        amount: unit.amount.as_ref().map(Amount::money).transpose()?,
        occurred_at: wire::time(order.update_time.as_deref().or(order.create_time.as_deref())),
    })
}

fn paper_found(paper: &Paper, state: FoundState) -> Result<Found, String> {
    Ok(Found {
        state,
        transaction: wire::id(&paper.id).ok_or("PayPal names no id")?.to_owned(),
        reference: wire::reference(paper.custom_id.as_deref()),
        amount: paper.amount.as_ref().map(Amount::money).transpose()?,
        occurred_at: wire::time(paper.create_time.as_deref()),
    })
}

/// Several captures as one: paid while any of them stands.
fn all_captured(papers: &[&Paper]) -> FoundState {
    let states: Vec<FoundState> = papers.iter().map(|paper| captured(&paper.status)).collect();
    let order = [FoundState::Waiting, FoundState::Paid, FoundState::Refunded];
    order.into_iter().find(|state| states.contains(state)).unwrap_or(FoundState::Waiting)
}

fn captured(status: &str) -> FoundState {
    match status {
        "COMPLETED" | "PARTIALLY_REFUNDED" => FoundState::Paid,
        "REFUNDED" => FoundState::Refunded,
        "DECLINED" | "FAILED" => FoundState::Declined,
        _ => FoundState::Waiting,
    }
}

fn held(status: &str) -> FoundState {
    match status {
        "CREATED" => FoundState::Authorized,
        "VOIDED" => FoundState::Voided,
        "DENIED" => FoundState::Declined,
        _ => FoundState::Waiting,
    }
}

fn sum(papers: &[&Paper]) -> Result<Option<Money>, String> {
    let mut total: Option<Money> = None;
    for paper in papers {
        let Some(amount) = &paper.amount else { return Ok(None) };
        let amount = amount.money()?;
        total = Some(match total {
            Some(total) => total.plus(amount).map_err(|error| error.to_string())?,
            None => amount,
        });
    }
    Ok(total)
}
