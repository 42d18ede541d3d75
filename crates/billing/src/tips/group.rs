//! A group of tips: looked up with one query each, decided in order, written with one batch each.

use std::collections::{HashMap, HashSet};

use base::id::{CreatorId, CustomerId, TipId};
use base::{Env, Fault, Refusal, Share, Timestamp, Tokens};
use ledger::moves::tip as moves;
use ledger::{CreateTransferStatus, Ledger, NewTransfer, books};
use store::{Group, Tx, outbox, replays};

use super::leave::{Answer, Ask, Left};
use super::rows;
use super::tip::{
    CREATOR_NOT_FOUND, CUSTOMER_NOT_FOUND, ID_REUSED, KEY_REUSED, NOT_ENOUGH_TOKENS, Tip,
};
use crate::events;

/// Decides groups of tips.
pub(crate) struct Spends {
    ledger: Ledger,
    env: Env,
}

/// What is known before a group is decided.
struct Known {
    tips: HashMap<TipId, Tip>,
    customers: HashSet<CustomerId>,
    shares: HashMap<CreatorId, Share>,
    replays: HashMap<String, replays::Stored>,
}

/// What is to become of one ask.
enum Plan {
    /// The answer is known without the ledger.
    Known(Answer),
    /// A new tip; its transfers begin here among those of the group, and are so many.
    New { tip: Tip, first: usize, transfers: usize },
    /// As the ask at that place in the group.
    As(usize),
}

impl Spends {
    pub(crate) fn new(ledger: Ledger, env: Env) -> Spends {
        Spends { ledger, env }
    }
}

impl Group for Spends {
    type Ask = Ask;
    type Answer = Answer;

    async fn decide(&self, tx: &mut Tx, asks: &[Ask]) -> Result<Vec<Answer>, Fault> {
        let now = self.env.now();
        let known = Known::look_up(tx, asks).await?;
        let (plans, transfers) = self.plan(asks, &known, now);
        self.open_accounts(tx, &plans).await?;
        let statuses = if transfers.is_empty() {
            Vec::new()
        } else {
            self.ledger.create_transfers(tx, &transfers).await?
        };
        let mut answers = settled(plans, &statuses)?;
        self.tell_balances(tx, asks, &mut answers).await?;
        self.record(tx, asks, &known, &answers, now).await?;
        Ok(answers)
    }
}

impl Known {
    async fn look_up(tx: &mut Tx, asks: &[Ask]) -> Result<Known, Fault> {
        fn distinct(texts: impl Iterator<Item = String>) -> Vec<String> {
            texts.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
        }
        let keys = distinct(asks.iter().filter_map(|ask| Some(ask.replay.as_ref()?.key.clone())));
        Ok(Known {
            tips: rows::known(tx, distinct(asks.iter().map(|ask| ask.id.to_string()))).await?,
            customers: rows::customers(
                tx,
                distinct(asks.iter().map(|ask| ask.customer.to_string())),
            )
            .await?,
            shares: rows::shares(tx, distinct(asks.iter().map(|ask| ask.creator.to_string())))
                .await?,
            replays: if keys.is_empty() {
                HashMap::new()
            } else {
                replays::look_up(tx, keys).await?
            },
        })
    }
}

fn no(refusal: Refusal) -> Plan {
    Plan::Known(Answer { outcome: Err(refusal), replayed: None })
}

/// Whether an ask is for the same as a tip that was left.
fn asks_for(ask: &Ask, tip: &Tip) -> bool {
    ask.customer == tip.customer
        && ask.creator == tip.creator
        && ask.tokens == tip.tokens
        && ask.note == tip.note
}

impl Spends {
    fn plan(&self, asks: &[Ask], known: &Known, now: Timestamp) -> (Vec<Plan>, Vec<NewTransfer>) {
        let mut transfers: Vec<NewTransfer> = Vec::with_capacity(2 * asks.len());
        let mut plans: Vec<Plan> = Vec::with_capacity(asks.len());
        let mut ids: HashMap<TipId, usize> = HashMap::new();
        let mut keys: HashMap<&str, usize> = HashMap::new();
        for (nth, ask) in asks.iter().enumerate() {
            let earlier = seen_before(ask, asks, known, &ids, &keys);
            if let Some(replay) = &ask.replay {
                keys.entry(&replay.key).or_insert(nth);
            }
            let plan = earlier.unwrap_or_else(|| {
                ids.insert(ask.id, nth);
                self.new_tip(ask, known, now, &mut transfers)
            });
            plans.push(plan);
        }
        (plans, transfers)
    }

