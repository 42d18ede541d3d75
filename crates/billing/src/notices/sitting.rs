//! A sitting: messages are heard one after another in one transaction, read and written together.

use std::collections::{BTreeSet, HashMap};

use base::id::{AttemptId, NoticeId};
use base::{Fault, Timestamp};
use processor::{Notice, NoticeKind};
use store::Tx;

use super::notice::{Filed, NoticeRow};
use super::{outcome, rows};
use crate::Billing;
use crate::notices::outcome::Outcome;
use crate::payments::{self, Attempt, AttemptState, Fact, Learned, Round, Settled};

/// A fact is told by an account under a key of its own.
type Told = (String, String);

/// What the second lock says of one thing that a message tells: heard, or filed so and why.
pub(super) type Lock = Result<(), (Filed, String)>;

/// Messages in memory while they are heard.
pub(super) struct Sitting<'b> {
    now: Timestamp,
    round: Round<'b>,
    facts: HashMap<Told, (NoticeId, Outcome)>,
    new: Vec<(Told, NoticeId, Outcome)>,
    known_as: HashMap<Told, AttemptId>,
    after: After,
}

/// What is left to do once the transaction is durable.
#[derive(Default)]
pub(super) struct After {
    /// Moves to be counted.
    pub(super) settled: Vec<Settled>,
    /// Attempts whose last call must leave.
    pub(super) approved: Vec<AttemptId>,
}

