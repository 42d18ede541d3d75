//! A visitor comes near, or goes.

use base::{SignedDuration, Stop};

use super::session::Session;
use super::signs::{self, Sign, Who};
use super::{rows, standing};
use crate::Desk;
use crate::cases::CaseState;
use crate::contact;

/// Being heard of is written down this often.
const NOTE_EVERY: SignedDuration = SignedDuration::from_secs(45);

/// Something is heard of the visitor: an open stream, a line, a look.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn hear_of(desk: &Desk, session: &Session) -> Result<(), Stop> {
    let now = desk.billing.env.now();
    if let Some(case) = session.case {
        signs::show(desk, case, Who::Visitor, Sign::Here).await?;
    }
    if now.duration_since(session.seen_at) < NOTE_EVERY && session.left_at.is_none() {
        return Ok(());
    }
    store::write!(desk.billing.store, |tx| {
        rows::heard(tx, session.id, now).await?;
        Ok(())
    })
}

/// The visitor ends the talk. What was said stays, and a new line goes on with it. Whoever ends it
/// after an answer is done with it: the case is solved, and how it went may be said.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn leave(desk: &Desk, session: &Session) -> Result<(), Stop> {
    let now = desk.billing.env.now();
    store::write!(desk.billing.store, |tx| {
        rows::leave(tx, session.id, now).await?;
        if let Some(case) = session.case {
            rows::hide(tx, case, Who::Visitor, Sign::Here, now).await?;
            rows::hide(tx, case, Who::Visitor, Sign::Typing, now).await?;
        }
        if let Some(person) = session.person
            && let Some(case) = standing::case_of(tx, session).await?
            && case.state == CaseState::WaitingCustomer
            && case.requester == person
        {
            contact::close(tx, &desk.billing.env, case.id, person).await?;
        }
        tx.signal("chat");
        Ok(())
    })
}
