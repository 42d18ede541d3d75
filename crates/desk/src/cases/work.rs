//! A case under change: loaded, changed, its events told, and kept with everything that follows.

use base::id::CaseId;
use base::{Env, Fault, Refusal, Stop, Timestamp};
use serde_json::{Value, json};
use store::Tx;

use super::refusals::{CHANGED, MERGED, UNKNOWN};
use super::tell::told_outside;
use super::{Author, Case, CaseEvent, CaseState, EventKind, rows};
use crate::care;

/// The topic that says that something happened to a case.
pub(crate) const TOPIC: &str = "desk";

/// A case under change.
pub(super) struct Work {
    /// As it was; none if it is new.
    pub(super) before: Option<Case>,
    /// As it will be.
    pub(super) case: Case,
    told: Vec<CaseEvent>,
}

impl Work {
    /// Takes up a case that is part of no other.
    ///
    /// # Errors
    /// Refused if there is none, or if it is part of another.
    pub(super) async fn begin(tx: &mut Tx, id: CaseId) -> Result<Work, Stop> {
        let work = Work::begin_any(tx, id).await?;
        if work.case.merged_into.is_some() {
            return Err(MERGED.into());
        }
        Ok(work)
    }

    /// Takes up a case.
    ///
    /// # Errors
    /// Refused if there is none.
    pub(super) async fn begin_any(tx: &mut Tx, id: CaseId) -> Result<Work, Stop> {
        let case = rows::cases::find(tx, id).await?.ok_or(UNKNOWN)?;
        Ok(Work { before: Some(case.clone()), case, told: Vec::new() })
    }

    /// Takes up a case that did not exist before.
    pub(super) async fn create(tx: &mut Tx, case: Case) -> Result<Work, Fault> {
        rows::cases::insert(tx, &case).await?;
        Ok(Work { before: None, case, told: Vec::new() })
    }

    /// Goes on only if nobody changed the case since its reader saw it.
    ///
    /// # Errors
    /// Refused otherwise.
    pub(super) fn unchanged_since(&self, version: Option<i64>) -> Result<(), Refusal> {
        match version {
            Some(version) if version != self.case.version => Err(CHANGED),
            Some(_) | None => Ok(()),
        }
    }

    /// Tells what happened; its number.
    pub(super) async fn tell(
        &mut self,
        tx: &mut Tx,
        env: &Env,
        kind: EventKind,
        author: Author,
        body: Value,
    ) -> Result<i64, Fault> {
        self.case.seq += 1;
        let seq = self.case.seq;
        let event = CaseEvent { case: self.case.id, seq, kind, author, body, at: env.now() };
        rows::events::insert(tx, &event).await?;
        self.told.push(event);
        Ok(seq)
    }

    /// Moves the case, and tells it. Whoever calls has asked the table.
    pub(super) async fn go(
        &mut self,
        tx: &mut Tx,
        env: &Env,
        to: CaseState,
        by: Author,
    ) -> Result<(), Fault> {
        let from = self.case.state;
        if from == to {
            return Ok(());
        }
        self.enter(to, env.now());
        let body = json!({ "from": from, "to": to });
        self.tell(tx, env, EventKind::State, by, body).await.map(|_| ())
    }

    /// Keeps the case and everything that follows from what was told.
    pub(super) async fn keep(mut self, tx: &mut Tx, env: &Env) -> Result<Case, Stop> {
        if self.told.is_empty() {
            return Ok(self.case);
        }
        let read_at = self.before.as_ref().map_or(0, |before| before.version);
        self.case.version = read_at + 1;
        self.case.updated_at = env.now();
        let due = care::follow(tx, env.now(), &self.case).await?;
        self.case.due_at = due.map(|due| due.at);
        self.case.due_kind = due.map(|due| due.kind.as_str().to_owned());
        if rows::cases::update(tx, &self.case, read_at).await? != 1 {
            return Err(CHANGED.into());
        }
        told_outside(tx, env, self.before.as_ref(), &self.case, &self.told).await?;
        tx.signal(TOPIC);
        Ok(self.case)
    }

    /// What changes with the state, and with nothing else.
    pub(super) fn enter(&mut self, to: CaseState, now: Timestamp) {
        let case = &mut self.case;
        if case.state == CaseState::Solved && to.is_open() {
            case.reopened += 1;
        }
        case.waiting_for = None;
        case.snoozed_until = None;
        match to {
            CaseState::Solved => case.solved_at = Some(now),
            CaseState::Closed => case.closed_at = Some(now),
            CaseState::New
            | CaseState::Open
            | CaseState::WaitingCustomer
            | CaseState::WaitingThirdParty
            | CaseState::Snoozed => case.solved_at = None,
        }
        case.state = to;
    }
}