impl<'b> Sitting<'b> {
    /// Reads everything that these messages may be about.
    pub(super) async fn open(
        tx: &mut Tx,
        billing: &'b Billing,
        messages: impl Iterator<Item = &NoticeRow> + Clone + Send,
    ) -> Result<Sitting<'b>, Fault> {
        let now = billing.env.now();
        let round = Round::open(tx, billing, &BTreeSet::new()).await?;
        let mut sitting = Sitting {
            now,
            round,
            facts: HashMap::new(),
            new: Vec::new(),
            known_as: HashMap::new(),
            after: After::default(),
        };
        sitting.admit(tx, messages).await?;
        Ok(sitting)
    }

    /// Reads what further messages may be about.
    pub(super) async fn admit(
        &mut self,
        tx: &mut Tx,
        messages: impl Iterator<Item = &NoticeRow> + Clone + Send,
    ) -> Result<(), Fault> {
        let mut told: HashMap<&str, BTreeSet<String>> = HashMap::new();
        let mut ids: HashMap<&str, BTreeSet<String>> = HashMap::new();
        let mut attempts: BTreeSet<AttemptId> = BTreeSet::new();
        for row in messages {
            let account = row.account.as_str();
            for notice in &row.reads {
                told.entry(account).or_default().insert(outcome::key(notice));
                let reference = reference(notice);
                let undoes = undoes_a_named_one(notice).is_some();
                if reference.is_none() || undoes {
                    ids.entry(account).or_default().extend(known_as(notice).cloned());
                }
                attempts.extend(reference.flatten());
            }
        }
        for (account, keys) in told {
            let keys: Vec<String> = keys.into_iter().collect();
            for (key, first) in rows::facts(tx, account, keys).await? {
                self.facts.entry((account.to_owned(), key)).or_insert(first);
            }
        }
        for (account, ids) in ids {
            let ids: Vec<String> = ids.into_iter().collect();
            for (id, attempt) in payments::known_as(tx, account, ids).await? {
                attempts.insert(attempt);
                self.known_as.insert((account.to_owned(), id), attempt);
            }
        }
        self.round.load(tx, &attempts).await
    }

    /// The payments these messages are about, as far as they are known.
    pub(super) fn payments(&self) -> Vec<String> {
        self.round.payments()
    }

    /// Hears everything a message tells. `locks` says of each thing whether it may be heard; none
    /// means that all may.
    pub(super) async fn hear(
        &mut self,
        tx: &mut Tx,
        row: &NoticeRow,
        locks: &[Lock],
    ) -> Result<Outcome, Fault> {
        let mut outcomes = Vec::with_capacity(row.reads.len());
        for (nth, notice) in row.reads.iter().enumerate() {
            let lock = locks.get(nth).cloned().unwrap_or(Ok(()));
            outcomes.push(self.hear_one(tx, row, notice, lock).await?);
        }
        Ok(outcome::summed_up(&outcomes))
    }

    async fn hear_one(
        &mut self,
        tx: &mut Tx,
        row: &NoticeRow,
        notice: &Notice,
        lock: Lock,
    ) -> Result<Outcome, Fault> {
        let fact = match Fact::of_notice(notice) {
            Ok(fact) => fact,
            Err((filed, why)) => return Ok(self.unheard(row, notice, filed, why.to_owned())),
        };
        if let Err((filed, why)) = lock {
            return Ok(self.unheard(row, notice, filed, why));
        }
        let key = (row.account.clone(), outcome::key(notice));
        if let Some((first, outcome)) = self.facts.get(&key) {
            if *first == row.id {
                return Ok(outcome.clone());
            }
            let reason = Some(format!("told before by {first}"));
            return Ok(Outcome { filed: Filed::Duplicate, reason, ..outcome.clone() });
        }
        let attempt = match self.attempt(&row.account, notice) {
            Ok(attempt) => attempt.clone(),
            Err((filed, why)) => return Ok(Outcome::of(filed, why)),
        };
        if let Some(parent) = self.undoes_another(&attempt, notice) {
            let why = format!("it undoes {parent}, which is not booked here");
            return Ok(Outcome::of(Filed::Unmatched, why));
        }
        let ids = ids_of(notice);
        let fact = self.of_a_known_payment(&attempt, notice, &ids).unwrap_or(fact);
        let learned = Learned { ids: &ids, stored: notice.stored.as_deref() };
        let proof = format!("notice {}", row.id);
        let settled = self.round.hear(tx, attempt.id, &fact, &proof, learned).await?;
        let outcome = Outcome {
            filed: settled.filed,
            reason: settled.reason.clone(),
            payment: Some(settled.payment.id),
            attempt: Some(attempt.id),
        };
        if matches!(fact, Fact::Approved { .. }) && outcome.filed == Filed::Applied {
            self.after.approved.push(attempt.id);
        }
        self.after.settled.push(settled);
        match outcome.filed {
            Filed::Applied | Filed::Stale => {
                self.facts.insert(key.clone(), (row.id, outcome.clone()));
                self.new.push((key, row.id, outcome.clone()));
            }
            // What is not believed or fits nothing yet may still be told rightly.
            Filed::Waiting | Filed::Duplicate | Filed::Unmatched | Filed::Rejected => {}
        }
        Ok(outcome)
    }

    /// A notice that is not heard is filed all the same beside the payment it names.
    fn unheard(&self, row: &NoticeRow, notice: &Notice, filed: Filed, why: String) -> Outcome {
        let about = self.attempt(&row.account, notice).ok();
        Outcome {
            filed,
            reason: Some(why),
            payment: about.map(|attempt| attempt.payment),
            attempt: about.map(|attempt| attempt.id),
        }
    }

    /// The attempt a notice is about: by our reference, else by an id of the house.
    fn attempt(&self, account: &str, notice: &Notice) -> Result<&Attempt, (Filed, String)> {
        if let Some(reference) = reference(notice) {
            let attempt = reference.and_then(|id| self.round.attempt(id));
            return match attempt {
                Some(attempt) if attempt.account == account => Ok(attempt),
                Some(attempt) => {
                    let why = format!("{} was made on another processor account", attempt.id);
                    Err((Filed::Rejected, why))
                }
                None => Err((Filed::Unmatched, "no attempt has this reference".to_owned())),
            };
        }
        known_as(notice)
            .find_map(|id| self.attempt_known_as(account, id))
            .ok_or((Filed::Unmatched, "no attempt is known by any of its ids".to_owned()))
    }

    fn attempt_known_as(&self, account: &str, id: &str) -> Option<&Attempt> {
        let known = self.known_as.get(&(account.to_owned(), id.to_owned())).copied();
        let known = known.or_else(|| self.round.known_as(account, id));
        known.and_then(|known| self.round.attempt(known))
    }

    /// What a notice undoes, if that is none of the attempt's own transactions: a purchase covers
    /// renewals and one-click sales that share its reference, and those are not taken back from it.
    fn undoes_another<'n>(&self, attempt: &Attempt, notice: &'n Notice) -> Option<&'n str> {
        let parent = undoes_a_named_one(notice)?;
        let known = attempt.transaction.as_deref()?;
        let own = |id: &str| {
            let same = |same: &Attempt| same.id == attempt.id;
            id == known || self.attempt_known_as(&attempt.account, id).is_some_and(same)
        };
        let mut named = std::iter::once(parent).chain(notice.also.iter().map(String::as_str));
        (!named.any(own)).then_some(parent)
    }

    /// A second yes may call the same payment by another of its ids; then it is no second payment.
    fn of_a_known_payment(
        &self,
        attempt: &Attempt,
        notice: &Notice,
        ids: &[String],
    ) -> Option<Fact> {
        let told = notice.transaction.as_ref();
        let known = attempt.transaction.as_ref().filter(|known| told != Some(*known))?;
        if notice.kind != NoticeKind::Paid || attempt.state != AttemptState::Captured {
            return None;
        }
        let same = |id: &String| {
            id == known
                || self
                    .attempt_known_as(&attempt.account, id)
                    .is_some_and(|same| same.id == attempt.id)
        };
        if !ids.iter().any(same) {
            return None;
        }
        Fact::of_notice(&Notice { transaction: Some(known.clone()), ..notice.clone() }).ok()
    }

    /// Writes everything down.
    pub(super) async fn close(self, tx: &mut Tx) -> Result<After, Fault> {
        self.round.close(tx).await?;
        rows::insert_facts(tx, &self.new, self.now).await?;
        Ok(self.after)
    }
}

