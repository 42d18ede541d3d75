//! Deeds that share one commit, and how the commit went.

use std::time::{Duration, Instant};

use base::Fault;
use tokio::sync::watch;

/// A group is closed once it holds this many deeds …
const MOST_DEEDS: usize = 512;
/// … or has been open this long.
const LONGEST: Duration = Duration::from_millis(4);

/// How a group ended: durable, or why not.
pub(super) type Outcome = Result<(), String>;

/// Deeds that have ended inside one open transaction.
pub(super) struct Group {
    deeds: usize,
    opened: Instant,
    outcome: watch::Sender<Option<Outcome>>,
}

impl Group {
    pub(super) fn open() -> Group {
        Group { deeds: 0, opened: Instant::now(), outcome: watch::channel(None).0 }
    }

    /// One more deed has ended in it; gives where to hear of the commit.
    pub(super) fn add(&mut self) -> watch::Receiver<Option<Outcome>> {
        self.deeds += 1;
        self.outcome.subscribe()
    }

    /// How many deeds have ended in it.
    pub(super) fn deeds(&self) -> usize {
        self.deeds
    }

    /// Whether it must be committed although others stand in line.
    pub(super) fn is_full(&self) -> bool {
        self.deeds >= MOST_DEEDS || self.opened.elapsed() >= LONGEST
    }

    /// Tells everybody how it ended.
    pub(super) fn tell(&self, outcome: Outcome) {
        self.outcome.send_replace(Some(outcome));
    }
}

impl Drop for Group {
    /// A group never ends in silence.
    fn drop(&mut self) {
        if self.outcome.borrow().is_none() {
            self.tell(Err("the commit was interrupted; ask again with the same id".to_owned()));
        }
    }
}

/// What the caller of a deed waits for after it has left the desk.
pub(crate) struct Left(pub(super) watch::Receiver<Option<Outcome>>);

impl Left {
    /// Waits until the group has ended.
    pub(crate) async fn outcome(mut self) -> Result<(), Fault> {
        let ended = match self.0.wait_for(Option::is_some).await {
            Ok(outcome) => outcome.clone().unwrap_or(Ok(())),
            Err(_) => Err("the writer went away".to_owned()),
        };
        ended.map_err(|why| Fault::new(format!("commit: {why}")))
    }
}
