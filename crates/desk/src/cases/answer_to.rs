//! Where an answer goes: to somebody who takes part in the thread and may read it, nobody else.

use base::id::AddressId;
use base::{Fault, Stop};
use store::{Reads, Tx};

use super::refusals::NOT_IN_THREAD;
use super::{Case, NewMessage, Participant, ParticipantRole, Thread, ThreadKind, rows};
use crate::people::{self, Address, AddressKind};

/// The address of an answer: the one that was asked for, or where the customer last wrote from.
/// None if nobody can be reached: it is read on the page of the case.
///
/// # Errors
/// Refused if the one that was asked for has no part in the thread.
pub(super) async fn address(
    tx: &mut Tx,
    case: &Case,
    thread: &Thread,
    new: &NewMessage,
) -> Result<Option<AddressId>, Stop> {
    match new.address {
        Some(address) => {
            let who = rows::people::find(tx, case.id, address).await?;
            let owner = people::address(tx, address).await?.map(|address| address.person);
            // Who asked may be reached wherever they are known, though they wrote from elsewhere.
            let asked = thread.kind == ThreadKind::Customer && owner == Some(case.requester);
            if asked || who.is_some_and(|who| may_receive(thread, &who)) {
                Ok(Some(address))
            } else {
                Err(NOT_IN_THREAD.into())
            }
        }
        None => Ok(usual(tx, case, thread).await?),
    }
}

/// Whether what is said in a thread may be sent to somebody. A case may ask two creators: neither
/// reads what the other is asked.
fn may_receive(thread: &Thread, who: &Participant) -> bool {
    let speaks_there = match (thread.kind, who.role) {
        (
            ThreadKind::Customer,
            ParticipantRole::Requester | ParticipantRole::Cc | ParticipantRole::Observer,
        ) => true,
        (ThreadKind::Creator, ParticipantRole::Creator | ParticipantRole::Studio)
        | (ThreadKind::Processor, ParticipantRole::Processor) => who.partner == thread.partner,
        (
            ThreadKind::Customer
            | ThreadKind::Internal
            | ThreadKind::Creator
            | ThreadKind::Processor,
            ParticipantRole::Requester
            | ParticipantRole::Cc
            | ParticipantRole::Creator
            | ParticipantRole::Studio
            | ParticipantRole::Processor
            | ParticipantRole::Observer,
        ) => false,
    };
    speaks_there && who.may_read
}

async fn usual(tx: &mut Tx, case: &Case, thread: &Thread) -> Result<Option<AddressId>, Fault> {
    match thread.kind {
        ThreadKind::Internal => Ok(None),
        ThreadKind::Customer => answers_to(tx, case).await,
        ThreadKind::Creator | ThreadKind::Processor => {
            let all = rows::people::of(tx, case.id).await?;
            Ok(all.iter().find(|who| may_receive(thread, who)).map(|who| who.address))
        }
    }
}

/// Where an answer to the customer of a case goes unless somebody says otherwise.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn answers_to(reads: &mut impl Reads, case: &Case) -> Result<Option<AddressId>, Fault> {
    let last = rows::messages::last_sender(reads, case.id).await?;
    let known = people::addresses_of(reads, case.requester).await?;
    let works = |id: &AddressId| {
        known.iter().find(|it| it.id == *id).is_none_or(|it| it.bounced_at.is_none())
    };
    Ok(last.filter(works).or_else(|| best(&known)).or(last))
}

/// The best way to reach somebody: proved before unproved, mail before others, the oldest first.
fn best(known: &[Address]) -> Option<AddressId> {
    let works = known.iter().filter(|it| {
        it.bounced_at.is_none()
            && matches!(
                it.kind,
                AddressKind::Mail
                    | AddressKind::WhatsApp
                    | AddressKind::Telegram
                    | AddressKind::Other
                    | AddressKind::Chat
            )
    });
    let rank = |it: &&Address| (it.verified_at.is_none(), it.kind != AddressKind::Mail, it.id);
    works.min_by_key(rank).map(|it| it.id)
}