    fn new_tip(
        &self,
        ask: &Ask,
        known: &Known,
        now: Timestamp,
        transfers: &mut Vec<NewTransfer>,
    ) -> Plan {
        if !known.customers.contains(&ask.customer) {
            return no(CUSTOMER_NOT_FOUND.at("customer"));
        }
        let Some(share) = known.shares.get(&ask.creator) else {
            return no(CREATOR_NOT_FOUND.at("creator"));
        };
        // The transfers are named anew each time: the ledger burns the id of a tip that the wallet
        // could not pay, and the customer may come back with the same form and more tokens. The
        // row of the tip keeps its id from being used twice.
        let first = transfers.len();
        let moved = moves::tip(self.env.id(), ask.customer, ask.creator, ask.tokens, *share);
        let named = moved
            .into_iter()
            .map(|transfer| NewTransfer { user_data_128: ask.id.as_u128(), ..transfer });
        transfers.extend(named);
        let creator_share = Tokens::new(share.of(ask.tokens.count())).unwrap_or(Tokens::NONE);
        let tip = Tip {
            id: ask.id,
            customer: ask.customer,
            creator: ask.creator,
            tokens: ask.tokens,
            creator_share,
            note: ask.note.clone(),
            created_at: now,
        };
        Plan::New { tip, first, transfers: transfers.len() - first }
    }

    /// Makes the accounts of the new tips that are not there yet.
    async fn open_accounts(&self, tx: &mut Tx, plans: &[Plan]) -> Result<(), Fault> {
        let new = plans.iter().filter_map(|plan| match plan {
            Plan::New { tip, .. } => Some(moves::accounts(tip.customer, tip.creator)),
            Plan::Known(_) | Plan::As(_) => None,
        });
        let mut accounts: Vec<_> = new.flatten().collect();
        accounts.sort_by_key(|account| account.id);
        accounts.dedup_by_key(|account| account.id);
        let ids: Vec<u128> = accounts.iter().map(|account| account.id).collect();
        let there = self.ledger.accounts(tx, &ids).await?;
        let missing: Vec<_> = accounts
            .into_iter()
            .zip(there)
            .filter_map(|(account, there)| there.is_none().then_some(account))
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        let statuses = self.ledger.create_accounts(tx, &missing).await?;
        match statuses.into_iter().find(|status| !status.is_there()) {
            Some(status) => Err(Fault::new(format!("open the accounts of a tip: {status}"))),
            None => Ok(()),
        }
    }

    /// Fills in what each customer may spend after each tip, from the end backwards.
    async fn tell_balances(
        &self,
        tx: &mut Tx,
        asks: &[Ask],
        answers: &mut [Answer],
    ) -> Result<(), Fault> {
        let mut customers: Vec<CustomerId> = asks.iter().map(|ask| ask.customer).collect();
        customers.sort_unstable();
        customers.dedup();
        let ids: Vec<u128> =
            customers.iter().map(|customer| books::customer_tokens(*customer).id).collect();
        let accounts = self.ledger.accounts(tx, &ids).await?;
        let spendable = accounts.into_iter().map(|one| one.map_or(0, |one| one.spendable()));
        let mut balances: HashMap<CustomerId, i64> = customers.into_iter().zip(spendable).collect();
        for answer in answers.iter_mut().rev() {
            let Ok(left) = &mut answer.outcome else { continue };
            let balance = balances.entry(left.tip.customer).or_default();
            left.balance = Tokens::new(*balance)
                .ok_or_else(|| Fault::new("read a wallet: its balance is negative"))?;
            if !left.earlier {
                *balance += left.tip.tokens.count();
            }
        }
        Ok(())
    }

    /// Writes down the new tips, what others may hear, and the answers for the same requests again.
    async fn record(
        &self,
        tx: &mut Tx,
        asks: &[Ask],
        known: &Known,
        answers: &[Answer],
        now: Timestamp,
    ) -> Result<(), Fault> {
        let new = answers.iter().filter_map(|answer| match &answer.outcome {
            Ok(left) if !left.earlier && answer.replayed.is_none() => Some(&left.tip),
            Ok(_) | Err(_) => None,
        });
        let new: Vec<&Tip> = new.collect();
        rows::insert(tx, &new).await?;
        let told: Result<Vec<_>, Fault> =
            new.iter().map(|tip| events::tip_left(&self.env, tip)).collect();
        outbox::tell_many(tx, &told?).await?;
        let mut keep = Vec::new();
        let mut kept: HashSet<&str> = HashSet::new();
        for (ask, answer) in asks.iter().zip(answers) {
            let Some(replay) = &ask.replay else { continue };
            if known.replays.contains_key(&replay.key) || !kept.insert(&replay.key) {
                continue;
            }
            let (status, body) = (replay.render)(&answer.outcome);
            let (key, fingerprint) = (replay.key.clone(), replay.fingerprint.clone());
            keep.push(replays::Replay { key, fingerprint, status, body });
        }
        if !keep.is_empty() {
            replays::record_many(tx, now, keep).await?;
        }
        Ok(())
    }
}

