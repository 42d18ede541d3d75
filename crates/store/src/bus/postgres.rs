//! Signals between nodes by LISTEN and NOTIFY.

use std::time::Duration;

use sqlx::PgPool;
use sqlx::postgres::PgListener;
use tokio::sync::broadcast;

const CHANNEL: &str = "paydesk";

/// Hears the other nodes for as long as anybody in this process could listen.
pub(super) fn listen(pool: PgPool, local: broadcast::Sender<&'static str>) {
    tokio::spawn(async move {
        while !pool.is_closed() {
            if let Err(error) = hear(&pool, &local).await {
                tracing::warn!(%error, "the bus lost its listener and will try again");
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    });
}

async fn hear(pool: &PgPool, local: &broadcast::Sender<&'static str>) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.ignore_pool_close_event(false);
    listener.listen(CHANNEL).await?;
    // Whatever was said while nobody listened: everybody looks again.
    for topic in super::TOPICS {
        let _ = local.send(topic);
    }
    loop {
        let said = listener.recv().await?;
        if let Some(topic) = super::TOPICS.iter().find(|topic| **topic == said.payload()) {
            let _ = local.send(topic);
        }
    }
}

/// Tells the other nodes. A failure costs them a poll interval, so it is only logged.
pub(super) async fn notify(pool: &PgPool, topics: &[&'static str]) {
    for topic in topics.iter().filter(|topic| super::TOPICS.contains(topic)) {
        let sql = "SELECT pg_notify($1, $2)";
        let values = vec![CHANNEL.into(), (*topic).into()];
        if let Ok(mut connection) = pool.acquire().await
            && let Err(error) = crate::postgres::execute(&mut connection, sql, values).await
        {
            tracing::warn!(%error, "the bus could not tell the other nodes");
        }
    }
}
