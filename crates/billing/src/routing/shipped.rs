//! The set that ships: made from what is configured, until somebody writes a better one.

use super::facts::Purpose;
use super::rule::{ALWAYS, RouteSet, Rule, Target};
use crate::Accounts;

/// The houses that take payments from anywhere, in the order in which they are asked.
const WORLDWIDE: [&str; 3] = ["paymentico", "epoch", "segpay"];
/// The house that keeps subscriptions.
const SUBSCRIPTIONS: &str = "centrobill";
/// Where Webbilling is at home.
const GERMAN: &str = "country in [\"DE\", \"AT\", \"CH\"]";
/// Where the German-speaking house is asked after the others.
const EUROPE: &str = "eu";
/// Where people pay by electronic check.
const STATES: &str = "country == \"US\"";

/// Houses that only serve a region: by themselves they are no last resort elsewhere.
const REGIONAL: [&str; 2] = ["webbilling", "wts"];

/// Version 0: Paymentico first, Epoch, SegPay for the world; CentroBill for what renews;
/// Webbilling and WTS eTicket in their regions; then every other account as configured.
#[must_use]
pub fn shipped(accounts: &Accounts) -> RouteSet {
    let of = |kind: &str| -> Vec<String> {
        let same = accounts.all().iter().filter(|one| one.connector.name() == kind);
        same.map(|one| one.key.clone()).collect()
    };
    let others = || -> Vec<String> {
        let known = |name: &str| WORLDWIDE.contains(&name) || REGIONAL.contains(&name);
        let rest = accounts.all().iter().filter(|one| !known(one.connector.name()));
        rest.map(|one| one.key.clone()).collect()
    };
    let world: Vec<String> = WORLDWIDE.iter().flat_map(|kind| of(kind)).chain(others()).collect();
    let (web, wts) = (of("webbilling"), of("wts"));
    let then = |more: &[String]| [world.as_slice(), more].concat();
    let mut rules = Vec::new();
    let mut add = |name: &str, when: &str, purposes: &[Purpose], order: Vec<String>, note: &str| {
        rules.push(rule(name, when, purposes, order, note));
    };
    let renews = of(SUBSCRIPTIONS);
    if !renews.is_empty() {
        let order = [renews, world.clone()].concat();
        add("what renews", ALWAYS, &[Purpose::Subscription], order, "CentroBill keeps it.");
    }
    if !web.is_empty() {
        let order = [web.clone(), world.clone()].concat();
        add("German-speaking", GERMAN, &[], order, "Webbilling is known there.");
        add("rest of the EU", EUROPE, &[], then(&web), "Webbilling after the others.");
    }
    if !wts.is_empty() {
        add("United States", STATES, &[], then(&wts), "WTS eTicket takes electronic checks.");
    }
    // A desk that has regional houses only uses them rather than nothing.
    let order = if world.is_empty() { [web, wts].concat() } else { world };
    add("everybody else", ALWAYS, &[], order, "In the order of the mission, then as configured.");
    RouteSet { note: "Ships with Paydesk, made from what is configured.".to_owned(), rules }
}

fn rule(name: &str, when: &str, purposes: &[Purpose], order: Vec<String>, note: &str) -> Rule {
    let mut order = order.into_iter();
    let first = order.next().map(|account| Target { account, weight: 1 });
    let mut chain: Vec<String> = Vec::new();
    for account in order {
        let known = first.as_ref().is_some_and(|one| one.account == account);
        if !known && !chain.contains(&account) {
            chain.push(account);
        }
    }
    Rule {
        name: name.to_owned(),
        when: when.to_owned(),
        purposes: purposes.to_vec(),
        targets: first.into_iter().collect(),
        chain,
        note: note.to_owned(),
    }
}
