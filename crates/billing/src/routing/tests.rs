//! Properties and cases of choices: repeatable, never an excluded account, weights kept.

use std::collections::BTreeMap;

use base::{Currency, Money};
use processor::CaptureWhen;
use proptest::prelude::*;

use super::candidate::{Candidate, History, Limit, Why};
use super::compile::Compiled;
use super::decide::{bucket_of, decide};
use super::facts::{Ask, Bound, Facts, Method, Purpose};
use super::region::Countries;
use super::rule::{RouteSet, Rule, Target};
use super::trace::{Trace, Verdict};
use crate::AccountStatus;

fn candidate(account: &str) -> Candidate {
    Candidate {
        account: account.to_owned(),
        status: AccountStatus::Live,
        currencies: None,
        countries: Countries::default(),
        excluded_countries: Countries::default(),
        purposes: Purpose::ALL.to_vec(),
        methods: vec![Method::Page],
        holds: false,
        limit: None,
        legal_entity: None,
        breaker_open: false,
        history: History::Fresh,
    }
}

fn rule(name: &str, when: &str, targets: &[(&str, u32)], chain: &[&str]) -> Rule {
    let target = |(account, weight): &(&str, u32)| Target {
        account: (*account).to_owned(),
        weight: *weight,
    };
    Rule {
        name: name.to_owned(),
        when: when.to_owned(),
        purposes: vec![],
        targets: targets.iter().map(target).collect(),
        chain: chain.iter().map(|account| (*account).to_owned()).collect(),
        note: String::new(),
    }
}

fn compiled(rules: Vec<Rule>) -> Compiled {
    Compiled::of(7, RouteSet { note: String::new(), rules })
}

fn ask(candidates: Vec<Candidate>) -> Ask {
    let facts = Facts::sample(Money::new(1000, Currency::USD), Some("DE"));
    Ask { facts, bound: Bound::Free, candidates, bucket: 1234 }
}

fn reasons(trace: &Trace, account: &str) -> Vec<Why> {
    trace.against(account).map(|one| one.why).collect()
}

#[test]
fn the_first_rule_that_holds_decides_and_the_trace_says_what_was_looked_at() {
    let rules = compiled(vec![
        rule("big", "amount > 5000", &[("c", 1)], &[]),
        rule("broken", "country > 3", &[("c", 1)], &[]),
        rule("union", "eu && currency == \"USD\"", &[("b", 1)], &["a"]),
        rule("rest", "true", &[("a", 1)], &[]),
    ]);
    let trace = decide(&ask(vec![candidate("a"), candidate("b"), candidate("c")]), &rules);
    assert_eq!(trace.order, ["b", "a"]);
    assert_eq!((trace.rule.as_deref(), trace.version), (Some("union"), 7));
    let said: Vec<_> = trace.looked.iter().map(|one| &one.verdict).collect();
    assert_eq!(said[0], &Verdict::No);
    assert!(matches!(said[1], Verdict::Error(_)), "{said:?}");
    assert_eq!((said[2], said.len()), (&Verdict::Matched, 3));
    let text = trace.to_string();
    assert!(text.contains("union: matches") && text.contains("chosen    b"), "{text}");
}

type Spoil = Box<dyn Fn(&mut Candidate)>;

