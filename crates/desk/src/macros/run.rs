//! A macro is run on a case: step by step, each a deed of its own, stopping at the first refusal.
//!
//! Money comes with its own key, made of the run and the step, so that a run that was cut off and
//! asked for again gives nothing twice.

use base::id::{CaseId, MacroId, MacroRunId};
use base::{Fault, SignedDuration, Stop, Tokens};
use identity::staff::Staff;
use store::Tx;

use super::deed::{CHANGED, Macro, NOT_OFFERED, RETIRED, Run, UNKNOWN};
use super::foresee::permit_of;
use super::rows;
use super::step::Step;
use crate::Desk;
use crate::answers::{self, Known};
use crate::cases::{self, Author, Case, Change, Eyes, NewMessage};
use crate::credits::{self, Give};
use crate::permits;

/// A run that somebody wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Its id, made by whoever asks.
    pub id: MacroRunId,
    /// Of which macro.
    pub of: MacroId,
    /// The version whose steps were seen: another one is not run unseen.
    pub version: i64,
    /// On which case.
    pub case: CaseId,
}

/// Runs a macro; the same run asked for again goes on where it was cut off, or tells its end.
///
/// # Errors
/// Refused if there is no such macro or case, if it was changed since it was seen, or if it is not
/// offered, or not to them. What a step refuses is no error: the run says so.
pub async fn run(desk: &Desk, wanted: Wanted, staff: &Staff) -> Result<(Macro, Run), Stop> {
    let Wanted { id, of, version, case } = wanted;
    let store = &desk.billing.store;
    let env = &desk.billing.env;
    let eyes = Eyes { staff: staff.id, role: staff.role };
    let (one, begun) = store::write!(store, |tx| {
        let one = rows::find(tx, of).await?.ok_or(UNKNOWN)?;
        let case = cases::seen(tx, &eyes, case).await?.ok_or(cases::UNKNOWN)?;
        if one.retired_at.is_some() {
            return Err(RETIRED.into());
        }
        if let Some(known) = rows::find_run(tx, id).await? {
            // It began before, perhaps on a case that it has given to another team.
            let theirs = known.by == staff.id && known.of == of && known.case == case.id;
            if !theirs {
                return Err(UNKNOWN.into());
            }
            if known.ended_at.is_some() {
                return Ok((one, known));
            }
        } else if !one.offer.fits(case.team, staff.role) {
            return Err(NOT_OFFERED.into());
        }
        if one.version != version {
            return Err(CHANGED.into());
        }
        let run = Run {
            id,
            of,
            version,
            case: case.id,
            by: staff.id,
            steps_done: 0,
            stopped: None,
            started_at: env.now(),
            ended_at: None,
        };
        rows::begin_run(tx, &run).await?;
        Ok((one, rows::find_run(tx, id).await?.ok_or(UNKNOWN)?))
    })?;
    if begun.ended_at.is_some() {
        return Ok((one, begun));
    }
    let stopped = go_on(desk, &one, &begun, staff).await?;
    let run = store::write!(store, |tx| {
        rows::end_run(tx, id, stopped.as_deref(), env.now()).await?;
        Ok(rows::find_run(tx, id).await?.ok_or(UNKNOWN)?)
    })?;
    Ok((one, run))
}

/// Does what is left; why it stopped, if it did.
async fn go_on(desk: &Desk, one: &Macro, run: &Run, staff: &Staff) -> Result<Option<String>, Stop> {
    let done = usize::try_from(run.steps_done).unwrap_or(usize::MAX);
    for (nth, step) in (0..).zip(&one.steps).skip(done) {
        match take(desk, run, nth, step, staff).await {
            Ok(()) => {}
            Err(Stop::Refused(refusal)) => return Ok(Some(refusal.detail.into_owned())),
            Err(fault) => return Err(fault),
        }
    }
    Ok(None)
}

