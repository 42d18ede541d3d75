//! What is changed of a case by one press: who works on it, where it stands, how it is found.

use axum::extract::{Form, Path};
use axum::response::{IntoResponse, Redirect};
use base::id::CaseId;
use base::{Kind, SignedDuration, Stop, Timestamp};
use desk::cases::{self, Author, CaseState, Change};
use desk::permits::Permit;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::answer::Answer;
use crate::console::shift::Shift;
use crate::guard::Trouble;

/// The deed, its word, and the version of the case that was seen.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Written {
    deed: String,
    value: String,
    /// More about it: for whom a case waits.
    more: String,
    version: String,
    view: String,
    to: String,
}

/// `POST /console/cases/{case}/change`.
pub(crate) async fn change(
    shift: Shift,
    Path(id): Path<CaseId>,
    Form(written): Form<Written>,
) -> Answer {
    let (change, permit) = read(&shift, &written).ok_or(Trouble::NotFound)?;
    shift.must(permit)?;
    let (env, eyes) = (&shift.house.billing.env, shift.eyes());
    let by = Author::Staff(shift.staff.id);
    let version = written.version.parse().ok();
    let done = store::write!(shift.house.billing.store, |tx| {
        cases::seen(tx, &eyes, id).await?.ok_or(cases::UNKNOWN)?;
        cases::change(tx, env, id, version, by, change.clone()).await
    });
    let done = match done {
        Ok(_) => "done",
        Err(Stop::Refused(refusal)) if refusal.kind == Kind::NotFound => {
            return Err(Trouble::NotFound);
        }
        Err(Stop::Refused(refusal)) if refusal.kind == Kind::Conflict => "changed_meanwhile",
        Err(Stop::Refused(_)) => "refused",
        Err(fault) => return Err(fault.into()),
    };
    let safe = |word: &str| word.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_');
    let view = Some(written.view.as_str()).filter(|view| safe(view)).unwrap_or_default();
    let to = Some(written.to.as_str()).filter(|to| safe(to)).unwrap_or_default();
    let back = format!("/console/cases/{id}?view={view}&to={to}&done={done}");
    Ok(Redirect::to(&back).into_response())
}

/// The change, and what one must be allowed for it.
fn read(shift: &Shift, written: &Written) -> Option<(Change, Permit)> {
    let value = written.value.trim();
    let change = match written.deed.as_str() {
        "assign" => (assign(shift, value)?, Permit::Assign),
        "state" => (state(value, &written.more)?, Permit::Reply),
        "snooze" => (Change::Snooze(until(shift.now, value)?), Permit::Reply),
        "tag" if !value.is_empty() => (Change::Tag(value.to_owned()), Permit::Note),
        "untag" => (Change::Untag(value.to_owned()), Permit::Note),
        "priority" => (Change::Priority(value.parse().ok()?), Permit::Reply),
        "side" => (Change::Side(value.parse().ok()?), Permit::Reply),
        "team" => (Change::Team(value.parse().ok()?), Permit::Assign),
        "language" => (Change::Language(value.parse().ok()?), Permit::Reply),
        "subject" if !value.is_empty() => (Change::Subject(value.to_owned()), Permit::Note),
        "spam" => (Change::Spam, Permit::Reply),
        "not_spam" => (Change::NotSpam, Permit::Reply),
        "escalate" => (Change::Escalate, Permit::Escalate),
        "hold" if !value.is_empty() => (Change::Hold(value.to_owned()), Permit::Hold),
        "release" => (Change::Release, Permit::Hold),
        _ => return None,
    };
    Some(change)
}

fn assign(shift: &Shift, value: &str) -> Option<Change> {
    match value {
        "me" => Some(Change::Assign(Some(shift.staff.id))),
        "" | "nobody" => Some(Change::Assign(None)),
        id => id.parse().ok().map(|id| Change::Assign(Some(id))),
    }
}

fn state(value: &str, more: &str) -> Option<Change> {
    let state: CaseState = value.parse().ok()?;
    match state {
        CaseState::WaitingThirdParty => Some(Change::WaitFor(more.parse().ok()?)),
        other => Some(Change::State(other)),
    }
}

/// `4h`, `3d`, or a date and time of UTC.
fn until(now: Timestamp, value: &str) -> Option<Timestamp> {
    if let Ok(at) = value.parse::<DateTime>() {
        return at.to_zoned(TimeZone::UTC).ok().map(|at| at.timestamp()).filter(|at| *at > now);
    }
    let (many, unit) = value.split_at_checked(value.len().checked_sub(1)?)?;
    let many: i64 = many.parse().ok().filter(|many| (1..=8760).contains(many))?;
    let hours = match unit {
        "h" => many,
        "d" => many * 24,
        _ => return None,
    };
    now.checked_add(SignedDuration::from_hours(hours)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_sleeps_until_a_time_that_comes() {
        let now: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
        let told = |value| until(now, value).map(|at| at.to_string());
        assert_eq!(told("4h").as_deref(), Some("2026-11-22T14:00:00Z"));
        assert_eq!(told("3d").as_deref(), Some("2026-11-25T10:00:00Z"));
        assert_eq!(told("2026-11-23T08:30").as_deref(), Some("2026-11-23T08:30:00Z"));
        for wrong in ["", "h", "0h", "-1d", "99999d", "2020-01-01T00:00", "soon", "4é"] {
            assert_eq!(told(wrong), None, "{wrong}");
        }
    }
}