#[test]
fn everything_that_speaks_against_an_account_is_said() {
    let full = Limit { day: Some(1500), today: 600, ..Limit::default() };
    let cases: Vec<(Why, Spoil)> = vec![
        (Why::Status, Box::new(|one| one.status = AccountStatus::Drain)),
        (Why::Status, Box::new(|one| one.status = AccountStatus::Paused)),
        (Why::Currency, Box::new(|one| one.currencies = Some(vec!["EUR".into()]))),
        (Why::Country, Box::new(|one| one.countries = Countries::read(vec!["US".into()]).unwrap())),
        (
            Why::Country,
            Box::new(|one| one.excluded_countries = Countries::read(vec!["EU".into()]).unwrap()),
        ),
        (Why::Purpose, Box::new(|one| one.purposes = vec![Purpose::Tab])),
        (Why::Method, Box::new(|one| one.methods = vec![Method::Stored])),
        (Why::Method, Box::new(|one| one.holds = false)),
        (
            Why::Limit,
            Box::new(|one| one.limit = Some(Limit { most: Some(999), ..Limit::default() })),
        ),
        (
            Why::Limit,
            Box::new(|one| one.limit = Some(Limit { least: Some(1001), ..Limit::default() })),
        ),
        (Why::Limit, Box::new(move |one| one.limit = Some(full))),
        (Why::LegalEntity, Box::new(|one| one.legal_entity = Some("B Ltd".into()))),
        (Why::BreakerOpen, Box::new(|one| one.breaker_open = true)),
        (Why::Tried, Box::new(|one| one.history = History::JustNow)),
    ];
    let rules = compiled(vec![rule("rest", "true", &[("a", 1)], &["b"])]);
    for (why, spoil) in cases {
        let mut spoiled = Candidate { holds: true, ..candidate("a") };
        spoil(&mut spoiled);
        let mut ask = ask(vec![spoiled, Candidate { holds: true, ..candidate("b") }]);
        ask.facts.legal_entity = Some("A Ltd".into());
        ask.facts.capture = CaptureWhen::Later;
        let trace = decide(&ask, &rules);
        assert_eq!(reasons(&trace, "a"), [why]);
        assert_eq!(trace.order, ["b"], "{why:?}");
    }
}

#[test]
fn an_allow_list_needs_a_country_and_limits_count_to_the_brim() {
    let rules = compiled(vec![rule("rest", "true", &[("a", 1)], &[])]);
    let german =
        Candidate { countries: Countries::read(vec!["EU".into()]).unwrap(), ..candidate("a") };
    let mut unknown = ask(vec![german.clone()]);
    assert_eq!(decide(&unknown, &rules).order, ["a"]);
    unknown.facts.country = None;
    assert_eq!(reasons(&decide(&unknown, &rules), "a"), [Why::Country]);
    for (this_month, fits) in [(4000, true), (4001, false), (i64::MAX, false)] {
        let limit = Limit { month: Some(5000), this_month, ..Limit::default() };
        let ask = ask(vec![Candidate { limit: Some(limit), ..candidate("a") }]);
        assert_eq!(decide(&ask, &rules).chosen.is_some(), fits, "{this_month}");
    }
}

#[test]
fn only_the_named_account_is_asked_and_rules_do_not_matter() {
    let rules = compiled(vec![rule("rest", "true", &[("a", 1)], &["b"])]);
    let mut named = ask(vec![candidate("a"), candidate("b")]);
    named.bound = Bound::Named { account: "b".into() };
    let trace = decide(&named, &rules);
    assert_eq!((trace.order, trace.rule), (vec!["b".to_owned()], None));
    named.bound = Bound::Named { account: "z".into() };
    let trace = decide(&named, &rules);
    assert_eq!((trace.chosen.as_ref(), reasons(&trace, "z")), (None, vec![Why::NotConfigured]));
    named.bound = Bound::Declined { account: "a".into(), cause: "insufficient_funds".into() };
    let trace = decide(&named, &rules);
    assert_eq!(
        (trace.order.as_slice(), reasons(&trace, "b")),
        (&["a".to_owned()][..], vec![Why::Bound])
    );
}

#[test]
fn what_failed_before_comes_last() {
    let rules = compiled(vec![rule("rest", "true", &[("a", 1)], &["b", "c"])]);
    let with = |account: &str, history| Candidate { history, ..candidate(account) };
    let asked =
        ask(vec![with("a", History::Declined), with("b", History::Technical), candidate("c")]);
    assert_eq!(decide(&asked, &rules).order, ["c", "b", "a"]);
}

