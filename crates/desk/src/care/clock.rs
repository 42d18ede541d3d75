//! A clock: one promise to one customer, running, paused or over. Pure.

use base::id::CaseId;
use base::{SignedDuration, Timestamp};

use super::calendar::Calendar;
use super::promises::{Kind, Promises, Target};
use crate::cases::{Case, CaseState, Origin};

/// One promise to one customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The case.
    pub case: CaseId,
    /// What was promised.
    pub kind: Kind,
    /// Counts the clocks of this kind in the case.
    pub nth: i64,
    /// How much working time it has.
    pub target: Target,
    /// When it began.
    pub started_at: Timestamp,
    /// Since when it runs; none while it is paused.
    pub running_since: Option<Timestamp>,
    /// Working time of spans that are over, in microseconds.
    pub worked: i64,
    /// When somebody is warned, while it runs.
    pub warn_at: Option<Timestamp>,
    /// When it is broken, while it runs.
    pub due_at: Option<Timestamp>,
    /// Somebody was warned.
    pub warned_at: Option<Timestamp>,
    /// The promise was broken.
    pub breached_at: Option<Timestamp>,
    /// It is over: kept, broken, or nobody waits any more.
    pub ended_at: Option<Timestamp>,
}

/// What should be so with a promise, by the state of its case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Should {
    /// Somebody waits for us.
    Run,
    /// We wait for somebody else.
    Pause,
    /// Done, or nobody waits.
    End,
}

/// What should be so with a promise now.
///
/// It looks at the case alone and not at what happened last, so that a change that was missed is
/// made up for by the next.
#[must_use]
pub fn should(kind: Kind, case: &Case) -> Should {
    let nobody_waits = case.spam_at.is_some()
        || case.merged_into.is_some()
        || matches!(case.state, CaseState::Solved | CaseState::Closed)
        || (kind != Kind::Hard && !promised(case.origin));
    if nobody_waits {
        return Should::End;
    }
    let waits = matches!(
        case.state,
        CaseState::WaitingCustomer | CaseState::WaitingThirdParty | CaseState::Snoozed
    );
    let unanswered = case.last_customer_at > case.last_staff_at;
    match kind {
        Kind::FirstAnswer if case.first_answer_at.is_some() => Should::End,
        Kind::NextAnswer if case.first_answer_at.is_none() || !unanswered => Should::End,
        Kind::FirstAnswer | Kind::NextAnswer if waits => Should::Pause,
        // A third party is ours to chase: the customer waits all the same.
        Kind::Solution if matches!(case.state, CaseState::WaitingCustomer | CaseState::Snoozed) => {
            Should::Pause
        }
        Kind::FirstAnswer | Kind::NextAnswer | Kind::Solution | Kind::Hard => Should::Run,
    }
}

/// Whether a customer waits in cases that came in this way.
const fn promised(origin: Origin) -> bool {
    !matches!(origin, Origin::Billing | Origin::Import | Origin::Staff)
}

impl Clock {
    /// A clock that begins to run; none where nothing of the kind is promised.
    #[must_use]
    pub fn begin(
        case: &Case,
        kind: Kind,
        nth: i64,
        promises: &Promises,
        calendar: &Calendar,
        now: Timestamp,
    ) -> Option<Clock> {
        let target = promises.target(kind, case.priority)?;
        // Who asked has waited since they asked, however late it was taken up.
        let asked = case.last_customer_at.unwrap_or(case.created_at).min(now);
        let since = if kind == Kind::Solution { case.created_at.min(now) } else { asked };
        let mut clock = Clock {
            case: case.id,
            kind,
            nth,
            target,
            started_at: since,
            running_since: None,
            worked: 0,
            warn_at: None,
            due_at: None,
            warned_at: None,
            breached_at: None,
            ended_at: None,
        };
        clock.run(calendar, since);
        Some(clock)
    }

    /// A date that somebody else set: it runs to that very instant. Staff are warned a day before.
    #[must_use]
    pub fn hard(case: CaseId, nth: i64, due: Timestamp, now: Timestamp) -> Clock {
        let warn = due.checked_sub(SignedDuration::from_hours(24)).unwrap_or(now).max(now);
        Clock {
            case,
            kind: Kind::Hard,
            nth,
            target: Target { warn_minutes: 0, breach_minutes: 0 },
            started_at: now,
            running_since: Some(now),
            worked: 0,
            warn_at: Some(warn),
            due_at: Some(due),
            warned_at: None,
            breached_at: None,
            ended_at: None,
        }
    }

    /// Brings the clock to what should be so; whether that changed it.
    pub fn follow(&mut self, should: Should, calendar: &Calendar, now: Timestamp) -> bool {
        if self.ended_at.is_some() {
            return false;
        }
        match (should, self.running_since) {
            (Should::Run, None) => self.run(calendar, now),
            (Should::Pause, Some(_)) => self.pause(calendar, now),
            (Should::End, _) => self.end(calendar, now),
            (Should::Run, Some(_)) | (Should::Pause, None) => return false,
        }
        true
    }

    /// Whether it ended although the same question is open again: the answer was taken back, or
    /// what was solved was not.
    #[must_use]
    pub fn ended_too_soon(&self, case: &Case) -> bool {
        self.ended_at.is_some_and(|ended| case.last_customer_at.is_none_or(|asked| asked <= ended))
    }

    /// Goes on where it ended.
    pub fn reopen(&mut self, calendar: &Calendar, now: Timestamp) {
        self.ended_at = None;
        self.run(calendar, now);
    }

    fn run(&mut self, calendar: &Calendar, now: Timestamp) {
        let left = |target: SignedDuration| target - SignedDuration::from_micros(self.worked);
        let due = calendar.after(now, left(self.target.breach()));
        let warn = calendar.after(now, left(self.target.warn()));
        self.running_since = Some(now);
        self.due_at = Some(due);
        self.warn_at = Some(warn);
    }

    fn pause(&mut self, calendar: &Calendar, now: Timestamp) {
        let since = self.running_since.take().unwrap_or(now);
        let span = calendar.worked(since, now).as_micros();
        self.worked = self.worked.saturating_add(i64::try_from(span).unwrap_or(i64::MAX));
        self.due_at = None;
        self.warn_at = None;
    }

    fn end(&mut self, calendar: &Calendar, now: Timestamp) {
        // Nobody looked in the moment it broke: it is broken all the same.
        if self.due_at.is_some_and(|due| due < now) && self.breached_at.is_none() {
            self.breached_at = self.due_at;
        }
        if self.running_since.is_some() && self.kind != Kind::Hard {
            self.pause(calendar, now);
        }
        self.running_since = None;
        self.due_at = None;
        self.warn_at = None;
        self.ended_at = Some(now);
    }

    /// Marks what staff must be told now: `soon` or `broken`; none if they were told.
    pub fn rings(&mut self, now: Timestamp) -> Option<&'static str> {
        let passed = |at: Option<Timestamp>| at.is_some_and(|at| at <= now);
        if passed(self.due_at) && self.breached_at.is_none() {
            self.breached_at = self.due_at;
            self.warned_at = self.warned_at.or(Some(now));
            return Some("broken");
        }
        if passed(self.warn_at) && self.warned_at.is_none() {
            self.warned_at = Some(now);
            return Some("soon");
        }
        None
    }

    /// Whether the promise was kept, once it is over.
    #[must_use]
    pub fn kept(&self) -> Option<bool> {
        self.ended_at.map(|_| self.breached_at.is_none())
    }
}
