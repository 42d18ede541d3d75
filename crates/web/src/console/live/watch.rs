//! An open page of the console listens: `GET /console/live`, as server-sent events.
//!
//! `case.changed` names a case with its version, `sign` tells who is there or types, `offers` that
//! chats are offered to others, `reset` says "look at everything again". A page that comes back
//! after a drop is told what it missed.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use base::{SignedDuration, Timestamp};
use desk::chat::{live, offers, signs};
use futures_util::stream;
use identity::staff::{Role, Staff};
use serde_json::json;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

use super::told;
use crate::console::shift::Shift;
use crate::guard::Trouble;
use crate::house::{House, Stopping};

/// A stream ends after so long; the page comes back at once and is asked who it is.
const LONGEST: Duration = Duration::from_secs(300);
/// Being at the desk is said again this often.
const BEAT: Duration = Duration::from_secs(30);
/// Whether waiting chats have to be offered to others is looked at this often.
const DEAL: Duration = Duration::from_secs(1);
/// A comment crosses an idle line this often, so that proxies keep it.
const KEEP: Duration = Duration::from_secs(15);
/// What was missed for longer is not told one by one.
const MEMORY: SignedDuration = SignedDuration::from_mins(10);

/// `GET /console/live`.
pub(crate) async fn watch(shift: Shift, headers: HeaderMap) -> Result<Response, Trouble> {
    let watch = Watch::begin(&shift.house, &shift.staff, last_event(&headers)).await?;
    let events = stream::unfold(watch, |mut watch| async {
        let event = watch.next().await?;
        Some((Ok::<_, Infallible>(event), watch))
    });
    let kept = KeepAlive::new().interval(KEEP);
    // Proxies of the usual kind would hold events back until a page is full.
    Ok(([("x-accel-buffering", "no")], Sse::new(events).keep_alive(kept)).into_response())
}

fn last_event(headers: &HeaderMap) -> Option<Timestamp> {
    let text = headers.get("last-event-id")?.to_str().ok()?;
    Some(base::time::from_micros(text.parse().ok()?))
}

/// Somebody who looks on.
struct Watch {
    house: House,
    staff: Staff,
    role: Role,
    changes: broadcast::Receiver<live::Change>,
    stopping: Stopping,
    ends: tokio::time::Instant,
    beat: tokio::time::Interval,
    deal: tokio::time::Interval,
    ready: VecDeque<Event>,
    over: bool,
}

impl Watch {
    async fn begin(
        house: &House,
        staff: &Staff,
        since: Option<Timestamp>,
    ) -> Result<Watch, Trouble> {
        // Listening comes before reading, so that nothing falls between the two.
        let changes = house.live.listen();
        let env = &house.billing.env;
        let retry = Duration::from_millis(500 + env.chance.below(1_500));
        let hello = told::named("hello", &json!({ "staff": staff.id.to_string() })).retry(retry);
        let mut watch = Watch {
            house: house.clone(),
            staff: staff.clone(),
            role: staff.role,
            changes,
            stopping: house.stopping(),
            ends: tokio::time::Instant::now() + LONGEST,
            beat: tokio::time::interval(BEAT),
            deal: tokio::time::interval(DEAL),
            ready: VecDeque::from([hello]),
            over: false,
        };
        watch.catch_up(since).await?;
        Ok(watch)
    }

    /// What the page has missed since the last event it knows.
    async fn catch_up(&mut self, since: Option<Timestamp>) -> Result<(), Trouble> {
        let Some(since) = since else { return Ok(()) };
        let now = self.house.billing.env.now();
        let recent = now.duration_since(since) < MEMORY;
        let mut reader = self.house.billing.store.read().await?;
        let missed = if recent { live::missed(&mut reader, since).await? } else { None };
        match missed {
            None => self.ready.push_back(told::reset()),
            Some(missed) => {
                let theirs = missed.iter().filter(|it| told::may_know(self.role, it.team));
                self.ready.extend(theirs.map(told::case));
            }
        }
        Ok(())
    }

    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            if self.over {
                return None;
            }
            tokio::select! {
                change = self.changes.recv() => self.hear(change),
                _ = self.beat.tick() => self.say_here().await,
                _ = self.deal.tick() => self.deal().await,
                () = tokio::time::sleep_until(self.ends) => self.over = true,
                () = self.stopping.come() => {
                    self.over = true;
                    self.ready.push_back(Event::default().comment("stopping"));
                }
            }
        }
    }

    fn hear(&mut self, change: Result<live::Change, RecvError>) {
        match change {
            Ok(change) => {
                let now = self.house.billing.env.now();
                self.ready.extend(told::told(&change, self.role, now));
            }
            // It was too slow for its queue: better to look again than to be told half.
            Err(RecvError::Lagged(_)) => self.ready.push_back(told::reset()),
            Err(RecvError::Closed) => self.over = true,
        }
    }

    /// Somebody of this node deals the offers; those of other nodes find it done.
    async fn deal(&mut self) {
        if !self.house.live.is_due() {
            return;
        }
        if let Err(stop) = offers::deal(&self.house.desk).await {
            tracing::warn!(%stop, "waiting chats could not be offered");
        }
    }

    async fn say_here(&mut self) {
        if let Err(stop) = signs::be_there(&self.house.desk, self.staff.id).await {
            tracing::debug!(%stop, "being at the desk could not be noted");
        }
    }
}