#[test]
fn only_open_breakers_in_the_way_are_told_from_no_account_at_all() {
    let rules = compiled(vec![rule("rest", "true", &[("a", 1)], &["b"])]);
    let open = Candidate { breaker_open: true, ..candidate("a") };
    let paused = Candidate { status: AccountStatus::Paused, ..candidate("b") };
    assert!(decide(&ask(vec![open, paused.clone()]), &rules).only_breakers());
    assert!(!decide(&ask(vec![paused]), &rules).only_breakers());
}

#[test]
fn conditions_are_short_and_use_facts_only_and_never_loop() {
    let long = format!("country == \"{}\"", "x".repeat(600));
    let deep = format!("{}true{}", "(".repeat(200), ")".repeat(200));
    for (when, says) in [
        ("contry == \"DE\"", "no fact \"contry\""),
        ("country ==", "cannot be read"),
        ("[1, 2].exists(x, x == amount)", "loop"),
        ("[amount].map(amount, amount) == [1]", "loop"),
        ("{\"a\": 1}.a == amount", "loop"),
        ("country.matches(\"^D\")", "may not call"),
        (long.as_str(), "longer"),
        (deep.as_str(), "brackets, signs and dots"),
    ] {
        let compiled = compiled(vec![rule("one", when, &[("a", 1)], &[])]);
        let said: Vec<_> = compiled.unreadable().map(|(_, why)| why.clone()).collect();
        assert!(said.len() == 1 && said[0].contains(says), "{when}: {said:?}");
        let trace = decide(&ask(vec![candidate("a")]), &compiled);
        assert_eq!(trace.chosen, None, "what cannot be read does not hold");
    }
    for when in [
        "country in [\"DE\", \"AT\"] && amount <= 10000",
        "eu ? currency == \"USD\" : false",
        "!tab && purpose == \"tokens\" && method == \"page\"",
        "product.startsWith(\"tokens-\") && size(language) == 2",
        "hour >= 8 && weekday <= 5 && age_days >= 0 && purchases == 0 && tries == 0",
    ] {
        let compiled = compiled(vec![rule("one", when, &[("a", 1)], &[])]);
        assert_eq!(
            decide(&ask(vec![candidate("a")]), &compiled).chosen.as_deref(),
            Some("a"),
            "{when}"
        );
    }
}

/// A parser that runs out of stack takes the program with it.
#[test]
fn nothing_that_is_let_in_nests_too_deep() {
    let many = |text: &str, times| text.repeat(times);
    for when in [
        format!("{}eu{}", many("(", 40), many(")", 40)),
        format!("{}eu", many("!", 40)),
        format!("{}amount == 1", many("-", 40)),
        format!("{}eu", many("eu ? eu : ", 40)),
        format!("1{} == amount", many("+1", 40)),
        format!("country{} == \"\"", many(".a", 40)),
        format!("amount in {}{}", many("[", 40), many("]", 40)),
        format!("eu{}", many("&&eu", 120)),
        format!("eu{}", many("||eu", 120)),
        format!("eu{}", many("==eu", 120)),
        format!("1{}", many("<1", 240)),
    ] {
        let compiled = compiled(vec![rule("one", &when, &[("a", 1)], &[])]);
        let _ = decide(&ask(vec![candidate("a")]), &compiled);
    }
}

#[test]
fn a_set_survives_being_written_and_read() {
    let text = "note = \"n\"\n[[rules]]\nname = \"a\"\nwhen = \"eu\"\ntargets = [{ account = \
                \"x\", weight = 3 }]\nchain = [\"y\"]\n[[rules]]\nname = \"b\"\nchain = [\"y\"]";
    let set = RouteSet::from_toml(text).unwrap();
    assert_eq!((set.rules[1].when.as_str(), set.rules[0].targets[0].weight), ("true", 3));
    assert_eq!(RouteSet::from_toml(&set.to_toml().unwrap()).unwrap(), set);
    let said = RouteSet::from_toml("[[rules]]\nname = \"a\"\nwehn = \"eu\"").unwrap_err();
    assert!(said.contains("line 3") && said.contains("wehn"), "{said}");
}

