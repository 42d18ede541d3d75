//! A message becomes a case of its own: the customer asked two things at once.

use base::id::MessageId;
use base::{Env, Stop};
use serde_json::json;
use store::Tx;

use super::merge::carry_over;
use super::open::new_case;
use super::refusals::{CANNOT_SPLIT, MESSAGE_UNKNOWN};
use super::work::Work;
use super::{
    Author, Case, Direction, EventKind, LinkKind, NewCase, NewMessage, Priority, ThreadKind, join,
    link, rows, search,
};
use crate::people;

/// Makes a message that a customer wrote the beginning of a case of its own. It moves there with
/// its files; both cases are linked.
///
/// # Errors
/// Refused if there is no such message, if no customer wrote it, or if its case begins with it.
pub async fn split(tx: &mut Tx, env: &Env, id: MessageId, by: Author) -> Result<Case, Stop> {
    let message = rows::messages::find(tx, id).await?.ok_or(MESSAGE_UNKNOWN)?;
    let asked = message.thread_kind == ThreadKind::Customer && message.direction == Direction::In;
    if !asked || rows::messages::is_first(tx, &message).await? {
        return Err(CANNOT_SPLIT.into());
    }
    let mut old = Work::begin(tx, message.case).await?;
    let requester = match message.address {
        Some(address) => people::address(tx, address).await?.map(|address| address.person),
        None => None,
    };
    let subject = message.fresh.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let new = NewCase {
        subject: subject.to_owned(),
        audience: old.case.audience,
        side: old.case.side,
        topic: None,
        team: old.case.team,
        priority: Priority::Normal,
        origin: message.channel,
        language: message.language,
        requester: requester.unwrap_or(old.case.requester),
        tags: Vec::new(),
        refs: Vec::new(),
        first: NewMessage::note(by, message.language, ""),
    };
    let case = new_case(tx, env, new).await?;
    let mut work = Work::create(tx, case).await?;
    let body = json!({ "origin": message.channel, "split_from": old.case.id });
    work.tell(tx, env, EventKind::Opened, by, body).await?;
    let (from, asked_at) = (old.case.id, message.created_at);
    let message = carry_over(tx, env, &mut work, message, (from, None), by).await?;
    work.case.last_customer_at = Some(asked_at);
    if let Some(address) = message.address {
        join::writer(tx, env, &work.case, ThreadKind::Customer, address).await?;
    }
    let body = json!({ "message": id, "to": work.case.id });
    old.tell(tx, env, EventKind::Split, by, body).await?;
    let old = old.keep(tx, env).await?;
    link::write_link(tx, env, &mut work, from, LinkKind::Split, by).await?;
    let case = work.keep(tx, env).await?;
    search::rebuild(tx, &old).await?;
    search::rebuild(tx, &case).await?;
    Ok(case)
}
