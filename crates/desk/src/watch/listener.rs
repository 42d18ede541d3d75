//! Hears what the money side tells: a line in every case that is about it, and the rules that wait
//! for it look at once.

use async_trait::async_trait;
use base::{Fault, Stop};
use serde_json::json;
use store::Tx;
use store::outbox::{Event, Listener};

use super::look::look;
use super::rows;
use super::rule::{RULES, Rule};
use crate::Desk;
use crate::cases::{self, Author, CaseState, EventKind, RefKind};

/// A thing of the money side has so many lines written for it at most.
const MOST_CASES: usize = 20;

/// Hears facts of the money side for the cases that are about them.
pub struct Watcher(Desk);

impl Watcher {
    /// Watches for this desk.
    #[must_use]
    pub fn new(desk: Desk) -> Watcher {
        Watcher(desk)
    }

    async fn heard(&self, tx: &mut Tx, event: &Event) -> Result<(), Stop> {
        for (kind, id) in about(event) {
            self.line(tx, event, kind, &id).await?;
        }
        if event.kind.starts_with("payment.") {
            for rule in self.rules(tx, event).await? {
                look(tx, &self.0, rule, &event.subject).await?;
            }
        }
        Ok(())
    }

    /// Those that wait for this fact, and those that have found something about its subject.
    async fn rules(&self, tx: &mut Tx, event: &Event) -> Result<Vec<&'static Rule>, Fault> {
        let found = rows::open_of(tx, &event.subject).await?;
        let woken = |rule: &&Rule| {
            rule.wakes.contains(&&*event.kind) || found.iter().any(|one| one.rule == rule.key)
        };
        Ok(RULES.iter().filter(woken).collect())
    }

    async fn line(&self, tx: &mut Tx, event: &Event, kind: RefKind, id: &str) -> Result<(), Stop> {
        let env = &self.0.billing.env;
        for case in cases::of_ref(tx, kind, id).await?.into_iter().take(MOST_CASES) {
            if case.merged_into.is_some() || case.state == CaseState::Closed {
                continue;
            }
            let body = json!({
                "told": event.kind, "event": event.id, "kind": kind, "ref": id,
            });
            cases::note(tx, env, case.id, EventKind::Billing, Author::Billing, body).await?;
        }
        Ok(())
    }
}

#[async_trait]
impl Listener for Watcher {
    fn name(&self) -> &'static str {
        "desk.watch"
    }

    async fn hear(&self, tx: &mut Tx, event: &Event) -> Result<(), Fault> {
        match self.heard(tx, event).await {
            Ok(()) => Ok(()),
            Err(Stop::Fault(fault)) => Err(fault),
            Err(Stop::Refused(no)) => Err(Fault::of("write what the money side tells", no)),
        }
    }
}

/// What a fact is about that a case may be about too.
fn about(event: &Event) -> Vec<(RefKind, String)> {
    let prefix = event.subject.split('_').next().unwrap_or_default();
    let kind = match prefix {
        "pay" => Some(RefKind::Payment),
        "tip" => Some(RefKind::Tip),
        "re" => Some(RefKind::Refund),
        "dp" => Some(RefKind::Dispute),
        "ord" => Some(RefKind::Order),
        "sub" => Some(RefKind::Subscription),
        "tab" => Some(RefKind::Tab),
        _ => None,
    };
    let subject = kind.map(|kind| (kind, event.subject.clone()));
    // What happens to a wallet may come of a payment.
    let payment = event.body.get("payment").and_then(|id| id.as_str());
    let behind = payment.filter(|id| *id != event.subject && id.starts_with("pay_"));
    let behind = behind.map(|id| (RefKind::Payment, id.to_owned()));
    subject.into_iter().chain(behind).collect()
}

#[cfg(test)]
mod tests {
    use base::{Chance, Id, Timestamp};

    use super::*;

    fn told(subject: &str, body: serde_json::Value) -> Vec<(RefKind, String)> {
        about(&Event {
            id: Id::new(Timestamp::UNIX_EPOCH, &Chance::seeded(1)),
            kind: "x.y".into(),
            subject: subject.to_owned(),
            sequence: 1,
            body,
            created_at: Timestamp::UNIX_EPOCH,
        })
    }

    #[test]
    fn a_fact_is_about_its_subject_and_the_payment_behind_it() {
        assert_eq!(
            told("pay_1", json!({ "id": "pay_1" })),
            [(RefKind::Payment, "pay_1".to_owned())]
        );
        assert_eq!(
            told("wal_1", json!({ "payment": "pay_2" })),
            [(RefKind::Payment, "pay_2".to_owned())]
        );
        assert_eq!(told("cas_1", json!({ "payment": null })), []);
        assert_eq!(told("cus_1", json!({ "payment": "nonsense" })), []);
    }
}
