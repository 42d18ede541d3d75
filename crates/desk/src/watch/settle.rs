//! What a case was opened for is over: it is solved by itself, unless a person has written in it.

use base::Stop;
use base::id::CaseId;
use serde_json::Value;
use store::Tx;

use crate::Desk;
use crate::cases::{self, Author, AuthorKind, CaseState, Change, EventKind, Message, ThreadKind};

/// So many messages are looked at for a person's.
const LOOKED_AT: u32 = 100;

/// Writes a line into a case, and solves it if nobody but the money side has spoken in it. Where
/// somebody has, they know best when it is done.
pub(crate) async fn settle(tx: &mut Tx, desk: &Desk, id: CaseId, body: Value) -> Result<(), Stop> {
    let env = &desk.billing.env;
    let Some(case) = cases::survivor(tx, id).await? else { return Ok(()) };
    cases::note(tx, env, case.id, EventKind::Billing, Author::Billing, body).await?;
    if !case.state.is_open() || case.id != id {
        return Ok(());
    }
    let said = cases::messages(tx, case.id, ThreadKind::ALL, 0, LOOKED_AT).await?;
    if !said.iter().any(by_a_person) {
        let solved = Change::State(CaseState::Solved);
        cases::change(tx, env, case.id, None, Author::Billing, solved).await?;
    }
    Ok(())
}

fn by_a_person(message: &Message) -> bool {
    match message.author.kind() {
        AuthorKind::Person | AuthorKind::Staff | AuthorKind::Program => true,
        AuthorKind::Rule | AuthorKind::Billing | AuthorKind::System => false,
    }
}
