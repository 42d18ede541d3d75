//! Macros are written, changed, retired and brought back. What staff do is noted.

use base::id::{MacroId, StaffId};
use base::{Actor, Env, Fault, Stop};
use store::Tx;

use super::deed::{CHANGED, Macro, NAME_TAKEN, NO_SUCH_ANSWER, UNKNOWN, Written};
use super::rows;
use super::step::Step;
use crate::{answers, audit};

/// What the audit log calls what staff do to macros.
const ADDED: &str = "macro.added";
const WRITTEN: &str = "macro.written";
const RETIRED: &str = "macro.retired";
const BROUGHT_BACK: &str = "macro.brought_back";

/// Writes a new macro.
///
/// # Errors
/// Refused if another has the name or a step names an answer that there is not.
pub async fn add(
    tx: &mut Tx,
    env: &Env,
    written: Written,
    by: Option<StaffId>,
) -> Result<Macro, Stop> {
    let Written { name, steps, offer } = written;
    answers_there_are(tx, &steps).await?;
    if rows::find_by_name(tx, &name).await?.is_some() {
        return Err(NAME_TAKEN.at("name").into());
    }
    let (id, updated_at) = (env.id(), env.now());
    let one = Macro { id, name, steps, offer, version: 1, by, retired_at: None, updated_at };
    rows::insert(tx, &one, &as_text(&one.steps)?).await?;
    note(tx, env, ADDED, &one).await?;
    Ok(one)
}

/// Writes a macro anew. Runs that began keep the version they began with on record.
///
/// # Errors
/// Refused if somebody else changed it since `version`, another has the name, or a step names an
/// answer that there is not.
pub async fn change(
    tx: &mut Tx,
    env: &Env,
    id: MacroId,
    version: i64,
    written: Written,
    by: StaffId,
) -> Result<Macro, Stop> {
    let Written { name, steps, offer } = written;
    let known = rows::find(tx, id).await?.ok_or(UNKNOWN)?;
    if known.version != version {
        return Err(CHANGED.into());
    }
    answers_there_are(tx, &steps).await?;
    if rows::find_by_name(tx, &name).await?.is_some_and(|other| other.id != id) {
        return Err(NAME_TAKEN.at("name").into());
    }
    let (by, updated_at) = (Some(by), env.now());
    let one = Macro { name, steps, offer, version: version + 1, by, updated_at, ..known };
    rows::update(tx, &one, &as_text(&one.steps)?).await?;
    note(tx, env, WRITTEN, &one).await?;
    Ok(one)
}

/// Offers a macro no more. What is retired already stays so.
///
/// # Errors
/// Refused if there is no such macro.
pub async fn retire(tx: &mut Tx, env: &Env, id: MacroId, by: StaffId) -> Result<Macro, Stop> {
    let known = rows::find(tx, id).await?.ok_or(UNKNOWN)?;
    if known.retired_at.is_some() {
        return Ok(known);
    }
    let one = Macro { retired_at: Some(env.now()), by: Some(by), ..known };
    turn(tx, env, RETIRED, one).await
}

/// Offers a macro again. What is offered already stays so.
///
/// # Errors
/// Refused if there is no such macro.
pub async fn bring_back(tx: &mut Tx, env: &Env, id: MacroId, by: StaffId) -> Result<Macro, Stop> {
    let known = rows::find(tx, id).await?.ok_or(UNKNOWN)?;
    if known.retired_at.is_none() {
        return Ok(known);
    }
    let one = Macro { retired_at: None, by: Some(by), ..known };
    turn(tx, env, BROUGHT_BACK, one).await
}

async fn turn(tx: &mut Tx, env: &Env, what: &'static str, one: Macro) -> Result<Macro, Stop> {
    let one = Macro { updated_at: env.now(), ..one };
    rows::update(tx, &one, &as_text(&one.steps)?).await?;
    note(tx, env, what, &one).await?;
    Ok(one)
}

async fn answers_there_are(tx: &mut Tx, steps: &[Step]) -> Result<(), Stop> {
    for step in steps {
        let Step::Answer { key } = step else { continue };
        let found = answers::find_by_key(tx, key).await?;
        if found.is_none_or(|answer| answer.retired_at.is_some()) {
            let why = format!("there is no answer ;{key}, or it is retired");
            return Err(NO_SUCH_ANSWER.because(why).at("steps").into());
        }
    }
    Ok(())
}

fn as_text(steps: &[Step]) -> Result<String, Fault> {
    serde_json::to_string(steps).map_err(|error| Fault::of("write down the steps", error))
}

/// Macros that ship are written by nobody, and not noted.
async fn note(tx: &mut Tx, env: &Env, what: &'static str, one: &Macro) -> Result<(), Fault> {
    let Some(by) = one.by else { return Ok(()) };
    let about = one.id.to_string();
    let steps = one.steps.iter().map(Step::sentence).collect::<Vec<_>>().join(", ");
    let why = format!("{}, version {}: {steps}", one.name, one.version);
    let note = audit::Note { by: Actor::Staff(by), what, about: &about, why: Some(&why) };
    audit::note(tx, env, &note).await.map(|_| ())
}
