//! What has to change in the offers. Pure.

use std::collections::HashSet;

use base::id::{CaseId, StaffId};
use base::{SignedDuration, Timestamp};

use super::{Agent, Offer};

/// How things stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Now {
    /// Chats nobody works on, in the order of the queue.
    pub(super) waiting: Vec<CaseId>,
    pub(super) offers: Vec<Offer>,
    pub(super) agents: Vec<Agent>,
    /// Who had the offer of which chat before.
    pub(super) passed: Vec<(CaseId, StaffId)>,
}

/// Why an offer ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// There is nothing to take any more: taken, solved, or the visitor left.
    Void,
    /// Whom it was made to is not there any more.
    Gone,
    /// It was not taken in time.
    Missed,
}

/// What has to change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) ended: Vec<(Offer, End)>,
    pub(super) made: Vec<Offer>,
}

/// What bounds the offers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    pub(super) lasts: SignedDuration,
    pub(super) at_once: i64,
}

impl Plan {
    pub(super) fn is_empty(&self) -> bool {
        self.ended.is_empty() && self.made.is_empty()
    }
}

/// What has to change now: offers that are over end, and each waiting chat goes to whoever talks
/// with fewest, then to whoever was not asked for longest.
pub(super) fn plan(stands: &Now, bounds: Bounds, now: Timestamp) -> Plan {
    let mut plan = Plan::default();
    let mut passed: HashSet<(CaseId, StaffId)> = stands.passed.iter().copied().collect();
    let mut busy: HashSet<StaffId> = HashSet::new();
    let mut offered: HashSet<CaseId> = HashSet::new();
    for offer in &stands.offers {
        match ends(offer, stands, now) {
            Some(end) => {
                plan.ended.push((*offer, end));
                passed.insert((offer.case, offer.staff));
            }
            None => {
                busy.insert(offer.staff);
                offered.insert(offer.case);
            }
        }
    }
    let until = now.checked_add(bounds.lasts).unwrap_or(Timestamp::MAX);
    for case in stands.waiting.iter().filter(|case| !offered.contains(case)) {
        let free = |agent: &&Agent| {
            agent.chats < bounds.at_once
                && !busy.contains(&agent.staff)
                && !passed.contains(&(*case, agent.staff))
        };
        let free = stands.agents.iter().filter(free);
        let next = free.min_by_key(|agent| (agent.chats, agent.offered_at, agent.staff));
        if let Some(Agent { staff, .. }) = next.copied() {
            busy.insert(staff);
            plan.made.push(Offer { case: *case, staff, since: now, until });
        }
    }
    plan
}

fn ends(offer: &Offer, stands: &Now, now: Timestamp) -> Option<End> {
    if !stands.waiting.contains(&offer.case) {
        return Some(End::Void);
    }
    if !stands.agents.iter().any(|agent| agent.staff == offer.staff) {
        return Some(End::Gone);
    }
    (offer.until <= now).then_some(End::Missed)
}

#[cfg(test)]
mod tests {
    use base::Env;

    use super::*;

    const BOUNDS: Bounds = Bounds { lasts: SignedDuration::from_secs(45), at_once: 2 };

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn agent(staff: StaffId, chats: i64, offered: Option<i64>) -> Agent {
        Agent { staff, chats, offered_at: offered.map(at) }
    }

    fn ids() -> ([CaseId; 3], [StaffId; 3]) {
        let env = Env::fixed(at(0), 3);
        ([env.id(), env.id(), env.id()], [env.id(), env.id(), env.id()])
    }

    fn pairs(plan: &Plan) -> Vec<(CaseId, StaffId)> {
        plan.made.iter().map(|offer| (offer.case, offer.staff)).collect()
    }

    #[test]
    fn the_first_in_line_goes_to_whoever_has_fewest_and_was_not_asked_for_longest() {
        let ([first, second, third], [ana, ben, cat]) = ids();
        let stands = Now {
            waiting: vec![first, second, third],
            agents: vec![agent(ana, 2, None), agent(ben, 1, Some(5)), agent(cat, 1, None)],
            ..Now::default()
        };
        let plan = plan(&stands, BOUNDS, at(10));
        assert_eq!(pairs(&plan), [(first, cat), (second, ben)], "ana has two already");
        assert_eq!(plan.made[0].until, at(55));
    }

    #[test]
    fn an_offer_stands_until_it_is_missed_and_then_goes_to_the_next_and_to_nobody_twice() {
        let ([first, second, _], [ana, ben, _]) = ids();
        let offer = Offer { case: first, staff: ana, since: at(0), until: at(45) };
        let stands = Now {
            waiting: vec![first, second],
            offers: vec![offer],
            agents: vec![agent(ana, 0, Some(0)), agent(ben, 1, None)],
            ..Now::default()
        };
        let early = plan(&stands, BOUNDS, at(44));
        assert_eq!((early.ended.len(), pairs(&early)), (0, vec![(second, ben)]));
        let late = plan(&stands, BOUNDS, at(45));
        assert_eq!(late.ended, [(offer, End::Missed)]);
        assert_eq!(pairs(&late), [(first, ben), (second, ana)]);
        let passed = vec![(first, ana), (first, ben)];
        let all = Now { waiting: vec![first], offers: Vec::new(), passed, ..stands };
        assert!(plan(&all, BOUNDS, at(90)).is_empty(), "it stands open for the team");
    }

    #[test]
    fn what_is_taken_is_void_and_who_went_is_passed_by_without_a_miss() {
        let ([first, second, _], [ana, ben, _]) = ids();
        let offer = |case, staff| Offer { case, staff, since: at(0), until: at(45) };
        let offers = vec![offer(first, ana), offer(second, ben)];
        let stands = Now {
            waiting: vec![second],
            offers: offers.clone(),
            agents: vec![agent(ana, 0, None)],
            ..Now::default()
        };
        let plan = plan(&stands, BOUNDS, at(10));
        assert_eq!(plan.ended, [(offers[0], End::Void), (offers[1], End::Gone)]);
        assert_eq!(pairs(&plan), [(second, ana)]);
    }
}
