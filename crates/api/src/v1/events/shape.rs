//! An event as the API shows it and as webhooks carry it.

use base::Timestamp;
use base::id::EventId;
use serde::Serialize;
use store::outbox::Event;
use utoipa::ToSchema;

/// A fact. Webhooks have the same body.
#[derive(Serialize, ToSchema)]
#[schema(as = Event)]
pub struct Shown<'a> {
    #[schema(value_type = String, example = "evt_01k2h7v3b5d8m9xq4r6s2t1w0y")]
    id: EventId,
    /// Always `event`.
    #[schema(example = "event")]
    object: &'static str,
    /// Whether real money moves.
    livemode: bool,
    /// What happened.
    #[schema(example = "payment.captured")]
    r#type: &'a str,
    /// The id of what it happened to.
    #[schema(example = "pay_01k2h7v3b5d8m9xq4r6s2t1w0y")]
    subject: &'a str,
    /// Puts the events of one subject in order, however they arrive.
    sequence: i64,
    /// What was so then.
    #[schema(value_type = Object)]
    data: &'a serde_json::Value,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl Shown<'_> {
    /// As shown by a house in this mode.
    pub fn of(event: &Event, livemode: bool) -> Shown<'_> {
        Shown {
            id: event.id,
            object: "event",
            livemode,
            r#type: &event.kind,
            subject: &event.subject,
            sequence: event.sequence,
            data: &event.body,
            created_at: event.created_at,
        }
    }
}
