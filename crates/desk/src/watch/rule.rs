//! The rules: which facts become cases, whose, and how they are called. New ones are new rows.

use base::id::{NoticeId, PaymentId};
use base::{Fault, SignedDuration, Timestamp};
use billing::amiss::{self, Amiss, Concern};
use store::Reads;

use crate::WatchSettings;
use crate::cases::{Priority, Team};

/// So many things are looked at in one round.
const MOST: u32 = 10_000;

/// A rule by which billing facts become cases.
#[derive(Debug)]
pub struct Rule {
    /// Its name, in rows and events.
    pub key: &'static str,
    /// What it looks at.
    pub looks: Looks,
    /// It must have been so for so long.
    pub patience: SignedDuration,
    /// The facts after which it looks at once.
    pub wakes: &'static [&'static str],
    /// What its cases are called.
    pub subject: &'static str,
    /// What staff can do, for the first note of a case.
    pub advice: &'static str,
    /// Who works on its cases.
    pub team: Team,
    /// How soon.
    pub priority: Priority,
    /// What its cases are found by.
    pub tags: &'static [&'static str],
    /// In whose name its cases are.
    pub asker: Asker,
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looks {
    /// Payments somebody must look at, for this reason.
    Concern(Concern),
    /// Payments whose outcome nobody has known for too long.
    Unknown,
    /// Notices that have fitted nothing for too long.
    Unmatched,
}

/// In whose name a case is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker {
    /// The customer's: staff may want to write to them. They see nothing of it until then.
    Customer,
    /// The house's own: it is nobody's business outside.
    House,
}

const AT_ONCE: SignedDuration = SignedDuration::ZERO;

/// Every rule.
pub static RULES: [Rule; 6] = [
    Rule {
        key: "dispute",
        looks: Looks::Concern(Concern::Dispute),
        patience: AT_ONCE,
        wakes: &["payment.disputed", "payment.dispute_opened", "payment.needs_attention"],
        subject: "The bank disputes a payment",
        advice: "Answer at the processor before its date, or accept it there. Give nothing back \
                 meanwhile: the customer would get it twice.",
        team: Team::Finance,
        priority: Priority::High,
        tags: &["dispute"],
        asker: Asker::House,
    },
    Rule {
        key: "differs",
        looks: Looks::Concern(Concern::Differs),
        patience: AT_ONCE,
        wakes: &["payment.needs_attention"],
        subject: "The processor tells another sum than ours",
        advice: "Compare the payment with the processor's own pages. Nothing was booked.",
        team: Team::Finance,
        priority: Priority::High,
        tags: &["differs"],
        asker: Asker::House,
    },
    Rule {
        key: "refund",
        looks: Looks::Concern(Concern::Refund),
        patience: AT_ONCE,
        wakes: &["payment.needs_attention"],
        subject: "A refund waits for a person",
        advice: "Give the money back at the processor and confirm it on the payment's page, or \
                 find out why it came to nothing.",
        team: Team::Finance,
        priority: Priority::High,
        tags: &["refund"],
        asker: Asker::House,
    },
    Rule {
        key: "twice",
        looks: Looks::Concern(Concern::Twice),
        // The later one is given back by itself, as a rule within minutes.
        patience: SignedDuration::from_mins(30),
        wakes: &[],
        subject: "A payment was collected twice",
        advice: "The later one should have been given back by itself by now. See why it was not.",
        team: Team::Finance,
        priority: Priority::High,
        tags: &["twice"],
        asker: Asker::House,
    },
    Rule {
        key: "unknown",
        looks: Looks::Unknown,
        patience: AT_ONCE,
        wakes: &[],
        subject: "Nobody knows whether a payment went through",
        advice: "Look it up at the processor. If you have proof either way, vouch for it on the \
                 payment's page; the customer cannot pay again before.",
        team: Team::Support,
        priority: Priority::Normal,
        tags: &["unknown"],
        asker: Asker::Customer,
    },
    Rule {
        key: "unmatched",
        looks: Looks::Unmatched,
        patience: AT_ONCE,
        wakes: &[],
        subject: "A processor's message fits no payment",
        advice: "Find out which payment it is about, or whose. It is read again by itself for \
                 three days.",
        team: Team::Finance,
        priority: Priority::Normal,
        tags: &["unmatched"],
        asker: Asker::House,
    },
];

