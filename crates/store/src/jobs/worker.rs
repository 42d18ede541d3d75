//! The workers of one process: they claim what is due, a bounded number at once, and settle it.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base::id::JobId;
use base::{Env, Fault, Timestamp};
use futures_util::FutureExt as _;
use jiff::SignedDuration;
use tokio::task::JoinSet;

use super::job::{Job, Next, Work};
use super::schedule::{Plan, Schedule};
use super::{queue, rows};
use crate::bus::heard;
use crate::patience::{self, MOST_TRIES};
use crate::store::Store;

/// How long a claim holds unless it is extended.
const LEASE: SignedDuration = SignedDuration::from_secs(30);
/// How often the claims of running jobs are extended.
const BEAT: Duration = Duration::from_secs(10);
/// A signal may be lost; then a job waits this long.
const POLL: Duration = Duration::from_secs(1);
/// A try that takes longer has failed.
const LONGEST_TRY: Duration = Duration::from_secs(600);
/// What runs when the program is asked to stop may take this long to finish.
const GRACE: Duration = Duration::from_secs(15);
/// Jobs that are claimed with one statement.
const CLAIMED_AT_ONCE: usize = 10;

/// The workers of one process.
pub struct Workers {
    store: Store,
    env: Env,
    works: HashMap<&'static str, Arc<dyn Work>>,
    schedules: Vec<Schedule>,
    at_once: usize,
    plan: Plan,
    /// The jobs under way here, each with the token of its claim.
    held: Mutex<HashMap<JobId, String>>,
}

impl Workers {
    /// Workers that know no work yet.
    #[must_use]
    pub fn new(store: Store, env: Env) -> Workers {
        Workers {
            store,
            env,
            works: HashMap::new(),
            schedules: Vec::new(),
            at_once: 16,
            plan: Plan::default(),
            held: Mutex::default(),
        }
    }

    /// The same workers, able to do one more kind of job.
    #[must_use]
    pub fn with(mut self, work: Arc<dyn Work>) -> Workers {
        self.works.insert(work.kind(), work);
        self
    }

    /// The same workers, with a job of that kind whenever another period has passed.
    ///
    /// The first run comes with the next round time: an hourly one at the full hour (UTC).
    #[must_use]
    pub fn every(
        mut self,
        name: &'static str,
        period: SignedDuration,
        kind: &'static str,
    ) -> Workers {
        self.schedules.push(Schedule { name, period, kind });
        self
    }

    /// The same workers, so many of them.
    #[must_use]
    pub fn at_once(mut self, workers: usize) -> Workers {
        self.at_once = workers.max(1);
        self
    }

    /// Works until `shutdown` is ready, then finishes what is under way and gives back the rest.
    #[expect(clippy::integer_division_remainder_used, reason = "inside of tokio's select")]
    pub async fn run(self: Arc<Self>, shutdown: impl Future<Output = ()> + Send) {
        let mut shutdown = pin!(shutdown);
        let mut bus = self.store.bus().listen();
        let mut running = JoinSet::new();
        let mut beat = tokio::time::interval(BEAT);
        loop {
            while running.try_join_next().is_some() {}
            let claimed = self.start(&mut running).await;
            if claimed == CLAIMED_AT_ONCE && running.len() < self.at_once {
                continue;
            }
            tokio::select! {
                () = &mut shutdown => break,
                _ = running.join_next(), if !running.is_empty() => {}
                () = heard(&mut bus, queue::TOPIC) => {}
                () = tokio::time::sleep(POLL) => {}
                _ = beat.tick() => self.beat().await,
            }
        }
        self.stop(running).await;
    }

    /// Works every job that is due by the clock, one after another, until none is; how many tries
    /// that took.
    ///
    /// # Errors
    /// A fault if the database fails. A job that fails is no fault of this.
    pub async fn run_until_idle(&self) -> Result<usize, Fault> {
        let mut tries = 0;
        loop {
            self.plan.keep(&self.store, &self.env, &self.schedules).await?;
            let claimed = self.claim(CLAIMED_AT_ONCE).await?;
            if claimed.is_empty() {
                return Ok(tries);
            }
            for job in claimed {
                tries += 1;
                self.attempt(job).await;
            }
        }
    }

    /// Starts as many jobs as there is room for; how many were claimed.
    async fn start(self: &Arc<Self>, running: &mut JoinSet<()>) -> usize {
        let room = self.at_once.saturating_sub(running.len()).min(CLAIMED_AT_ONCE);
        if room == 0 {
            return 0;
        }
        let planned = self.plan.keep(&self.store, &self.env, &self.schedules).await;
        let claimed = match planned {
            Ok(()) => self.claim(room).await,
            Err(fault) => Err(fault),
        };
        let jobs = claimed.unwrap_or_else(|fault| {
            tracing::error!(fault = fault.chain(), "no jobs could be claimed");
            Vec::new()
        });
        let claimed = jobs.len();
        for job in jobs {
            let workers = Arc::clone(self);
            running.spawn(async move { workers.attempt(job).await });
        }
        claimed
    }

