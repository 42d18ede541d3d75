//! Changing many cases of a list together.

use axum::extract::Form;
use axum::response::{IntoResponse, Redirect};
use base::Stop;
use base::id::CaseId;
use desk::cases::{self, Author, CaseState, Change};
use desk::permits::Permit;

use crate::answer::Answer;
use crate::console::shift::Shift;

/// What one form changes at most.
const MOST: usize = 100;

/// `POST /console/inbox/bulk`: the fields are `case` (many), `assign`, `state`, `tag`, `view`.
pub(crate) async fn change(shift: Shift, Form(fields): Form<Vec<(String, String)>>) -> Answer {
    shift.must(Permit::Assign)?;
    let of = |wanted: &str| {
        let own = fields.iter().find(|(name, _)| name == wanted);
        own.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    };
    let marked = fields.iter().filter(|(name, _)| name == "case");
    let marked: Vec<CaseId> = marked.filter_map(|(_, id)| id.parse().ok()).take(MOST).collect();
    let changes = asked_for(&shift, of("assign"), of("state"), of("tag"));
    let view =
        of("view").filter(|view| view.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_'));
    let back = format!("/console/inbox?view={}&done=", view.unwrap_or("mine"));
    if marked.is_empty() || changes.is_empty() {
        return Ok(Redirect::to(&format!("{back}none")).into_response());
    }
    let mut refused = 0;
    for id in marked {
        match one(&shift, id, &changes).await {
            Ok(()) => {}
            Err(Stop::Refused(_)) => refused += 1,
            Err(fault) => return Err(fault.into()),
        }
    }
    let done = if refused == 0 { "changed" } else { "some" };
    Ok(Redirect::to(&format!("{back}{done}")).into_response())
}

fn asked_for(
    shift: &Shift,
    assign: Option<&str>,
    state: Option<&str>,
    tag: Option<&str>,
) -> Vec<Change> {
    let assign = assign.and_then(|who| match who {
        "me" => Some(Change::Assign(Some(shift.staff.id))),
        "nobody" => Some(Change::Assign(None)),
        id => id.parse().ok().map(|id| Change::Assign(Some(id))),
    });
    // What must be told for how long or for whom is done case by case.
    let state = state.and_then(|state| state.parse::<CaseState>().ok());
    let state = state.filter(|state| {
        matches!(state, CaseState::Open | CaseState::WaitingCustomer | CaseState::Solved)
    });
    let state = state.map(Change::State);
    let tag = tag.map(|tag| Change::Tag(tag.to_owned()));
    [assign, tag, state].into_iter().flatten().collect()
}

/// All changes of one case together, or none.
async fn one(shift: &Shift, id: CaseId, changes: &[Change]) -> Result<(), Stop> {
    let (env, eyes) = (&shift.house.billing.env, shift.eyes());
    let by = Author::Staff(shift.staff.id);
    store::write!(shift.house.billing.store, |tx| {
        let seen = cases::seen(tx, &eyes, id).await?;
        seen.ok_or(cases::UNKNOWN)?;
        for change in changes {
            cases::change(tx, env, id, None, by, change.clone()).await?;
        }
        Ok(())
    })
}
