//! A sale: what the house knows of one purchase, and the words it says about it.

use base::id::SandboxSale;
use base::time::SignedDuration;
use base::{Id, Money, Timestamp};
use processor::{Card, Decline};
use serde::{Deserialize, Serialize};

use crate::sandbox::wire::{Event, RefundView, SaleRequest, SaleView};

/// One purchase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sale {
    /// Its id.
    pub id: Id<SandboxSale>,
    /// The idempotency key it was opened with.
    pub key: String,
    /// What was asked for.
    pub request: SaleRequest,
    /// What became of it.
    pub state: State,
    /// What is known of the card.
    pub card: Option<Card>,
    /// Why not.
    pub decline: Option<Decline>,
    /// What was given back, in order.
    pub refunds: Vec<Refund>,
    /// What will become of it without anybody's doing.
    pub later: Vec<Later>,
    /// When it was opened.
    pub created: Timestamp,
}

/// What became of a sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The customer has not decided.
    Open,
    /// Taken in, not decided.
    Pending,
    /// Paid.
    Paid,
    /// The bank said no.
    Declined,
    /// The customer said no.
    GivenUp,
    /// Nobody said anything for too long.
    Expired,
    /// Paid and undone.
    Voided,
    /// Paid and given back in full.
    Refunded,
    /// Paid and disputed away.
    ChargedBack,
}

/// A refund of a sale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// Its id.
    pub id: String,
    /// The idempotency key it was asked for with.
    pub key: String,
    /// How much.
    pub amount: Money,
    /// When it is done; in the future while pending.
    pub done_at: Timestamp,
}

/// Something that will become of a sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Later {
    /// When.
    pub at: Timestamp,
    /// What.
    pub becomes: State,
}

impl State {
    const fn word(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Pending => "pending",
            State::Paid => "paid",
            State::Declined => "declined",
            State::GivenUp => "given_up",
            State::Expired => "expired",
            State::Voided => "voided",
            State::Refunded => "refunded",
            State::ChargedBack => "charged_back",
        }
    }
}

impl Sale {
    /// A sale nobody has paid yet.
    pub fn open(id: Id<SandboxSale>, key: &str, request: SaleRequest, now: Timestamp) -> Sale {
        Sale {
            id,
            key: key.to_owned(),
            request,
            state: State::Open,
            card: None,
            decline: None,
            refunds: Vec::new(),
            later: Vec::new(),
            created: now,
        }
    }

    /// The sale as time has left it: what was to come by now has come.
    #[must_use]
    pub fn at(mut self, now: Timestamp, open_for: SignedDuration) -> Sale {
        let (come, later) = self.later.iter().partition::<Vec<Later>, _>(|later| later.at <= now);
        if let Some(last) = come.last() {
            self.state = last.becomes;
        }
        self.later = later;
        if self.state == State::Open && now.duration_since(self.created) > open_for {
            self.state = State::Expired;
        }
        self
    }

    /// What was given back or is about to be.
    pub fn refunded(&self) -> Money {
        let minor = self.refunds.iter().map(|refund| refund.amount.minor).sum();
        Money::new(minor, self.request.amount.currency)
    }

    /// As the API shows it, with the customer's page if it is for the shop's eyes.
    pub fn view(&self, page: Option<String>) -> SaleView {
        SaleView {
            id: self.id.to_string(),
            reference: self.request.reference.clone(),
            state: self.state.word().to_owned(),
            amount: self.request.amount,
            refunded: self.refunded(),
            card: self.card.clone(),
            decline: self.decline.clone(),
            created: self.created,
            page,
        }
    }

    /// A fact about the sale, told as if it stood in `state`.
    pub fn event(&self, kind: &str, state: State, at: Timestamp) -> Event {
        let told = Sale { state, ..self.clone() };
        Event {
            id: format!("{}:{kind}", self.id),
            kind: kind.to_owned(),
            created: at,
            sale: told.view(None),
            refund: None,
        }
    }

    /// A fact about one of its refunds.
    pub fn refund_event(&self, refund: &Refund) -> Event {
        let plain = self.event("refund.done", self.state, refund.done_at);
        let view = self.refund_view(refund, refund.done_at);
        Event { id: format!("{}:refund.done", refund.id), refund: Some(view), ..plain }
    }

    /// A refund as the API shows it.
    pub fn refund_view(&self, refund: &Refund, now: Timestamp) -> RefundView {
        RefundView {
            id: refund.id.clone(),
            sale: self.id.to_string(),
            amount: refund.amount,
            state: if refund.done_at <= now { "done" } else { "pending" }.to_owned(),
        }
    }
}
