//! Answers are written, changed and retired.

use base::id::{AnswerId, StaffId};
use base::{Env, Stop};
use store::Tx;

use super::answer::{Answer, CHANGED, KEY_TAKEN, UNKNOWN, Written};
use super::rows;

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
    Ok(answer)
}

/// Offers an answer no more, or again.
///
/// # Errors
/// Refused if there is no such answer.
pub async fn retire(tx: &mut Tx, env: &Env, id: AnswerId, by: StaffId) -> Result<Answer, Stop> {
    let known = rows::find(tx, id).await?.ok_or(UNKNOWN)?;
    let retired_at = known.retired_at.is_none().then(|| env.now());
    let answer = Answer { retired_at, by: Some(by), ..known };
    rows::retire(tx, &answer).await?;
    Ok(answer)
}
