//! Macros are written, changed and retired.

use base::id::{MacroId, StaffId};
use base::{Env, Fault, Refusal, Stop};
use store::Tx;

use super::deed::{BAD_NAME, CHANGED, Macro, NAME_TAKEN, UNKNOWN};
use super::rows;
use super::step::{Step, check};

/// Writes a new macro.
///
/// # Errors
/// Refused if another has the name or its steps cannot be used.
pub async fn add(
    tx: &mut Tx,
    env: &Env,
    name: &str,
    steps: Vec<Step>,
    by: Option<StaffId>,
) -> Result<Macro, Stop> {
    let name = named(name)?;
    check(&steps)?;
    if rows::find_by_name(tx, &name).await?.is_some() {
        return Err(NAME_TAKEN.at("name").into());
    }
    let (id, updated_at) = (env.id(), env.now());
    let one = Macro { id, name, steps, version: 1, by, retired_at: None, updated_at };
    rows::insert(tx, &one, &written(&one.steps)?).await?;
    Ok(one)
}

/// Writes a macro anew. Runs that began keep the version they began with on record.
///
/// # Errors
/// Refused if somebody else changed it since `version`, or it cannot be used.
pub async fn change(
    tx: &mut Tx,
    env: &Env,
    id: MacroId,
    version: i64,
    name: &str,
    steps: Vec<Step>,
    by: StaffId,
) -> Result<Macro, Stop> {
    let name = named(name)?;
    check(&steps)?;
    let known = rows::find(tx, id).await?.ok_or(UNKNOWN)?;
    if known.version != version {
        return Err(CHANGED.into());
    }
    if rows::find_by_name(tx, &name).await?.is_some_and(|other| other.id != id) {
        return Err(NAME_TAKEN.at("name").into());
    }
    let (by, updated_at) = (Some(by), env.now());
    let one = Macro { name, steps, version: version + 1, by, updated_at, ..known };
    rows::update(tx, &one, &written(&one.steps)?).await?;
    Ok(one)
}

/// Offers a macro no more, or again.
///
/// # Errors
/// Refused if there is no such macro.
pub async fn retire(tx: &mut Tx, env: &Env, id: MacroId, by: StaffId) -> Result<Macro, Stop> {
    let known = rows::find(tx, id).await?.ok_or(UNKNOWN)?;
    let retired_at = known.retired_at.is_none().then(|| env.now());
    let one = Macro { retired_at, by: Some(by), updated_at: env.now(), ..known };
    rows::update(tx, &one, &written(&one.steps)?).await?;
    Ok(one)
}

fn named(name: &str) -> Result<String, Refusal> {
    let name = name.trim();
    if (1..=80).contains(&name.chars().count()) && !name.chars().any(char::is_control) {
        return Ok(name.to_owned());
    }
    Err(BAD_NAME.at("name"))
}

fn written(steps: &[Step]) -> Result<String, Fault> {
    serde_json::to_string(steps).map_err(|error| Fault::of("write down the steps", error))
}
