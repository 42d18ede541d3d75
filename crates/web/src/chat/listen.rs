//! A visitor's browser listens: `GET /chat/v1/stream`, as server-sent events.
//!
//! The rows are the truth and the queue: a browser that is slow is sent less often, never less. A
//! line carries its place as the event's id, by which the browser goes on after a drop, on this
//! node or another.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use desk::cases::Origin;
use desk::chat::live::Change;
use desk::chat::{self, Place, Session, lines};
use futures_util::stream;
use serde_json::{Value, json};
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::Instant;

use super::begin::state;
use super::guest::Guest;
use super::problem::Problem;
use super::shape;
use crate::house::{House, Stopping};

/// A stream ends after so long; the browser goes on at once, and its token is looked at again.
const LONGEST: Duration = Duration::from_secs(600);
/// How the talk stands is looked at this often though nobody signalled: the queue moves.
const LOOK: Duration = Duration::from_secs(15);
/// A comment crosses an idle line this often, so that proxies keep it.
const KEEP: Duration = Duration::from_secs(15);
/// More pages than this are not replayed after a drop: the browser reads them itself.
const REPLAYED: usize = 5;
/// Whoever stops lets its visitors come back one after another, within so many milliseconds.
const SPREAD: u64 = 4_000;

/// `GET /chat/v1/stream`.
pub(super) async fn listen(guest: Guest, headers: HeaderMap) -> Result<Response, Problem> {
    let after = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
    let talk = Talk::begin(guest, Place::of(after.unwrap_or(0))).await?;
    let events = stream::unfold(talk, |mut talk| async {
        let event = talk.next().await?;
        Some((Ok::<_, Infallible>(event), talk))
    });
    let kept = KeepAlive::new().interval(KEEP);
    // Proxies of the usual kind would hold events back until a page is full.
    Ok(([("x-accel-buffering", "no")], Sse::new(events).keep_alive(kept)).into_response())
}

/// A browser that listens.
struct Talk {
    house: House,
    session: Session,
    place: Place,
    changes: broadcast::Receiver<Change>,
    stopping: Stopping,
    ends: Instant,
    look: tokio::time::Interval,
    told: Value,
    ready: VecDeque<Event>,
    over: bool,
}

impl Talk {
    async fn begin(guest: Guest, place: Place) -> Result<Talk, Problem> {
        let Guest { house, session, .. } = guest;
        // Listening comes before reading, so that nothing falls between the two.
        let changes = house.live.listen();
        let retry = Duration::from_millis(300 + house.billing.env.chance.below(1_200));
        let hello = Event::default().event("hello").data("{}").retry(retry);
        let mut look = tokio::time::interval(LOOK);
        look.reset();
        let mut talk = Talk {
            stopping: house.stopping(),
            house,
            session,
            place,
            changes,
            ends: Instant::now() + LONGEST,
            look,
            told: Value::Null,
            ready: VecDeque::from([hello]),
            over: false,
        };
        talk.replay().await?;
        Ok(talk)
    }

    /// What was missed; where that is too much, the browser is told to read it by itself.
    async fn replay(&mut self) -> Result<(), Problem> {
        self.session = chat::follow(&self.house.desk, &self.session).await?;
        for _ in 0..REPLAYED {
            if !self.read_page().await? {
                return self.read_state().await;
            }
        }
        while self.read_page().await? {
            self.ready.clear();
        }
        self.ready = VecDeque::from([named("reset", &json!({}))]);
        self.read_state().await
    }

    /// Reads the next lines; whether there are more.
    async fn read_page(&mut self) -> Result<bool, Problem> {
        let mut reader = self.house.billing.store.read().await?;
        let (lines, more) = lines::lines(&mut reader, &self.session, self.place).await?;
        for line in &lines {
            self.place = line.place;
            let event = named("line", &shape::line(line));
            self.ready.push_back(event.id(line.place.number().to_string()));
        }
        Ok(more)
    }

    async fn read_state(&mut self) -> Result<(), Problem> {
        let state = state(&self.house, &self.session).await?;
        if state != self.told {
            self.ready.push_back(named("state", &state));
            self.told = state;
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
                change = self.changes.recv() => {
                    if self.concerns(&change) {
                        self.refresh().await;
                    }
                }
                _ = self.look.tick() => {
                    self.hear_of().await;
                    self.refresh().await;
                }
                () = tokio::time::sleep_until(self.ends) => self.over = true,
                () = self.stopping.come() => self.stop(),
            }
        }
    }

    /// Whether a change may be about this talk.
    fn concerns(&mut self, change: &Result<Change, RecvError>) -> bool {
        match (change, self.session.case) {
            (Ok(Change::Case(changed)), Some(case)) => changed.case == case,
            // Another window of the same visitor may have said the first words.
            (Ok(Change::Case(changed)), None) => changed.origin == Origin::Chat && changed.seq <= 4,
            // Whom it is offered to is the desk's own matter.
            (Ok(Change::Offers), _) => false,
            (Ok(Change::Sign(signed, _)), case) => signed.case.is_none() || signed.case == case,
            // It fell behind: the rows tell.
            (Ok(Change::Everything) | Err(RecvError::Lagged(_)), _) => true,
            (Err(RecvError::Closed), _) => {
                self.over = true;
                false
            }
        }
    }

    async fn refresh(&mut self) {
        if let Err(problem) = self.read_news().await {
            // The stream ends, and the browser comes back to where it was.
            tracing::debug!(?problem, "a stream of the chat ended");
            self.over = true;
        }
    }

    async fn read_news(&mut self) -> Result<(), Problem> {
        self.session = chat::follow(&self.house.desk, &self.session).await?;
        while self.read_page().await? {}
        self.read_state().await
    }

    async fn hear_of(&self) {
        if let Err(stop) = chat::hear_of(&self.house.desk, &self.session).await {
            tracing::debug!(%stop, "a visitor's being there could not be noted");
        }
    }

    fn stop(&mut self) {
        let wait = 1_000 + self.house.billing.env.chance.below(SPREAD);
        let event = Event::default().comment("stopping").retry(Duration::from_millis(wait));
        self.ready.push_back(event);
        self.over = true;
    }
}

fn named(name: &str, body: &Value) -> Event {
    Event::default().event(name).data(body.to_string())
}
