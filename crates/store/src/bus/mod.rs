//! The bus carries "look again" and nothing else: rows are the truth.
//!
//! In one process it is a broadcast; between nodes it is PostgreSQL's LISTEN and NOTIFY, sent after
//! the commit, without payload but the topic, so that a lost signal costs a poll and no more.

mod postgres;

use std::sync::Arc;

use tokio::sync::broadcast;

/// Signals between whoever changes something and whoever shows or works it.
#[derive(Clone)]
pub struct Bus {
    local: broadcast::Sender<&'static str>,
    others: Option<Arc<postgres::Others>>,
}

/// Topics that cross nodes. A word that is not here stays in its process.
pub const TOPICS: [&str; 5] = ["jobs", "events", "console", "chat", "desk"];

impl Bus {
    /// A bus inside this process.
    #[must_use]
    pub(crate) fn local() -> Bus {
        Bus { local: broadcast::channel(256).0, others: None }
    }

    /// A bus over all nodes on one PostgreSQL.
    pub(crate) fn over(pool: sqlx::PgPool) -> Bus {
        let local = broadcast::channel(256).0;
        let others = postgres::Others::meet(pool, local.clone());
        Bus { local, others: Some(Arc::new(others)) }
    }

    /// Says "look again" to everybody who listens.
    pub(crate) fn signal(&self, topics: &[&'static str]) {
        for topic in topics {
            // Nobody listening is fine.
            let _ = self.local.send(topic);
        }
        if let Some(others) = &self.others {
            others.tell(topics);
        }
    }

    /// Everything said from now on. A listener that falls behind is told so and looks again.
    #[must_use]
    pub fn listen(&self) -> broadcast::Receiver<&'static str> {
        self.local.subscribe()
    }
}

/// Waits until somebody says a topic, or until it is not known whether somebody did.
pub(crate) async fn heard(bus: &mut broadcast::Receiver<&'static str>, topic: &str) {
    loop {
        match bus.recv().await {
            Ok(said) if said != topic => {}
            Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => return,
            // Nobody is left who could say anything.
            Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
        }
    }
}