    async fn claim(&self, most: usize) -> Result<Vec<Job>, Fault> {
        let now = self.env.now();
        let token = base::id::base32(&self.env.chance.bytes::<10>());
        let kinds: Vec<String> = self.works.keys().map(|kind| (*kind).to_owned()).collect();
        let most = u32::try_from(most).unwrap_or(u32::MAX);
        let mut jobs = crate::deed::write_aside!(self.store, |tx| {
            rows::claim(tx, kinds.clone(), most, &token, now, until(now)).await
        })?;
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        // One that is still under way here, though its lease ended, goes on under the new claim.
        jobs.retain(|job| held.insert(job.id, token.clone()).is_none());
        for job in &jobs {
            let lag = now.duration_since(job.due_at).as_secs_f64();
            metrics::histogram!("paydesk_job_lag_seconds").record(lag.max(0.0));
        }
        Ok(jobs)
    }

    /// Works one claimed job and settles it, whatever comes of it.
    async fn attempt(&self, job: Job) {
        let done = self.work(&job).await;
        let token = self.held.lock().unwrap_or_else(PoisonError::into_inner).remove(&job.id);
        let Some(token) = token else { return };
        let outcome = match &done {
            Ok(Next::Finished) => "finished",
            Ok(Next::Later(_)) => "later",
            Err(fault) => {
                let (kind, id, tries) = (&job.kind, job.id, job.attempts);
                tracing::warn!(%kind, %id, tries, fault = fault.chain(), "a job failed");
                "failed"
            }
        };
        metrics::counter!("paydesk_jobs", "kind" => job.kind.clone(), "outcome" => outcome)
            .increment(1);
        // If this fails, the lease ends by itself and the job runs again.
        if let Err(fault) = self.settle(&job, &token, done).await {
            tracing::error!(id = %job.id, fault = fault.chain(), "a job could not be settled");
        }
    }

    async fn work(&self, job: &Job) -> Result<Next, Fault> {
        let Some(work) = self.works.get(job.kind.as_str()) else {
            return Err(Fault::new(format!("find somebody who does {} jobs", job.kind)));
        };
        if i64::from(job.attempts) > MOST_TRIES {
            return Err(Fault::new("finish it: its worker went away every time"));
        }
        let caught = AssertUnwindSafe(async { work.work(job).await }).catch_unwind();
        match tokio::time::timeout(LONGEST_TRY, caught).await {
            Ok(Ok(done)) => done,
            Ok(Err(panic)) => Err(patience::panicked("the job", &*panic)),
            Err(_) => Err(Fault::new("finish the job in ten minutes")),
        }
    }

    async fn settle(&self, job: &Job, token: &str, done: Result<Next, Fault>) -> Result<(), Fault> {
        let (id, now) = (job.id, self.env.now());
        let soonest = now.saturating_add(SignedDuration::from_secs(1)).unwrap_or(now);
        let wait = patience::wait_after(i64::from(job.attempts), &self.env.chance);
        let again = now.saturating_add(wait).unwrap_or(now);
        let why = done.as_ref().err().map(patience::kept);
        crate::deed::write_aside!(self.store, |tx| {
            match (&done, &why) {
                (Ok(Next::Later(due)), _) => rows::later(tx, id, token, soonest.max(*due)).await,
                (Err(_), Some(why)) => rows::fail(tx, id, token, why, again).await,
                _ => rows::finish(tx, id, token).await,
            }
        })?;
        Ok(())
    }

    /// Extends the leases of what is under way, and counts what waits.
    async fn beat(&self) {
        let (jobs, tokens) = self.under_way();
        let until = until(self.env.now());
        if !jobs.is_empty() {
            let extended = crate::deed::write_aside!(self.store, |tx| {
                rows::extend(tx, jobs.clone(), tokens.clone(), until).await
            });
            if let Err(fault) = extended {
                tracing::error!(fault = fault.chain(), "the leases of jobs were not extended");
            }
        }
        if let Err(fault) = self.count().await {
            tracing::error!(fault = fault.chain(), "the jobs could not be counted");
        }
    }

    fn under_way(&self) -> (Vec<String>, Vec<String>) {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.iter().map(|(id, token)| (id.to_string(), token.clone())).unzip()
    }

    async fn count(&self) -> Result<(), Fault> {
        let mut reader = self.store.read().await?;
        let (open, resting) =
            (rows::open_count(&mut reader).await?, rows::resting_count(&mut reader).await?);
        metrics::gauge!("paydesk_jobs_open").set(gauge(open));
        metrics::gauge!("paydesk_jobs_resting").set(gauge(resting));
        Ok(())
    }

    /// Lets what is under way finish; what does not in time is given back untried.
    async fn stop(&self, mut running: JoinSet<()>) {
        let all = async { while running.join_next().await.is_some() {} };
        if tokio::time::timeout(GRACE, all).await.is_ok() {
            return;
        }
        running.shutdown().await;
        let left: Vec<(JobId, String)> =
            self.held.lock().unwrap_or_else(PoisonError::into_inner).drain().collect();
        for (id, token) in left {
            let released =
                crate::deed::write_aside!(self.store, |tx| rows::release(tx, id, &token).await);
            if let Err(fault) = released {
                tracing::error!(%id, fault = fault.chain(), "a job could not be given back");
            }
        }
    }
}

fn until(now: Timestamp) -> Timestamp {
    now.saturating_add(LEASE).unwrap_or(now)
}

/// Counts for a gauge; exact up to 2³².
fn gauge(count: i64) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