impl Rule {
    /// The rule of that name.
    #[must_use]
    pub fn of(key: &str) -> Option<&'static Rule> {
        RULES.iter().find(|rule| rule.key == key)
    }

    /// Everything it finds now.
    ///
    /// # Errors
    /// A fault if the database does not answer.
    pub async fn all(
        &self,
        reads: &mut impl Reads,
        settings: &WatchSettings,
        now: Timestamp,
    ) -> Result<Vec<Amiss>, Fault> {
        let mut found = match self.looks {
            Looks::Concern(concern) => {
                let mut found = amiss::attention(reads, MOST).await?;
                found.retain(|one| one.concern == Some(concern));
                found
            }
            Looks::Unknown => {
                let before = ago(now, settings.unknown_after);
                let mut found = amiss::unknown_since(reads, before, MOST).await?;
                let mut open = amiss::attention(reads, MOST).await?;
                open.retain(|one| one.concern == Some(Concern::Open));
                open.retain(|one| !found.iter().any(|known| known.subject == one.subject));
                found.extend(open);
                found
            }
            Looks::Unmatched => {
                let before = ago(now, settings.unmatched_after);
                amiss::unmatched_since(reads, before, MOST).await?
            }
        };
        found.retain(|one| self.is_time(one, now));
        Ok(found)
    }

    /// What it finds now of one thing.
    ///
    /// # Errors
    /// A fault if the database does not answer.
    pub async fn one(
        &self,
        reads: &mut impl Reads,
        settings: &WatchSettings,
        now: Timestamp,
        subject: &str,
    ) -> Result<Option<Amiss>, Fault> {
        let found = match (self.looks, subject.parse::<PaymentId>(), subject.parse::<NoticeId>()) {
            (Looks::Concern(concern), Ok(id), _) => attended(reads, id, concern).await?,
            (Looks::Unknown, Ok(id), _) => {
                let before = ago(now, settings.unknown_after);
                match amiss::unknown_payment(reads, id, before).await? {
                    Some(found) => Some(found),
                    None => attended(reads, id, Concern::Open).await?,
                }
            }
            (Looks::Unmatched, _, Ok(id)) => {
                let before = ago(now, settings.unmatched_after);
                amiss::unmatched_notice(reads, id, before).await?
            }
            (Looks::Concern(_) | Looks::Unknown | Looks::Unmatched, _, _) => None,
        };
        Ok(found.filter(|one| self.is_time(one, now)))
    }

    fn is_time(&self, found: &Amiss, now: Timestamp) -> bool {
        now.duration_since(found.since) >= self.patience
    }
}

async fn attended(
    reads: &mut impl Reads,
    id: PaymentId,
    concern: Concern,
) -> Result<Option<Amiss>, Fault> {
    let found = amiss::attended(reads, id).await?;
    Ok(found.into_iter().find(|one| one.concern == Some(concern)))
}

fn ago(now: Timestamp, long: SignedDuration) -> Timestamp {
    now.checked_sub(long).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_have_names_of_their_own_and_tags_that_can_be_tags() {
        for (nth, rule) in RULES.iter().enumerate() {
            assert!(RULES[nth + 1..].iter().all(|other| other.key != rule.key), "{}", rule.key);
            assert!(std::ptr::eq(Rule::of(rule.key).unwrap(), rule));
            let plain = |tag: &&str| tag.bytes().all(|it| it.is_ascii_lowercase());
            assert!(rule.tags.iter().all(plain));
            let words = rule.subject.split(' ').count();
            assert!((4..=8).contains(&words), "{}", rule.subject);
        }
        assert!(Rule::of("nonsense").is_none());
    }

    #[test]
    fn every_concern_of_a_payment_has_its_rule() {
        for concern in Concern::ALL {
            let seen = RULES.iter().any(|rule| match rule.looks {
                Looks::Concern(own) => own == *concern,
                Looks::Unknown => *concern == Concern::Open,
                Looks::Unmatched => false,
            });
            assert!(seen, "{concern}");
        }
    }
}
