//! What happens to cases because time passes: they come back, and what was solved is closed.

use async_trait::async_trait;
use base::id::CaseId;
use base::{Env, Fault, SignedDuration, Stop};
use serde_json::json;
use store::jobs::{Job, Next, Work};
use store::{Store, Tx};

use super::work::Work as CaseWork;
use super::{Author, CaseState, EventKind, rows, state};

/// The kind of job that brings a case back.
pub const WAKE: &str = "desk.wake";
/// The kind of job that closes what was solved long enough ago.
pub const CLOSE: &str = "desk.close";
/// How often that comes round.
pub const CLOSE_EVERY: SignedDuration = SignedDuration::from_mins(10);
/// How many cases are closed in one transaction.
const AT_ONCE: u32 = 50;

/// Which case a job brings back.
#[derive(serde::Serialize, serde::Deserialize)]
pub(super) struct Waking {
    /// Its id.
    pub(super) case: CaseId,
}

/// Brings cases back at the time they were put away until.
pub struct Wake {
    store: Store,
    env: Env,
}

/// Closes cases that were solved long enough ago. From then on, what the customer writes begins
/// another case.
pub struct CloseSolved {
    store: Store,
    env: Env,
    reopens_within: SignedDuration,
}

impl Wake {
    /// Brings cases of this store back.
    #[must_use]
    pub fn new(store: Store, env: Env) -> Wake {
        Wake { store, env }
    }
}

impl CloseSolved {
    /// Closes what was solved longer ago than this.
    #[must_use]
    pub fn new(store: Store, env: Env, reopens_within: SignedDuration) -> CloseSolved {
        CloseSolved { store, env, reopens_within }
    }
}

#[async_trait]
impl Work for Wake {
    fn kind(&self) -> &'static str {
        WAKE
    }

    async fn work(&self, job: &Job) -> Result<Next, Fault> {
        let Waking { case } = job.read()?;
        let env = &self.env;
        let woken = store::write!(self.store, |tx| wake(tx, env, case).await);
        woken.map_err(|stop| Fault::of("bring a case back", stop))?;
        Ok(Next::Finished)
    }
}

/// A case that was put away again meanwhile has another job for that.
async fn wake(tx: &mut Tx, env: &Env, id: CaseId) -> Result<(), Stop> {
    let mut work = CaseWork::begin_any(tx, id).await?;
    let due = work.case.snoozed_until.is_some_and(|until| until <= env.now());
    if due && work.case.state == CaseState::Snoozed {
        work.tell(tx, env, EventKind::Woken, Author::System, json!({})).await?;
        work.go(tx, env, CaseState::Open, Author::System).await?;
        work.keep(tx, env).await?;
    }
    Ok(())
}

#[async_trait]
impl Work for CloseSolved {
    fn kind(&self) -> &'static str {
        CLOSE
    }

    async fn work(&self, _: &Job) -> Result<Next, Fault> {
        let (env, within) = (&self.env, self.reopens_within);
        loop {
            let closed = store::write!(self.store, |tx| close_some(tx, env, within).await);
            let closed = closed.map_err(|stop| Fault::of("close solved cases", stop))?;
            if closed < AT_ONCE as usize {
                return Ok(Next::Finished);
            }
        }
    }
}

async fn close_some(tx: &mut Tx, env: &Env, within: SignedDuration) -> Result<usize, Stop> {
    let Ok(before) = env.now().checked_sub(within) else { return Ok(0) };
    let cases = rows::cases::solved_before(tx, before, AT_ONCE).await?;
    for case in &cases {
        let mut work = CaseWork::begin_any(tx, case.id).await?;
        state::on_wish(work.case.state, CaseState::Closed, Author::System.kind())?;
        work.go(tx, env, CaseState::Closed, Author::System).await?;
        work.keep(tx, env).await?;
    }
    Ok(cases.len())
}
