//! What was missed: Stripe keeps its events for thirty days and lists them ("List all events" of
//! the API reference at docs.stripe.com), so that a span of time can be heard again as if each
//! event had been posted.

use base::Timestamp;
use processor::{Answer, Http, Notice, NoticeKind, Sent, Unreadable};
use serde::Deserialize;

use super::api::{self, Api};
use super::config::{Mode, Sound};
use super::objects::List;
use super::postback::{self, Event};

/// Events a page; with larger ones an answer might not fit.
const PAGE: &str = "50";
/// The most pages of one span.
const PAGES: usize = 400;

/// The events that tell something; twenty can be asked for in one call.
pub(super) const TELLING: [&str; 17] = [
    "payment_intent.succeeded",
    "payment_intent.amount_capturable_updated",
    "payment_intent.payment_failed",
    "payment_intent.canceled",
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
    "refund.created",
    "refund.updated",
    "refund.failed",
    "charge.dispute.created",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
    "invoice.paid",
    "invoice.payment_failed",
    "customer.subscription.deleted",
];

/// An event, as far as paging needs it.
#[derive(Deserialize)]
struct Id {
    id: String,
}

/// Fetches the events of a span, newest first, a page each.
pub(super) async fn pull(
    config: &Sound,
    http: &Http,
    from: Timestamp,
    to: Timestamp,
) -> Answer<Vec<Vec<u8>>> {
    let (from, to) = (from.as_second().to_string(), to.as_second().to_string());
    let types: Vec<String> = (0..TELLING.len()).map(|nth| format!("types[{nth}]")).collect();
    let mut files = Vec::new();
    let mut after: Option<String> = None;
    while files.len() < PAGES {
        let mut query: Vec<(&str, &str)> =
            vec![("limit", PAGE), ("created[gte]", &from), ("created[lt]", &to)];
        query.extend(types.iter().map(String::as_str).zip(TELLING));
        query.extend(after.as_deref().map(|id| ("starting_after", id)));
        let sent = Api { config, http }.get("v1/events", &query).await;
        let body = match &sent {
            Sent::Answered(reply) => reply.body.clone(),
            Sent::NotExecuted(_) | Sent::Unknown(_) => Vec::new(),
        };
        let list: List<Id> = match api::object(sent) {
            Ok(list) => list,
            Err(answer) => return answer,
        };
        files.push(body);
        match list.data.last() {
            Some(last) if list.has_more => after = Some(last.id.clone()),
            _ => return Answer::Done(files),
        }
    }
    Answer::NotExecuted("Stripe has more events than are fetched at once: ask for less".to_owned())
}

/// Reads a page into what its events tell.
pub(super) fn read(file: &[u8], mode: Mode) -> Result<Vec<Notice>, Unreadable> {
    let list: List<Event> = serde_json::from_slice(file)
        .map_err(|error| Unreadable::new(format!("it is no list of events: {error}")))?;
    let mut all = Vec::new();
    for (nth, event) in list.data.iter().enumerate() {
        let notices = postback::notices(event, mode);
        let notices =
            notices.map_err(|why| Unreadable::new(format!("event {}: {why}", nth + 1)))?;
        all.extend(notices.into_iter().filter(|notice| notice.kind != NoticeKind::Ignored));
    }
    Ok(all)
}