/// Our reference, if the notice has one; `Some(None)` if it has one that is none of ours.
fn reference(notice: &Notice) -> Option<Option<AttemptId>> {
    let reference = notice.reference.as_ref()?;
    Some(reference.trim().to_ascii_lowercase().parse().ok())
}

/// The ids by which a notice names its payment, the surest first.
fn known_as(notice: &Notice) -> impl Iterator<Item = &String> {
    let told = [&notice.transaction, &notice.parent].into_iter().flatten();
    told.chain(&notice.also).chain(&notice.subscription)
}

/// The ids under which the house may speak of the payment again. A message about money that goes
/// back names itself first, and the payment as its parent.
fn ids_of(notice: &Notice) -> Vec<String> {
    let of_the_payment = match notice.kind {
        NoticeKind::Paid
        | NoticeKind::Authorized
        | NoticeKind::Approved
        | NoticeKind::Waiting
        | NoticeKind::Declined => [&notice.transaction, &notice.subscription],
        NoticeKind::RebillPaid
        | NoticeKind::RebillDeclined
        | NoticeKind::Refunded
        | NoticeKind::RefundFailed
        | NoticeKind::Voided
        | NoticeKind::ChargedBack
        | NoticeKind::ChargebackReversed
        | NoticeKind::DisputeOpened
        | NoticeKind::Cancelled
        | NoticeKind::Expired
        | NoticeKind::Reactivated
        | NoticeKind::Ignored => [&notice.parent, &None],
    };
    of_the_payment.into_iter().flatten().chain(&notice.also).cloned().collect()
}

/// The transaction that a notice takes back, where it names one.
fn undoes_a_named_one(notice: &Notice) -> Option<&str> {
    let undoes =
        matches!(notice.kind, NoticeKind::Refunded | NoticeKind::Voided | NoticeKind::ChargedBack);
    notice.parent.as_deref().filter(|_| undoes)
}