#[test]
fn weights_are_kept_over_many_payments() {
    let rules = compiled(vec![rule("rest", "true", &[("a", 70), ("b", 20), ("c", 10)], &[])]);
    let mut many: BTreeMap<String, u32> = BTreeMap::new();
    for nth in 0..10_000 {
        let mut asked = ask(vec![candidate("a"), candidate("b"), candidate("c")]);
        asked.bucket = bucket_of(&format!("pay_{nth}"));
        *many.entry(decide(&asked, &rules).chosen.unwrap()).or_default() += 1;
    }
    for (account, share) in [("a", 7_000), ("b", 2_000), ("c", 1_000)] {
        assert!(many[account].abs_diff(share) < 250, "{account}: {many:?}");
    }
}

fn statuses() -> impl Strategy<Value = AccountStatus> {
    prop::sample::select(AccountStatus::ALL.to_vec())
}

fn candidates() -> impl Strategy<Value = Vec<Candidate>> {
    let one = (
        statuses(),
        any::<bool>(),
        any::<bool>(),
        0_i64..3_000,
        prop::sample::select(vec![
            History::Fresh,
            History::Technical,
            History::Declined,
            History::JustNow,
        ]),
    );
    prop::collection::vec(one, 0..6).prop_map(|list| {
        let spoil = |(nth, (status, breaker_open, dear, most, history))| Candidate {
            status,
            breaker_open,
            history,
            limit: Some(Limit { most: Some(most), ..Limit::default() }).filter(|_| dear),
            ..candidate(&format!("a{nth}"))
        };
        list.into_iter().enumerate().map(spoil).collect()
    })
}

type Weighed = (String, u32);

fn rules() -> impl Strategy<Value = Vec<Rule>> {
    let account = || (0_u8..8).prop_map(|nth| format!("a{nth}"));
    let targets = prop::collection::vec((account(), 1_u32..100), 0..4);
    let when =
        prop::sample::select(vec!["true", "eu", "amount > 1500", "country > 1", "tries == 1"]);
    let one = (when, targets, prop::collection::vec(account(), 0..4));
    prop::collection::vec(one, 0..4).prop_map(|list| {
        let make = |(nth, (when, targets, chain)): (usize, (&str, Vec<Weighed>, Vec<String>))| {
            let targets = targets.iter().map(|(account, weight)| (account.as_str(), *weight));
            let targets: Vec<_> = targets.collect();
            let chain: Vec<_> = chain.iter().map(String::as_str).collect();
            rule(&format!("r{nth}"), when, &targets, &chain)
        };
        list.into_iter().enumerate().map(make).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_choice_is_the_same_again_from_its_trace(
        candidates in candidates(), rules in rules(), bucket in 0_u16..10_000, minor in 1_i64..3_000
    ) {
        let rules = compiled(rules);
        let facts = Facts::sample(Money::new(minor, Currency::USD), Some("DE"));
        let trace = decide(&Ask { facts, bound: Bound::Free, candidates, bucket }, &rules);
        let stored = serde_json::to_string(&trace).unwrap();
        let read: Trace = serde_json::from_str(&stored).unwrap();
        prop_assert_eq!(&read, &trace);
        prop_assert_eq!(&decide(&read.ask, &rules), &trace);
    }

    #[test]
    fn nobody_is_chosen_against_whom_anything_speaks(
        candidates in candidates(), rules in rules(), bucket in 0_u16..10_000
    ) {
        let rules = compiled(rules);
        let asked = Ask { bucket, ..ask(candidates) };
        let trace = decide(&asked, &rules);
        for account in &trace.order {
            prop_assert_eq!(trace.against(account).count(), 0);
            prop_assert!(asked.candidates.iter().any(|one| one.account == *account));
            prop_assert_eq!(trace.order.iter().filter(|one| *one == account).count(), 1);
        }
        prop_assert_eq!(trace.chosen.as_ref(), trace.order.first());
    }
}
