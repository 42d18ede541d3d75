//! One change as an open page of the console is told it: ids and numbers, never anybody's words.

use axum::response::sse::Event;
use base::Timestamp;
use desk::cases::Team;
use desk::chat::live::{Change, Changed};
use desk::chat::signs::{Signed, Who};
use identity::staff::Role;
use serde_json::{Value, json};

/// The change for somebody in that role; nothing if it is not theirs to know.
pub(super) fn told(change: &Change, role: Role, now: Timestamp) -> Option<Event> {
    match change {
        Change::Case(changed) => may_know(role, changed.team).then(|| case(changed)),
        Change::Sign(signed, team) => {
            team.filter(|team| may_know(role, *team)).and_then(|_| sign(signed, now))
        }
        Change::Offers => Some(named("offers", &json!({}))),
        Change::Everything => Some(reset()),
    }
}

/// A case something happened to. Whoever wants more asks for it, and is asked for their permit.
pub(super) fn case(changed: &Changed) -> Event {
    let body = json!({
        "case": changed.case.to_string(),
        "version": changed.version,
        "seq": changed.seq,
        "origin": changed.origin.as_str(),
    });
    named("case.changed", &body).id(changed.at.as_microsecond().to_string())
}

/// "Look at everything again."
pub(super) fn reset() -> Event {
    named("reset", &json!({}))
}

/// An event with a name and a body.
pub(super) fn named(name: &str, body: &Value) -> Event {
    Event::default().event(name).data(body.to_string())
}

fn sign(signed: &Signed, now: Timestamp) -> Option<Event> {
    let case = signed.case?;
    let who = match signed.who {
        Who::Visitor => "visitor".to_owned(),
        Who::Staff(id) => id.to_string(),
    };
    let seconds = signed.until.duration_since(now).as_secs().max(0);
    let body = json!({
        "case": case.to_string(), "who": who, "sign": signed.sign.as_str(), "seconds": seconds,
    });
    Some(named("sign", &body))
}

/// Whether somebody in that role sees cases of that team.
pub(super) const fn may_know(role: Role, team: Team) -> bool {
    match team {
        Team::Support | Team::Complaints => true,
        Team::Finance => matches!(role, Role::Finance | Role::Admin),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_of_finance_are_told_to_finance_and_admins_only() {
        let roles = [Role::Agent, Role::Lead, Role::Finance, Role::Admin];
        assert_eq!(roles.map(|role| may_know(role, Team::Finance)), [false, false, true, true]);
        assert_eq!(roles.map(|role| may_know(role, Team::Support)), [true; 4]);
    }

    #[test]
    fn who_writes_at_a_case_of_finance_is_told_to_finance_and_admins_only() {
        let env = base::Env::fixed("2026-11-21T12:00:00Z".parse().unwrap(), 7);
        let (who, now) = (Who::Visitor, env.now());
        let sign = desk::chat::signs::Sign::Typing;
        let signed = Signed { case: Some(env.id()), who, sign, since: now, until: now };
        let tells = |role, team| told(&Change::Sign(signed.clone(), team), role, now).is_some();
        let roles = [Role::Agent, Role::Lead, Role::Finance, Role::Admin];
        let finance = roles.map(|role| tells(role, Some(Team::Finance)));
        assert_eq!(finance, [false, false, true, true]);
        assert_eq!(roles.map(|role| tells(role, Some(Team::Support))), [true; 4]);
        assert_eq!(roles.map(|role| tells(role, None)), [false; 4], "a case nobody knows");
    }
}