async fn take(desk: &Desk, run: &Run, nth: i64, step: &Step, staff: &Staff) -> Result<(), Stop> {
    let needs = permit_of(step);
    if !permits::may(staff.role, needs) {
        return Err(NOT_OFFERED.because(permits::who_may(needs)).into());
    }
    if let Step::Credit { tokens, reason } = step {
        // It has a transaction of its own, and its key keeps it from happening twice.
        credit(desk, run, nth, (*tokens, reason), staff).await?;
    }
    store::write!(desk.billing.store, |tx| {
        if rows::step_done(tx, run.id, nth).await? == 0 {
            return Ok(());
        }
        step_in(tx, desk, run, step, staff).await
    })
}

async fn credit(
    desk: &Desk,
    run: &Run,
    nth: i64,
    (tokens, reason): (i64, &str),
    staff: &Staff,
) -> Result<(), Stop> {
    let customer = {
        let mut reader = desk.billing.store.read().await?;
        let case = cases::find(&mut reader, run.case).await?.ok_or(cases::UNKNOWN)?;
        credits::customer_of(&mut reader, &case).await?.ok_or(credits::NOT_THE_CUSTOMER)?
    };
    let give = Give {
        case: run.case,
        customer,
        tokens: Tokens::new(tokens).ok_or_else(|| Fault::new("read the tokens of a macro"))?,
        reason: reason.to_owned(),
        staff: staff.id,
        key: format!("{} {nth}", run.id),
    };
    credits::give(desk, give).await.map(|_| ())
}

async fn step_in(
    tx: &mut Tx,
    desk: &Desk,
    run: &Run,
    step: &Step,
    staff: &Staff,
) -> Result<(), Stop> {
    let env = &desk.billing.env;
    let by = Author::Staff(staff.id);
    let change = match step {
        Step::Credit { .. } => return Ok(()),
        Step::Answer { key } => return answer(tx, desk, run, key, staff).await,
        Step::Note { text } => {
            let case = cases::find(tx, run.case).await?.ok_or(cases::UNKNOWN)?;
            let note = NewMessage::note(by, case.language, text.clone());
            return cases::add(tx, env, run.case, note).await.map(|_| ());
        }
        Step::Tag { tag } => Change::Tag(tag.clone()),
        Step::Untag { tag } => Change::Untag(tag.clone()),
        Step::Priority { priority } => Change::Priority(*priority),
        Step::Team { team } => Change::Team(*team),
        Step::Take {} => Change::Assign(Some(staff.id)),
        Step::PutBack {} => Change::Assign(None),
        Step::State { state } => Change::State(*state),
        Step::Snooze { hours } => {
            let until = env.now().checked_add(SignedDuration::from_hours(*hours));
            Change::Snooze(until.map_err(|error| Fault::of("count the hours", error))?)
        }
        Step::Escalate {} => Change::Escalate,
    };
    cases::change(tx, env, run.case, None, by, change).await.map(|_| ())
}

async fn answer(tx: &mut Tx, desk: &Desk, run: &Run, key: &str, staff: &Staff) -> Result<(), Stop> {
    let case: Case = cases::find(tx, run.case).await?.ok_or(cases::UNKNOWN)?;
    let ready = answers::find_by_key(tx, key).await?.filter(|one| one.retired_at.is_none());
    let ready = ready.ok_or(answers::UNKNOWN)?;
    let (language, text) = ready.text(case.language);
    let known = Known::of(tx, desk, &case, &staff.name, language).await?;
    if known.lacks_any(text) {
        return Err(answers::LACKS.into());
    }
    let text = answers::fill(text, |place| known.get(place));
    let by = Author::Staff(staff.id);
    let message = NewMessage {
        undo: Some(desk.settings.undo),
        ..NewMessage::answer(by, case.origin.answered_by(), language, text)
    };
    cases::add(tx, &desk.billing.env, case.id, message).await.map(|_| ())
}
