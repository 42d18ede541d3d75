//! Health: `/healthz` says that the program runs, `/readyz` that it can serve.

use axum::http::StatusCode;
use store::{Reads as _, Store};
use tokio::sync::watch;

/// `GET /healthz`.
pub async fn alive() -> &'static str {
    "ok"
}

/// `GET /readyz`: the database answers and nobody asked us to stop.
pub async fn ready(store: Store, stopping: watch::Receiver<bool>) -> (StatusCode, &'static str) {
    if *stopping.borrow() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping");
    }
    let answered = async {
        let mut reader = store.read().await?;
        reader.fetch_one("SELECT 1 AS one", ()).await
    };
    match answered.await {
        Ok(_) => (StatusCode::OK, "ready"),
        Err(fault) => {
            tracing::warn!(fault = fault.chain(), "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer")
        }
    }
}
