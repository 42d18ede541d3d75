//! What changes, told within this node to whoever looks on.
//!
//! The bus says "look again"; one query a node then tells what is new, and memory tells everybody
//! who listens. A timer looks every two seconds in case a signal was lost. Nothing here is needed
//! for the truth: whoever falls behind reads the rows.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use base::id::CaseId;
use base::{Env, Fault, SignedDuration, Timestamp};
use store::{Reads, Store};
use tokio::sync::broadcast;
use tokio::time::Instant;

use super::offers::Offer;
use super::rows;
use super::signs::{Sign, Signed, Who};
use crate::cases::{Origin, Team};

/// A case something happened to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Which.
    pub case: CaseId,
    /// How often it was written.
    pub version: i64,
    /// Its last event.
    pub seq: i64,
    /// Who works on it.
    pub team: Team,
    /// Which way it came in.
    pub origin: Origin,
    /// When.
    pub at: Timestamp,
}

/// Something that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Something happened to a case.
    Case(Changed),
    /// Somebody shows a sign, at a case of that team if it is at one.
    Sign(Signed, Option<Team>),
    /// Other chats are offered, or to others.
    Offers,
    /// More happened than can be told: look at everything again.
    Everything,
}

/// Tells this node what changes. Cheap to clone.
#[derive(Clone)]
pub struct Live(Arc<Inside>);

struct Inside {
    store: Store,
    env: Env,
    said: broadcast::Sender<Change>,
    follows: AtomicBool,
    dealt: Mutex<Option<Instant>>,
}

/// A listener may be so far behind before it is told to look at everything.
const QUEUE: usize = 256;
/// A signal that was lost costs so much.
const TIMER: Duration = Duration::from_secs(2);
/// Offers are looked at this often at most.
const DEALT_EVERY: Duration = Duration::from_millis(900);
/// Signals that come together are answered together.
const PAUSE: Duration = Duration::from_millis(30);
/// A deed may become visible so long after the time it notes.
const OVERLAP: SignedDuration = SignedDuration::from_secs(15);
/// More cases than this at once are not told one by one.
const MOST: i64 = 1_000;
/// Nor are more than these after a drop.
const REPLAYED: i64 = 500;

impl Live {
    /// Nobody is told anything yet.
    #[must_use]
    pub fn new(store: Store, env: Env) -> Live {
        let said = broadcast::channel(QUEUE).0;
        let (follows, dealt) = (AtomicBool::new(false), Mutex::new(None));
        Live(Arc::new(Inside { store, env, said, follows, dealt }))
    }

    /// Everything that changes from now on, and perhaps something that changed a moment ago.
    ///
    /// A listener that falls behind is told so (`Lagged`) and reads the rows instead.
    #[must_use]
    pub fn listen(&self) -> broadcast::Receiver<Change> {
        let listener = self.0.said.subscribe();
        if !self.0.follows.swap(true, Ordering::SeqCst) {
            tokio::spawn(follow(Arc::downgrade(&self.0), self.0.store.bus().listen()));
        }
        listener
    }

    /// Whether somebody of this node should look now whether offers have to change: once in a
    /// second, however many ask.
    #[must_use]
    pub fn is_due(&self) -> bool {
        let mut dealt = self.0.dealt.lock().unwrap_or_else(PoisonError::into_inner);
        let due = dealt.is_none_or(|at| at.elapsed() >= DEALT_EVERY);
        if due {
            *dealt = Some(Instant::now());
        }
        due
    }

    /// The time of this node.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.0.env.now()
    }
}

/// Every case something happened to since then; nothing if those are too many to tell.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn missed(
    reads: &mut impl Reads,
    since: Timestamp,
) -> Result<Option<Vec<Changed>>, Fault> {
    let since = since.checked_sub(OVERLAP).unwrap_or(since);
    let missed = rows::changed_since(reads, since, REPLAYED + 1).await?;
    let few = missed.len() <= usize::try_from(REPLAYED).unwrap_or(usize::MAX);
    Ok(few.then_some(missed))
}

/// Looks whenever the bus says so, until nobody holds the feed any more.
async fn follow(inside: Weak<Inside>, mut bus: broadcast::Receiver<&'static str>) {
    let mut known = Known::default();
    loop {
        // Nobody is left who could signal: the timer goes on.
        let _ = tokio::time::timeout(TIMER, signal(&mut bus)).await;
        tokio::time::sleep(PAUSE).await;
        bus = bus.resubscribe();
        let Some(inside) = inside.upgrade() else { return };
        if inside.said.receiver_count() == 0 {
            known.seen_at(inside.env.now());
            continue;
        }
        match inside.look(&mut known).await {
            Ok(news) => news.into_iter().for_each(|change| {
                let _ = inside.said.send(change);
            }),
            Err(fault) => tracing::debug!(fault = fault.chain(), "the live feed saw nothing"),
        }
    }
}

async fn signal(bus: &mut broadcast::Receiver<&'static str>) {
    loop {
        match bus.recv().await {
            Ok("desk" | "chat") | Err(broadcast::error::RecvError::Lagged(_)) => return,
            Ok(_) => {}
            Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
        }
    }
}

/// What was told already, as far as it may come up again.
#[derive(Default)]
struct Known {
    since: Option<Timestamp>,
    cases: HashMap<CaseId, (i64, Timestamp)>,
    signs: HashMap<(Option<CaseId>, Who, Sign), (Timestamp, Timestamp)>,
    offers: Vec<Offer>,
}

impl Known {
    fn seen_at(&mut self, now: Timestamp) {
        let since = now.checked_sub(OVERLAP).unwrap_or(now);
        // A clock that was set back must not make us look into a future.
        self.since = Some(since);
        self.cases.retain(|_, (_, at)| *at >= since);
        self.signs.retain(|_, (at, _)| *at >= since);
    }

    fn is_new(&mut self, changed: &Changed) -> bool {
        let told = self.cases.insert(changed.case, (changed.version, changed.at));
        told.is_none_or(|(version, _)| version != changed.version)
    }

    fn is_new_sign(&mut self, signed: &Signed) -> bool {
        let key = (signed.case, signed.who, signed.sign);
        let told = self.signs.insert(key, (signed.since, signed.until));
        told.is_none_or(|(_, until)| until != signed.until)
    }
}

impl Inside {
    async fn look(&self, known: &mut Known) -> Result<Vec<Change>, Fault> {
        let now = self.env.now();
        let since = known.since.unwrap_or_else(|| now.checked_sub(OVERLAP).unwrap_or(now));
        let mut reader = self.store.read().await?;
        let changed = rows::changed_since(&mut reader, since, MOST).await?;
        let signs = rows::signs_since(&mut reader, since).await?;
        let offers = rows::offers(&mut reader).await?;
        drop(reader);
        let many = i64::try_from(changed.len()).unwrap_or(MOST) >= MOST;
        let mut news: Vec<Change> = Vec::new();
        if many {
            news.push(Change::Everything);
        } else {
            let new = changed.into_iter().filter(|changed| known.is_new(changed));
            news.extend(new.map(Change::Case));
        }
        let new = signs.into_iter().filter(|(signed, _)| known.is_new_sign(signed));
        news.extend(new.map(|(signed, team)| Change::Sign(signed, team)));
        if known.offers != offers {
            known.offers = offers;
            news.push(Change::Offers);
        }
        known.seen_at(now);
        Ok(news)
    }
}
