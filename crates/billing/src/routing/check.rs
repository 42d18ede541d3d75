//! A set is checked before it is kept: sizes, names, conditions on sample payments, accounts.

use super::compile::Compiled;
use super::facts::{Facts, Purpose};
use super::rule::{ALWAYS, RouteSet, Rule};
use super::trace::Verdict;
use crate::Accounts;

const MOST_RULES: usize = 100;
const MOST_ACCOUNTS: usize = 40;
const LONGEST_NAME: usize = 60;
const LONGEST_NOTE: usize = 500;
const HEAVIEST: u32 = 10_000;

/// Everything that is wrong with a set, each in a sentence; nothing if it may be kept.
#[must_use]
pub fn check(set: &RouteSet, accounts: &Accounts) -> Vec<String> {
    let mut wrong = Vec::new();
    if set.rules.len() > MOST_RULES {
        wrong.push(format!("there are more than {MOST_RULES} rules"));
        return wrong;
    }
    if set.note.chars().count() > LONGEST_NOTE {
        wrong.push(format!("note: it is longer than {LONGEST_NOTE} characters"));
    }
    match set.rules.last() {
        None => wrong.push("there is no rule".to_owned()),
        Some(last) if last.when.trim() != ALWAYS || !last.purposes.is_empty() => wrong.push(
            "the last rule must hold for everything: write when = \"true\" and no purposes"
                .to_owned(),
        ),
        Some(_) => {}
    }
    for (nth, rule) in set.rules.iter().enumerate() {
        let place = format!("rule {} ({})", nth + 1, shown(&rule.name));
        let twice = set.rules[..nth].iter().any(|other| other.name == rule.name);
        let says = shape(rule, accounts).into_iter();
        let says = says.chain(twice.then(|| "another rule has this name".to_owned()));
        wrong.extend(says.map(|says| format!("{place}: {says}")));
    }
    wrong.extend(conditions(set));
    wrong
}

fn shown(name: &str) -> String {
    name.chars().take(LONGEST_NAME).collect()
}

fn shape(rule: &Rule, accounts: &Accounts) -> Vec<String> {
    let mut wrong = Vec::new();
    if rule.name.trim().is_empty() || rule.name.chars().count() > LONGEST_NAME {
        wrong.push(format!("name: write 1 to {LONGEST_NAME} characters"));
    }
    if rule.note.chars().count() > LONGEST_NOTE {
        wrong.push(format!("note: it is longer than {LONGEST_NOTE} characters"));
    }
    let many = rule.accounts().count();
    if many == 0 || many > MOST_ACCOUNTS {
        wrong.push(format!("name 1 to {MOST_ACCOUNTS} accounts as targets or in the chain"));
    }
    if rule.targets.iter().any(|target| !(1..=HEAVIEST).contains(&target.weight)) {
        wrong.push(format!("a weight is a whole number from 1 to {HEAVIEST}"));
    }
    for (nth, target) in rule.targets.iter().enumerate() {
        if rule.targets[..nth].iter().any(|other| other.account == target.account) {
            wrong.push(format!("the target {} is named twice", target.account));
        }
    }
    for account in rule.accounts().filter(|account| accounts.get(account).is_none()) {
        let known: Vec<&str> = accounts.all().iter().map(|one| one.key.as_str()).collect();
        let known = known.join(", ");
        wrong.push(format!("there is no account {account:?} among {known}"));
    }
    wrong
}

/// What cannot be read, and what can be read but fails on a payment that may well come.
fn conditions(set: &RouteSet) -> Vec<String> {
    let compiled = Compiled::of(0, set.clone());
    let place = |name: &str| format!("rule {}: when", shown(name));
    let mut wrong: Vec<String> =
        compiled.unreadable().map(|(rule, why)| format!("{}: {why}", place(&rule.name))).collect();
    if !wrong.is_empty() {
        return wrong;
    }
    for facts in Facts::samples() {
        // A rule for one purpose only is asked about that purpose only.
        for purpose in Purpose::ALL {
            let facts = Facts { purpose, ..facts.clone() };
            for (rule, verdict) in compiled.verdicts(&facts) {
                if let Verdict::Error(why) = verdict {
                    wrong.push(format!("{}: {why}", place(&rule.name)));
                }
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    wrong
}
