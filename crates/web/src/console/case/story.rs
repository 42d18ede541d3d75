//! The story of a case: everything that was said, done and paid, in one order.

use std::collections::HashMap;

use base::id::{AddressId, CaseId, MessageId, PaymentId};
use billing::payments::{self, AttemptState, OperationKind, OperationState};
use desk::cases::{self, Case, CaseEvent, Message, Ref, RefKind, ThreadKind};
use desk::files::{self, File};
use desk::inbox::Faces;
use desk::people;
use desk::permits::Permit;
use desk::social::{self, Media};
use store::Reads;

use super::line::{Beside, Line, Said};
use super::panel;
use crate::console::shift::Shift;
use crate::guard::Trouble;

/// Who wrote and did what is shown.
pub(super) async fn faces(
    reads: &mut impl Reads,
    case: &Case,
    messages: &[Message],
    events: &[CaseEvent],
) -> Result<Faces, Trouble> {
    let authors = messages.iter().map(|one| one.author);
    let authors = authors.chain(events.iter().map(|one| one.author));
    let mut ids: Vec<_> = authors
        .filter_map(|author| match author {
            cases::Author::Person(id) => Some(id),
            _ => None,
        })
        .chain([case.requester])
        .collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(Faces::of(reads, &ids).await?)
}

pub(super) type Known = (HashMap<AddressId, String>, HashMap<MessageId, Vec<File>>, Vec<Media>);

/// The addresses and files of messages, and what is not fetched yet.
pub(super) async fn beside(reads: &mut impl Reads, messages: &[Message]) -> Result<Known, Trouble> {
    let mut written_from: Vec<AddressId> =
        messages.iter().filter_map(|message| message.address).collect();
    written_from.sort_unstable();
    written_from.dedup();
    let addresses = people::addresses(reads, &written_from).await?;
    let addresses = addresses.into_iter().map(|address| (address.id, address.value)).collect();
    let ids: Vec<MessageId> = messages.iter().map(|message| message.id).collect();
    let files = files::of_messages(reads, &ids).await?;
    Ok((addresses, files, social::media_of(reads, &ids).await?))
}

/// What was said, what was done, and what happened to the money, in order.
pub(super) async fn lines(
    shift: &Shift,
    reads: &mut impl Reads,
    (messages, events, refs): (&[Message], &[CaseEvent], &[Ref]),
    faces: &Faces,
    (addresses, files, media): &Known,
) -> Result<Vec<Line>, Trouble> {
    let may_see = shift.may(Permit::ReadContact);
    let masked: HashMap<AddressId, String>;
    let addresses = if may_see {
        addresses
    } else {
        masked = addresses.iter().map(|(id, value)| (*id, panel::masked(value))).collect();
        &masked
    };
    let beside = Beside { faces, addresses, files, media, now: shift.now };
    let said = messages.iter().map(|one| Line::said(Said::of(one.clone(), &beside)));
    let happened = events.iter().filter_map(|event| Line::happened(event, faces));
    let mut lines: Vec<Line> = said.chain(happened).collect();
    let first = lines.iter().map(|line| line.at).min().unwrap_or(shift.now);
    if shift.may(Permit::ReadPayment) {
        let payments = refs.iter().filter(|one| one.kind == RefKind::Payment);
        for id in payments.filter_map(|one| one.id.parse::<PaymentId>().ok()).take(10) {
            lines.extend(money_lines(reads, id).await?.into_iter().filter(|one| one.at >= first));
        }
    }
    lines.sort_by_key(|line| (line.at, line.seq));
    // What a case began with stays in it.
    if let Some(said) = lines.iter_mut().find_map(|line| line.said.as_mut()) {
        said.may_split = false;
    }
    Ok(lines)
}

/// What happened to a payment that the case is about.
async fn money_lines(reads: &mut impl Reads, id: PaymentId) -> Result<Vec<Line>, Trouble> {
    let link = format!("/console/payments/{id}");
    let mut lines = Vec::new();
    for attempt in payments::attempts_of(reads, id).await? {
        let icon = match attempt.state {
            AttemptState::Captured => "check",
            AttemptState::Declined => "cross",
            _ => continue,
        };
        let words =
            format!("Payment of {} {} on {}", attempt.amount, attempt.state, attempt.account);
        lines.push(Line::money(attempt.updated_at, icon, words, link.clone()));
    }
    for call in payments::operations_of(reads, id).await? {
        let went_back = matches!(call.kind, OperationKind::Refund | OperationKind::Void);
        if went_back && call.state == OperationState::Succeeded {
            let words = format!("Given back: {}", call.amount);
            lines.push(Line::money(call.updated_at, "give-back", words, link.clone()));
        }
    }
    Ok(lines)
}

/// What others wrote in a thread behind a number.
pub(super) async fn newer(
    shift: &Shift,
    id: CaseId,
    kind: ThreadKind,
    seen: i64,
) -> Result<Vec<Line>, Trouble> {
    let mut reader = shift.house.billing.store.read().await?;
    let case = cases::seen(&mut reader, &shift.eyes(), id).await?.ok_or(Trouble::NotFound)?;
    let messages = cases::messages(&mut reader, id, &[kind], seen, 20).await?;
    let faces = faces(&mut reader, &case, &messages, &[]).await?;
    let (addresses, files, media) = beside(&mut reader, &messages).await?;
    let now = shift.now;
    let beside = Beside { faces: &faces, addresses: &addresses, files: &files, media: &media, now };
    let mine = cases::Author::Staff(shift.staff.id);
    let others = messages.into_iter().filter(|one| one.author != mine);
    Ok(others.map(|one| Line::said(Said::of(one, &beside))).collect())
}
