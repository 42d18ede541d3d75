//! The job that publishes an article at its hour.

use async_trait::async_trait;
use base::id::ArticleId;
use base::{Env, Fault, Language};
use store::Store;
use store::jobs::{Job, Next, Work};

use super::publish;

/// The kind of job.
pub(super) const KIND: &str = "help.publish";

/// Which text a job is about.
#[derive(serde::Serialize, serde::Deserialize)]
pub(super) struct Publishing {
    pub(super) article: ArticleId,
    pub(super) language: Language,
    /// Who said so.
    pub(super) by: String,
}

/// Publishes articles at their hour. One that was changed or taken back meanwhile stays as it is.
pub struct PublishWork {
    store: Store,
    env: Env,
}

impl PublishWork {
    /// Publishes in this store.
    #[must_use]
    pub fn new(store: Store, env: Env) -> PublishWork {
        PublishWork { store, env }
    }
}

#[async_trait]
impl Work for PublishWork {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn work(&self, job: &Job) -> Result<Next, Fault> {
        let Publishing { article, language, by } = job.read()?;
        store::write!(self.store, |tx| {
            publish::publish_waiting(tx, &self.env, (article, language), &by).await
        })
        .map_err(|stop| Fault::of("publish an article at its hour", stop))?;
        Ok(Next::Finished)
    }
}
