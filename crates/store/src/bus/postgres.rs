//! Signals between nodes by LISTEN and NOTIFY.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sqlx::PgPool;
use sqlx::postgres::PgListener;
use tokio::sync::{Notify, broadcast};
use tokio::task::AbortHandle;

const CHANNEL: &str = "paydesk";

/// A topic crosses at most once in this time: a notification takes a lock of the whole server.
const PAUSE: Duration = Duration::from_millis(100);
/// A lost listener comes back after this.
const AGAIN: Duration = Duration::from_secs(1);

/// The other nodes.
pub(super) struct Others {
    unsaid: Arc<Unsaid>,
    tasks: [AbortHandle; 2],
}

#[derive(Default)]
struct Unsaid {
    topics: Mutex<BTreeSet<&'static str>>,
    added: Notify,
}

impl Others {
    /// Hears and tells the other nodes until this is dropped.
    pub(super) fn meet(pool: PgPool, local: broadcast::Sender<&'static str>) -> Others {
        let unsaid = Arc::new(Unsaid::default());
        let hearing = tokio::spawn(hear_always(pool.clone(), local)).abort_handle();
        let telling = tokio::spawn(tell_always(pool, Arc::clone(&unsaid))).abort_handle();
        Others { unsaid, tasks: [hearing, telling] }
    }

    /// Tells the other nodes, soon.
    pub(super) fn tell(&self, topics: &[&'static str]) {
        let mut unsaid = self.unsaid.topics.lock().unwrap_or_else(PoisonError::into_inner);
        unsaid.extend(topics.iter().filter(|topic| super::TOPICS.contains(topic)));
        self.unsaid.added.notify_one();
    }
}

impl Drop for Others {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

async fn hear_always(pool: PgPool, local: broadcast::Sender<&'static str>) {
    while !pool.is_closed() {
        if let Err(error) = hear(&pool, &local).await {
            tracing::warn!(%error, "the bus lost its listener and will try again");
        }
        tokio::time::sleep(AGAIN).await;
    }
}

async fn hear(pool: &PgPool, local: &broadcast::Sender<&'static str>) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.ignore_pool_close_event(false);
    listener.listen(CHANNEL).await?;
    // Whatever was said while nobody listened: everybody looks again.
    for topic in super::TOPICS {
        let _ = local.send(topic);
    }
    // `None`: the connection was lost, and with it whatever was said meanwhile.
    while let Some(said) = listener.try_recv().await? {
        if let Some(topic) = super::TOPICS.iter().find(|topic| **topic == said.payload()) {
            let _ = local.send(topic);
        }
    }
    Ok(())
}

async fn tell_always(pool: PgPool, unsaid: Arc<Unsaid>) {
    loop {
        unsaid.added.notified().await;
        let topics =
            std::mem::take(&mut *unsaid.topics.lock().unwrap_or_else(PoisonError::into_inner));
        // A failure costs the other nodes a poll interval, so it is only logged.
        if let Err(error) = tell(&pool, topics).await {
            tracing::warn!(%error, "the bus could not tell the other nodes");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn tell(pool: &PgPool, topics: BTreeSet<&'static str>) -> Result<(), sqlx::Error> {
    let mut connection = pool.acquire().await?;
    for topic in topics {
        let values = vec![CHANNEL.into(), topic.into()];
        crate::postgres::execute(&mut connection, "SELECT pg_notify($1, $2)", values).await?;
    }
    Ok(())
}