/// The plan for an ask whose key or id was there before, in the database or in this group.
fn seen_before(
    ask: &Ask,
    asks: &[Ask],
    known: &Known,
    ids: &HashMap<TipId, usize>,
    keys: &HashMap<&str, usize>,
) -> Option<Plan> {
    if let Some(replay) = &ask.replay {
        if let Some(stored) = known.replays.get(&replay.key) {
            return Some(match stored.status {
                _ if stored.fingerprint != replay.fingerprint => no(KEY_REUSED),
                Some(status) => replayed(ask, known, status, &stored.body),
                None => no(KEY_REUSED.because("a request with this key is still under way")),
            });
        }
        if let Some(nth) = keys.get(replay.key.as_str()) {
            let other = asks[*nth].replay.as_ref();
            return Some(match other {
                Some(other) if other.fingerprint == replay.fingerprint => Plan::As(*nth),
                Some(_) | None => no(KEY_REUSED),
            });
        }
    }
    if let Some(tip) = known.tips.get(&ask.id) {
        return Some(earlier(ask, tip));
    }
    let nth = ids.get(&ask.id)?;
    let other = &asks[*nth];
    let same = ask.customer == other.customer
        && ask.creator == other.creator
        && ask.tokens == other.tokens
        && ask.note == other.note;
    Some(if same { Plan::As(*nth) } else { no(ID_REUSED.at("id")) })
}

/// A tip that was left in an earlier group.
fn earlier(ask: &Ask, tip: &Tip) -> Plan {
    if !asks_for(ask, tip) {
        return no(ID_REUSED.at("id"));
    }
    let left = Left { tip: tip.clone(), balance: Tokens::NONE, earlier: true };
    Plan::Known(Answer { outcome: Ok(left), replayed: None })
}

/// The answer that was kept, with the tip it was about if there is one.
fn replayed(ask: &Ask, known: &Known, status: u16, body: &str) -> Plan {
    let plan =
        known.tips.get(&ask.id).map_or_else(|| no(NOT_ENOUGH_TOKENS), |tip| earlier(ask, tip));
    match plan {
        Plan::Known(answer) => {
            Plan::Known(Answer { replayed: Some((status, body.to_owned())), ..answer })
        }
        Plan::New { .. } | Plan::As(_) => plan,
    }
}

/// The answers by the ledger's word.
fn settled(plans: Vec<Plan>, statuses: &[CreateTransferStatus]) -> Result<Vec<Answer>, Fault> {
    let mut answers: Vec<Answer> = Vec::with_capacity(plans.len());
    for plan in plans {
        let answer = match plan {
            Plan::Known(answer) => answer,
            Plan::As(nth) => {
                let mut answer = answers[nth].clone();
                if let Ok(left) = &mut answer.outcome {
                    left.earlier = true;
                }
                answer
            }
            Plan::New { tip, first, transfers } => {
                let outcome = by_the_ledger(&statuses[first..first + transfers])?;
                let left = Left { tip, balance: Tokens::NONE, earlier: false };
                Answer { outcome: outcome.map(|()| left), replayed: None }
            }
        };
        answers.push(answer);
    }
    Ok(answers)
}

fn by_the_ledger(statuses: &[CreateTransferStatus]) -> Result<Result<(), Refusal>, Fault> {
    use CreateTransferStatus as Status;
    let failed = statuses
        .iter()
        .find(|status| !matches!(status, Status::Created | Status::LinkedEventFailed));
    match failed {
        None if statuses.iter().all(|status| *status == Status::Created) => Ok(Ok(())),
        Some(Status::ExceedsCredits) => Ok(Err(NOT_ENOUGH_TOKENS.at("tokens"))),
        Some(status) => Err(Fault::new(format!("book a tip: {status}"))),
        None => Err(Fault::new("book a tip: its chain failed without a cause")),
    }
}
