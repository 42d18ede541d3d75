//! Answers are written, changed, retired and brought back. What staff do is noted.

use base::id::{AnswerId, StaffId};
use base::{Actor, Env, Fault, Stop};
use store::Tx;

use super::answer::{Answer, CHANGED, KEY_TAKEN, UNKNOWN, Written};
use super::rows;
use crate::audit;

/// What the audit log calls what staff do to answers.
const ADDED: &str = "answer.added";
const WRITTEN: &str = "answer.written";
const RETIRED: &str = "answer.retired";
const BROUGHT_BACK: &str = "answer.brought_back";

/// Writes a new answer.
///
/// # Errors
/// Refused if another answer has the key.
pub async fn add(
    tx: &mut Tx,
    env: &Env,
    written: Written,
    by: Option<StaffId>,
) -> Result<Answer, Stop> {
    if rows::find_by_key(tx, &written.key).await?.is_some() {
        return Err(KEY_TAKEN.at("key").into());
    }
    let answer = Answer {
        id: env.id(),
        key: written.key,
        title: written.title,
        texts: written.texts,
        version: 1,
        by,
        retired_at: None,
        updated_at: env.now(),
    };
    rows::insert(tx, &answer).await?;
    note(tx, env, ADDED, &answer).await?;
    Ok(answer)
}

/// Writes an answer anew. Its earlier versions stay.
///
/// # Errors
/// Refused if somebody else changed it since `version`, or another answer has the key.
pub async fn change(
    tx: &mut Tx,
    env: &Env,
    id: AnswerId,
    version: i64,
    written: Written,
    by: StaffId,
) -> Result<Answer, Stop> {
    let known = rows::find(tx, id).await?.ok_or(UNKNOWN)?;
    if known.version != version {
        return Err(CHANGED.into());
    }
    let same_key = rows::find_by_key(tx, &written.key).await?;
    if same_key.is_some_and(|other| other.id != id) {
        return Err(KEY_TAKEN.at("key").into());
    }
    let answer = Answer {
        key: written.key,
        title: written.title,
        texts: written.texts,
        version: version + 1,
        by: Some(by),
        updated_at: env.now(),
        ..known
    };
    rows::update(tx, &answer).await?;
    note(tx, env, WRITTEN, &answer).await?;
    Ok(answer)
}

/// Offers an answer no more. What is retired already stays so.
///
/// # Errors
/// Refused if there is no such answer.
pub async fn retire(tx: &mut Tx, env: &Env, id: AnswerId, by: StaffId) -> Result<Answer, Stop> {
    let known = rows::find(tx, id).await?.ok_or(UNKNOWN)?;
    if known.retired_at.is_some() {
        return Ok(known);
    }
    let answer = Answer { retired_at: Some(env.now()), by: Some(by), ..known };
    rows::retire(tx, &answer).await?;
    note(tx, env, RETIRED, &answer).await?;
    Ok(answer)
}

/// Offers an answer again. What is offered already stays so.
///
/// # Errors
/// Refused if there is no such answer.
pub async fn bring_back(tx: &mut Tx, env: &Env, id: AnswerId, by: StaffId) -> Result<Answer, Stop> {
    let known = rows::find(tx, id).await?.ok_or(UNKNOWN)?;
    if known.retired_at.is_none() {
        return Ok(known);
    }
    let answer = Answer { retired_at: None, by: Some(by), ..known };
    rows::retire(tx, &answer).await?;
    note(tx, env, BROUGHT_BACK, &answer).await?;
    Ok(answer)
}

/// Answers that ship are written by nobody, and not noted.
async fn note(tx: &mut Tx, env: &Env, what: &'static str, answer: &Answer) -> Result<(), Fault> {
    let Some(by) = answer.by else { return Ok(()) };
    let about = answer.id.to_string();
    let why = format!(";{}, version {}", answer.key, answer.version);
    let note = audit::Note { by: Actor::Staff(by), what, about: &about, why: Some(&why) };
    audit::note(tx, env, &note).await.map(|_| ())
}
