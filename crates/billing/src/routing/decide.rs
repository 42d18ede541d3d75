//! The decision: facts, accounts and rules in, a trace out. Pure, and the same every time.

use sha2::{Digest as _, Sha256};

use super::candidate::{Candidate, Exclusion, History, Why};
use super::compile::Compiled;
use super::facts::{Ask, Bound};
use super::rule::{Rule, Target};
use super::trace::{Looked, Trace, Verdict};

/// How many buckets there are.
const BUCKETS: u64 = 10_000;

/// The bucket of a payment, from 0 to 9999: always the same, and as good as chance over many.
#[must_use]
pub fn bucket_of(payment: &str) -> u16 {
    let digest = Sha256::digest(payment.as_bytes());
    let first = digest.iter().take(8).fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
    u16::try_from(first % BUCKETS).unwrap_or(0)
}

/// Decides where a payment goes.
///
/// What speaks against an account is looked at first. The first rule that holds then decides: one
/// of its targets by weight, its other targets, then its chain. Accounts that could not be reached
/// or said no before come last.
#[must_use]
pub fn decide(ask: &Ask, rules: &Compiled) -> Trace {
    let mut excluded: Vec<Exclusion> =
        ask.candidates.iter().flat_map(|candidate| candidate.against(ask)).collect();
    let (looked, rule) = match &ask.bound {
        Bound::Free => first_match(ask, rules),
        Bound::Named { .. } | Bound::Instrument { .. } | Bound::Declined { .. } => (vec![], None),
    };
    let named: Vec<&str> = match (ask.bound.account(), rule) {
        (Some(only), _) => vec![only],
        (None, Some(rule)) => rule.accounts().collect(),
        (None, None) => vec![],
    };
    for account in named {
        let there = find(ask, account).is_some();
        if !there && !excluded.iter().any(|one| one.account == account) {
            let says = "there is no such account in the configuration".to_owned();
            excluded.push(Exclusion { account: account.to_owned(), why: Why::NotConfigured, says });
        }
    }
    let fits = |account: &str| !excluded.iter().any(|one| one.account == account);
    let mut order = match (ask.bound.account(), rule) {
        (Some(only), _) => vec![only.to_owned()],
        (None, Some(rule)) => in_order(rule, ask.bucket, &fits),
        (None, None) => vec![],
    };
    order.retain(|account| fits(account));
    order.sort_by_key(|account| {
        find(ask, account).map_or(History::Fresh, |candidate| candidate.history)
    });
    let rule = rule.map(|rule| rule.name.clone());
    let chosen = order.first().cloned();
    Trace { version: rules.version, ask: ask.clone(), excluded, looked, rule, chosen, order }
}

fn find<'a>(ask: &'a Ask, account: &str) -> Option<&'a Candidate> {
    ask.candidates.iter().find(|candidate| candidate.account == account)
}

fn first_match<'a>(ask: &Ask, rules: &'a Compiled) -> (Vec<Looked>, Option<&'a Rule>) {
    let mut looked = Vec::new();
    for (rule, verdict) in rules.verdicts(&ask.facts) {
        let matched = verdict == Verdict::Matched;
        looked.push(Looked { rule: rule.name.clone(), verdict });
        if matched {
            let found = rules.set.rules.iter().find(|one| one.name == rule.name);
            return (looked, found);
        }
    }
    (looked, None)
}

/// The accounts of a rule that fit: the one the bucket picks, the other targets, the chain.
fn in_order(rule: &Rule, bucket: u16, fits: &impl Fn(&str) -> bool) -> Vec<String> {
    let targets: Vec<&Target> =
        rule.targets.iter().filter(|target| target.weight > 0 && fits(&target.account)).collect();
    let picked = pick(&targets, bucket);
    let first = picked.into_iter().map(|target| target.account.as_str());
    let mut order: Vec<String> = Vec::new();
    for account in first.chain(rule.accounts()).filter(|account| fits(account)) {
        if !order.iter().any(|one| one == account) {
            order.push(account.to_owned());
        }
    }
    order
}

/// The target whose share of the buckets holds this one.
fn pick<'a>(targets: &[&'a Target], bucket: u16) -> Option<&'a Target> {
    let total: u64 = targets.iter().map(|target| u64::from(target.weight)).sum();
    let mut before = 0;
    let at = u64::from(bucket) * total;
    targets.iter().copied().find(|target| {
        before += u64::from(target.weight);
        at < before * BUCKETS
    })
}
