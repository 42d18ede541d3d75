//! What came in and went out as it was goes when its time is over, in small batches; and what
//! messengers brought of somebody is found by reading it.

use base::{Env, SignedDuration, Stop, Timestamp};
use serde_json::Value;
use store::{Store, blobs};

use super::delay;
use super::rows;
use super::rows::blobs::USES;
use super::whose::Whose;

/// Things that are looked at together.
const PAGE: u32 = 100;
/// Pages in one round.
const PAGES: usize = 20;

/// Empties raw mails that were settled long enough ago.
pub(super) async fn mails(store: &Store, env: &Env, keep: SignedDuration) -> Result<u64, Stop> {
    let (before, mut place, mut gone) = (ago(env, keep), START, 0);
    for _ in 0..PAGES {
        let mut reader = store.read().await?;
        let mut page = rows::raw::old_mails(&mut reader, &place, before, PAGE).await?;
        let Some(last) = page.last() else { break };
        place = (last.at, last.id.to_string());
        let mut due = Vec::new();
        for raw in page.drain(..) {
            let waits = match raw.case {
                Some(case) => delay::of_case(&mut reader, case).await?.is_some(),
                None => false,
            };
            if !waits {
                due.push(raw);
            }
        }
        drop(reader);
        gone += store::write!(store, |tx| {
            let mut gone = 0;
            for raw in &due {
                gone += rows::raw::empty_mail(tx, raw.id, env.now()).await?;
                blobs::remove_unused(tx, &raw.blobs, &USES).await?;
            }
            Ok::<u64, Stop>(gone)
        })?;
    }
    Ok(gone)
}

/// Empties what messengers brought long enough ago.
pub(super) async fn calls(store: &Store, env: &Env, keep: SignedDuration) -> Result<u64, Stop> {
    let (before, mut place, mut gone) = (ago(env, keep), START, 0);
    for _ in 0..PAGES {
        let mut reader = store.read().await?;
        let page = rows::raw::old_calls(&mut reader, &place, before, PAGE).await?;
        drop(reader);
        let Some(last) = page.last() else { break };
        place = (last.at, last.id.clone());
        gone += store::write!(store, |tx| {
            let mut gone = 0;
            for call in &page {
                gone += rows::raw::empty_call(tx, &call.id, env.now()).await?;
                blobs::remove_unused(tx, &call.blobs, &USES).await?;
            }
            Ok::<u64, Stop>(gone)
        })?;
    }
    Ok(gone)
}

/// Empties copies of mails that were written long enough ago.
pub(super) async fn sent(store: &Store, env: &Env, keep: SignedDuration) -> Result<u64, Stop> {
    let (before, mut place, mut gone) = (ago(env, keep), START, 0);
    for _ in 0..PAGES {
        let mut reader = store.read().await?;
        let page = rows::raw::old_sent(&mut reader, &place, before, PAGE).await?;
        let Some(last) = page.last() else { break };
        place = (last.at, last.id.to_string());
        let mut due = Vec::new();
        for mail in page {
            let waits = match mail.case {
                Some(case) => delay::of_case(&mut reader, case).await?.is_some(),
                None => false,
            };
            if !waits {
                due.push(mail.id);
            }
        }
        drop(reader);
        gone += store::write!(store, |tx| {
            Ok::<u64, Stop>(rows::raw::empty_sent(tx, &due, env.now()).await?)
        })?;
    }
    Ok(gone)
}

/// Empties every call of a messenger that names somebody, by reading all that are kept: nothing
/// else tells whose words are in which. How many those were.
pub(super) async fn calls_of(store: &Store, env: &Env, whose: &Whose) -> Result<u64, Stop> {
    let handles = whose.handles();
    if handles.is_empty() {
        return Ok(0);
    }
    let (mut place, mut gone) = (START, 0);
    loop {
        let mut reader = store.read().await?;
        let page = rows::raw::old_calls(&mut reader, &place, Timestamp::MAX, PAGE).await?;
        let Some(last) = page.last() else { return Ok(gone) };
        place = (last.at, last.id.clone());
        let mut theirs = Vec::new();
        for call in page {
            let Some(hash) = call.blobs.first() else { continue };
            if let Some(bytes) = blobs::get(&mut reader, hash).await?
                && names(&bytes, &handles)
            {
                theirs.push(call);
            }
        }
        drop(reader);
        gone += store::write!(store, |tx| {
            let mut gone = 0;
            for call in &theirs {
                gone += rows::raw::empty_call(tx, &call.id, env.now()).await?;
                blobs::remove_unused(tx, &call.blobs, &USES).await?;
            }
            Ok::<u64, Stop>(gone)
        })?;
    }
}

/// Whether a call carries one of these names as a whole value, perhaps with a plus before it. What
/// is no JSON is taken to be theirs if the name is anywhere in it.
fn names(bytes: &[u8], handles: &[String]) -> bool {
    match serde_json::from_slice::<Value>(bytes) {
        Ok(value) => carries(&value, handles),
        Err(_) => {
            let text = String::from_utf8_lossy(bytes);
            handles.iter().any(|handle| text.contains(handle.as_str()))
        }
    }
}

fn carries(value: &Value, handles: &[String]) -> bool {
    let is_one = |text: &str| handles.iter().any(|one| one == text.trim_start_matches('+'));
    match value {
        Value::String(text) => is_one(text),
        Value::Number(number) => is_one(&number.to_string()),
        Value::Array(all) => all.iter().any(|one| carries(one, handles)),
        Value::Object(all) => all.values().any(|one| carries(one, handles)),
        Value::Null | Value::Bool(_) => false,
    }
}

/// Where a walk begins.
const START: (i64, String) = (i64::MIN, String::new());

fn ago(env: &Env, by: SignedDuration) -> Timestamp {
    env.now().checked_sub(by).unwrap_or(Timestamp::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_somebodys_if_it_names_them_as_a_whole_value() {
        let mine = ["4520123456".to_owned(), "77".to_owned()];
        for (body, theirs) in [
            (r#"{"entry":[{"from":"4520123456","text":{"body":"hi"}}]}"#, true),
            (r#"{"from":"+4520123456"}"#, true),
            (r#"{"message":{"from":{"id":77}}}"#, true),
            (r#"{"message":{"from":{"id":7712}}}"#, false),
            (r#"{"text":"call me at 4520123456"}"#, false),
            ("not json 4520123456", true),
            ("not json", false),
        ] {
            assert_eq!(names(body.as_bytes(), &mine), theirs, "{body}");
        }
    }
}
