//! The spend pipeline: whatever waits is taken as one group, decided together, committed once,
//! then answered.
//!
//! There is no artificial delay: the commit of one group is the time in which the next gathers.

use std::panic::AssertUnwindSafe;

use base::Fault;
use futures_util::FutureExt as _;
use tokio::sync::{mpsc, oneshot};

use crate::patience::panicked;
use crate::store::Store;
use crate::tx::Tx;

/// How many spends one group takes at most.
pub const LARGEST_GROUP: usize = 8_189;

/// Decides a whole group in one transaction.
pub trait Group: Send + Sync + 'static {
    /// One question.
    type Ask: Send + Sync + 'static;
    /// Its answer; a business no is an answer too.
    type Answer: Send + 'static;

    /// Answers every ask, in order. May run again after a conflict, so it may do nothing but use
    /// its transaction.
    fn decide(
        &self,
        tx: &mut Tx,
        asks: &[Self::Ask],
    ) -> impl Future<Output = Result<Vec<Self::Answer>, Fault>> + Send;
}

struct Waiting<G: Group> {
    ask: G::Ask,
    answer: oneshot::Sender<Result<G::Answer, String>>,
}

/// The way in. Cheap to clone; the pipeline ends when the last clone is dropped.
pub struct Pipeline<G: Group> {
    queue: mpsc::Sender<Waiting<G>>,
}

impl<G: Group> Clone for Pipeline<G> {
    fn clone(&self) -> Self {
        Pipeline { queue: self.queue.clone() }
    }
}

impl<G: Group> Pipeline<G> {
    /// Starts a pipeline on a store.
    #[must_use]
    pub fn start(store: Store, group: G) -> Pipeline<G> {
        let (queue, waiting) = mpsc::channel(4 * LARGEST_GROUP);
        tokio::spawn(run(store, group, waiting));
        Pipeline { queue }
    }

    /// Asks, and waits until the answer is durable.
    ///
    /// # Errors
    /// A fault if the group could not be committed. The same ask with the same id may then have
    /// been done or not; asking again tells.
    pub async fn ask(&self, ask: G::Ask) -> Result<G::Answer, Fault> {
        let (answer, answered) = oneshot::channel();
        let gone = || Fault::new("reach the spend pipeline: it has stopped");
        self.queue.send(Waiting { ask, answer }).await.map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?.map_err(Fault::new)
    }
}

async fn run<G: Group>(store: Store, group: G, mut waiting: mpsc::Receiver<Waiting<G>>) {
    let mut taken = Vec::new();
    while waiting.recv_many(&mut taken, LARGEST_GROUP).await > 0 {
        let (asks, answers): (Vec<G::Ask>, Vec<_>) =
            taken.drain(..).map(|waiting| (waiting.ask, waiting.answer)).unzip();
        metrics::histogram!("paydesk_spend_group").record(u32::try_from(asks.len()).unwrap_or(0));
        let decided = AssertUnwindSafe(store.write_group(&group, &asks)).catch_unwind().await;
        match decided.unwrap_or_else(|panic| Err(panicked("the group of spends", &*panic))) {
            Ok(decided) => {
                for (answer, decided) in answers.into_iter().zip(decided) {
                    // A caller that went away is fine: its spend is durable all the same.
                    let _ = answer.send(Ok(decided));
                }
            }
            Err(fault) => {
                tracing::error!(fault = fault.chain(), "a group of spends failed");
                for answer in answers {
                    let _ = answer.send(Err("commit the group of spends".to_owned()));
                }
            }
        }
    }
}
