//! A job: every rule compares what it finds now with what it has found, every minute.

use std::collections::HashSet;

use async_trait::async_trait;
use base::{Fault, SignedDuration, Stop};
use store::jobs::{Job, Next, Work};

use super::look::{REST, look, look_at_the_rest};
use super::rows;
use super::rule::{RULES, Rule};
use crate::Desk;

/// The kind of job.
pub const KIND: &str = "watch.look";
/// How often it runs.
pub const EVERY: SignedDuration = SignedDuration::from_mins(1);

/// Compares what is with what has been found.
pub struct Reconcile(Desk);

impl Reconcile {
    /// Compares for this desk.
    #[must_use]
    pub fn new(desk: Desk) -> Reconcile {
        Reconcile(desk)
    }

    /// One round of every rule. What goes wrong with one thing keeps no other waiting.
    ///
    /// # Errors
    /// A fault if the database does not answer, or if something could not be looked at.
    pub async fn round(&self) -> Result<(), Fault> {
        let mut failed = None;
        for rule in &RULES {
            if let Err(fault) = self.by(rule).await {
                tracing::warn!(rule = rule.key, fault = fault.chain(), "a rule stumbled");
                failed = Some(fault);
            }
        }
        failed.map_or(Ok(()), Err)
    }

    async fn by(&self, rule: &'static Rule) -> Result<(), Fault> {
        let desk = &self.0;
        let mut reader = desk.billing.store.read().await?;
        let mut amiss = rule.all(&mut reader, &desk.settings.watch, desk.billing.env.now()).await?;
        let found = rows::all_open(&mut reader, rule.key).await?;
        let cases = rows::open_cases(&mut reader, rule.key).await?;
        drop(reader);
        let known: HashSet<&str> = found.iter().map(|one| one.subject.as_str()).collect();
        let there: HashSet<String> = amiss.iter().map(|one| one.subject.clone()).collect();
        let says = |subject: &str| found.iter().find(|one| one.subject == subject);
        let mut failed = None;
        let gone = found.iter().filter(|one| one.subject != REST && !there.contains(&one.subject));
        let changed = amiss
            .iter()
            .filter(|one| says(&one.subject).is_some_and(|known| known.says != one.says));
        let known_ones = gone.map(|one| &one.subject).chain(changed.map(|one| &one.subject));
        for subject in known_ones {
            failed = self.look(rule, subject).await.err().or(failed);
        }
        amiss.retain(|one| !known.contains(one.subject.as_str()));
        // Those that wait longest come first.
        amiss.sort_by_key(|one| one.since);
        let most = usize::try_from(desk.settings.watch.most_open).unwrap_or(usize::MAX);
        let room = most.saturating_sub(usize::try_from(cases).unwrap_or(usize::MAX));
        for one in amiss.iter().take(room) {
            failed = self.look(rule, &one.subject).await.err().or(failed);
        }
        let rest = amiss.len().saturating_sub(room);
        failed = self.rest(rule, rest).await.err().or(failed);
        failed.map_or(Ok(()), Err)
    }

    async fn look(&self, rule: &'static Rule, subject: &str) -> Result<(), Fault> {
        let desk = &self.0;
        let looked = store::write!(desk.billing.store, |tx| look(tx, desk, rule, subject).await);
        looked.map_err(|stop: Stop| Fault::of(format!("look at {subject} by {}", rule.key), stop))
    }

    async fn rest(&self, rule: &'static Rule, many: usize) -> Result<(), Fault> {
        let desk = &self.0;
        let looked =
            store::write!(desk.billing.store, |tx| look_at_the_rest(tx, desk, rule, many).await);
        looked.map_err(|stop: Stop| Fault::of(format!("look at the rest by {}", rule.key), stop))
    }
}

#[async_trait]
impl Work for Reconcile {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn work(&self, _: &Job) -> Result<Next, Fault> {
        self.round().await?;
        Ok(Next::Finished)
    }
}
