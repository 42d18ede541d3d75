//! Reading Stripe's events: which of them tell something, and who reads them. Names and meanings
//! follow "Types of events" of the API reference at docs.stripe.com.
//!
//! Every fact has one key, whatever event tells it, so that events may come in any order and more
//! than once: `pi_…:paid` is told by the intent and by its page.

use base::Timestamp;
use processor::{Notice, NoticeKind, Rejected};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::config::{Livemode, Mode};
use super::{disputes, objects, payments, refunds, renewals};

/// The largest body that is read.
const SIZE: usize = 512 * 1024;

/// An event, before its object is looked at.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Event {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    created: Option<i64>,
    livemode: Option<Livemode>,
    data: EventBody,
}

#[derive(Clone, Debug, Deserialize)]
struct EventBody {
    object: Value,
    #[serde(default)]
    previous_attributes: Value,
}

/// Events that repeat what others tell, or tell nothing about a payment.
const IGNORED: &[&str] = &[
    "account.",
    "balance.",
    "charge.",
    "checkout.session.",
    "customer.",
    "invoice.",
    "invoiceitem.",
    "mandate.",
    "payment_intent.created",
    "payment_intent.requires_action",
    "payment_method.",
    "payout.",
    "price.",
    "product.",
    "radar.",
    "reporting.",
    "review.",
    "setup_intent.",
    "sigma.",
];

/// Reads one event.
pub(super) fn read(body: &[u8], mode: Mode) -> Result<Vec<Notice>, Rejected> {
    if body.len() > SIZE {
        return Err(Rejected::Unreadable("more than 512 KiB".to_owned()));
    }
    let event: Event = serde_json::from_slice(body)
        .map_err(|error| Rejected::Unreadable(format!("it is no event: {error}")))?;
    notices(&event, mode).map_err(Rejected::Unreadable)
}

/// What an event tells.
///
/// # Errors
/// A sentence, if its object is not of the form that the event has.
pub(super) fn notices(event: &Event, mode: Mode) -> Result<Vec<Notice>, String> {
    if event.livemode.is_some_and(|livemode| Mode::of(livemode) != mode) {
        return Err(format!("this account is in {} mode and the event is not", mode.word()));
    }
    match event.kind.as_str() {
        "payment_intent.succeeded"
        | "payment_intent.amount_capturable_updated"
        | "payment_intent.payment_failed"
        | "payment_intent.processing"
        | "payment_intent.canceled" => one(payments::intent(event, &event.object()?)),
        "checkout.session.completed"
        | "checkout.session.async_payment_succeeded"
        | "checkout.session.async_payment_failed"
        | "checkout.session.expired" => one(payments::session(event, &event.object()?)),
        "refund.created" | "refund.updated" | "refund.failed" | "charge.refund.updated" => {
            one(refunds::refund(event, &event.object()?))
        }
        "charge.refunded" => refunds::charge(event, &event.object()?),
        "charge.dispute.created"
        | "charge.dispute.updated"
        | "charge.dispute.closed"
        | "charge.dispute.funds_withdrawn"
        | "charge.dispute.funds_reinstated" => disputes::dispute(event, &event.object()?),
        "invoice.paid" | "invoice.payment_succeeded" | "invoice.payment_failed" => {
            one(renewals::invoice(event, &event.object()?))
        }
        "customer.subscription.updated" | "customer.subscription.deleted" => {
            one(renewals::subscription(event, &event.object()?))
        }
        kind if IGNORED.iter().any(|prefix| kind.starts_with(prefix)) => {
            Ok(vec![event.notice(NoticeKind::Ignored)])
        }
        _ => Ok(vec![event.notice(NoticeKind::Waiting)]),
    }
}

fn one(notice: Result<Notice, String>) -> Result<Vec<Notice>, String> {
    notice.map(|notice| vec![notice])
}

impl Event {
    /// When it happened.
    pub(super) fn at(&self) -> Option<Timestamp> {
        objects::time(self.created)
    }

    /// What it was before, for the attributes that an update has changed.
    pub(super) fn before(&self, attribute: &str) -> Option<&Value> {
        self.data.previous_attributes.get(attribute)
    }

    fn object<T: DeserializeOwned>(&self) -> Result<T, String> {
        T::deserialize(&self.data.object)
            .map_err(|error| format!("the event's object is not of its form: {error}"))
    }

    /// A notice that is known by the event only.
    pub(super) fn notice(&self, kind: NoticeKind) -> Notice {
        self.fact(kind, self.id.clone(), &[])
    }

    /// A notice about a fact, with Stripe's words for it.
    pub(super) fn fact(&self, kind: NoticeKind, dedupe: String, words: &[Option<&str>]) -> Notice {
        let words = std::iter::once(self.kind.as_str()).chain(words.iter().copied().flatten());
        let words: Vec<String> = words.map(shown).collect();
        Notice {
            occurred_at: self.at(),
            words: words.join(" "),
            ..Notice::new(kind, dedupe.chars().take(300).collect::<String>())
        }
    }
}

/// A word of theirs for people who debug: short, plain, and no number as long as a card's.
fn shown(word: &str) -> String {
    if word.bytes().filter(u8::is_ascii_digit).count() > 12 {
        return "number".to_owned();
    }
    let plain = |letter: char| {
        if letter.is_ascii_alphanumeric() || "._-".contains(letter) { letter } else { '-' }
    };
    word.chars().take(60).map(plain).collect()
}
