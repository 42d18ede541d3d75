//! Every processor account: what it is, how it stands, how its last day went, and what it can do.

use askama::Template;
use axum::extract::Query;
use base::{Fault, Language, Timestamp};
use billing::routing::{self, LastDay, Pulse, Stands, Switch};
use billing::{Account, AccountStatus};
use processor::{Finding, Standing};
use serde::Deserialize;

use super::chart;
use crate::answer::{Answer, html};
use crate::console::permit::{Deed, who_may};
use crate::console::shift::Shift;
use crate::layout::ConsoleFrame;
use crate::parts::{Markup, name_of};

/// The list.
#[derive(Template)]
#[template(path = "console/processors/show.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) done: Option<&'static str>,
    pub(crate) lines: Vec<Line>,
    /// Why nobody here may switch.
    pub(crate) no_switch: Option<&'static str>,
}

/// One account.
pub(crate) struct Line {
    pub(crate) key: String,
    pub(crate) house: String,
    pub(crate) kind: &'static str,
    pub(crate) descriptor: String,
    pub(crate) status: AccountStatus,
    pub(crate) configured: AccountStatus,
    pub(crate) switch: Option<Switch>,
    pub(crate) stands: Stands,
    pub(crate) pulse: String,
    pub(crate) day: LastDay,
    pub(crate) bar: Markup,
    pub(crate) takes: String,
    pub(crate) can: String,
    pub(crate) by_hand: Vec<String>,
    pub(crate) postback: String,
    pub(crate) last_notice: Option<Timestamp>,
    /// What its check found, if it was just checked.
    pub(crate) findings: Option<Vec<Finding>>,
}

#[derive(Default, Deserialize)]
pub(crate) struct Asked {
    done: Option<String>,
}

/// `GET /console/processors`.
pub(crate) async fn show(shift: Shift, Query(asked): Query<Asked>) -> Answer {
    let done = match asked.done.as_deref() {
        Some("switched") => {
            Some("Switched. It holds on every node from the next payment on; switch back to undo.")
        }
        Some("same") => Some("It stands so already; nothing was changed."),
        _ => None,
    };
    html(Language::En, &page(&shift, done, None).await?)
}

/// The page, perhaps with what a check of one account found.
pub(super) async fn page(
    shift: &Shift,
    done: Option<&'static str>,
    found: Option<(&str, Vec<Finding>)>,
) -> Result<Page, Fault> {
    let billing = &shift.house.billing;
    let mut reader = billing.store.read().await?;
    let switches = routing::switches(&mut reader).await?;
    let mut lines = Vec::new();
    for account in billing.accounts.all() {
        let day = routing::last_day(&mut reader, &account.key, shift.now).await?;
        let last_notice = routing::last_notice(&mut reader, &account.key).await?;
        let findings = found.as_ref().filter(|(key, _)| *key == account.key);
        lines.push(Line {
            status: routing::effective(account, &switches),
            switch: switches.iter().find(|one| one.account == account.key).cloned(),
            bar: chart::bar(&day),
            day,
            last_notice,
            findings: findings.map(|(_, findings)| findings.clone()),
            postback: postback(shift, account),
            ..line(account, billing.routes.health.pulse(&account.key))
        });
    }
    Ok(Page {
        frame: shift.frame("Processors"),
        done,
        lines,
        no_switch: (!shift.may(Deed::SwitchAccount)).then(|| who_may(Deed::SwitchAccount)),
    })
}

/// What an account is by itself.
fn line(account: &Account, pulse: Pulse) -> Line {
    let by_hand = account.connector.capabilities().by_hand;
    let by_hand = by_hand.iter().map(|task| format!("{:?}: {}", task.what, task.how));
    Line {
        key: account.key.clone(),
        house: name_of(account),
        kind: account.connector.name(),
        descriptor: account.descriptor.clone(),
        status: account.status,
        configured: account.status,
        switch: None,
        stands: pulse.stands,
        pulse: pulse_words(&pulse),
        day: LastDay::default(),
        bar: chart::bar(&LastDay::default()),
        takes: takes(account),
        can: abilities(account),
        by_hand: by_hand.collect(),
        postback: String::new(),
        last_notice: None,
        findings: None,
    }
}

/// The address to enter at the house. Its secret part is for those who set accounts up.
fn postback(shift: &Shift, account: &Account) -> String {
    let path = match &account.path_secret {
        Some(_) if !shift.may(Deed::SwitchAccount) => format!("/postbacks/{}/…", account.key),
        _ => account.postback_path(),
    };
    shift.house.billing.site.address(&path)
}

fn pulse_words(pulse: &Pulse) -> String {
    let Pulse { ok, declined, not_executed, unknown, median_ms, .. } = pulse;
    let Some(median) = median_ms else { return "no call in the last five minutes".to_owned() };
    format!(
        "{ok} yes, {declined} no, {not_executed} not executed, {unknown} unknown in the last five \
         minutes; {median} ms in the middle"
    )
}

fn takes(account: &Account) -> String {
    let terms = &account.terms;
    let mut words = vec![match account.currencies() {
        None => "any currency".to_owned(),
        Some(codes) => codes.join(", "),
    }];
    words.push(if terms.countries.is_empty() {
        "from anywhere".to_owned()
    } else {
        format!("from {}", terms.countries)
    });
    if !terms.excluded_countries.is_empty() {
        words.push(format!("but not from {}", terms.excluded_countries));
    }
    for limit in &terms.limits {
        let sums = [
            ("from", limit.least),
            ("up to", limit.most),
            ("a day", limit.day),
            ("a month", limit.month),
        ];
        let said = sums.iter().filter_map(|(word, sum)| sum.map(|sum| format!("{word} {sum}")));
        words.push(said.collect::<Vec<_>>().join(", "));
    }
    if let Some(fees) = &terms.fees {
        let fixed = fees.fixed.iter().map(|sum| format!(" + {sum}")).collect::<String>();
        words.push(format!(
            "keeps {}.{:02} %{fixed}",
            fees.basis_points / 100,
            fees.basis_points % 100
        ));
    }
    if let Some(entity) = &terms.legal_entity {
        words.push(format!("contract of {entity}"));
    }
    if let Some(currency) = terms.settlement_currency {
        words.push(format!("pays out in {currency}"));
    }
    words.join("; ")
}

fn abilities(account: &Account) -> String {
    let can = account.connector.capabilities();
    let list = [
        ("hosted page", can.hosted_page),
        ("server charge", can.server_charge),
        ("stored card", can.stored_card),
        ("recurring", can.recurring),
        ("hold and capture", can.manual_capture),
        ("tab", can.tab.is_some()),
        ("void", can.void),
        ("refund", can.refund_full),
        ("part of a refund", can.refund_partial),
        ("cancel a subscription", can.cancel_subscription),
        ("look-up", can.find),
        ("Google Pay", can.google_pay.is_some()),
        ("disputes", can.disputes),
        ("settlement file", can.settlement_file),
    ];
    let able: Vec<&str> = list.iter().filter(|(_, able)| *able).map(|(word, _)| *word).collect();
    if able.is_empty() { "nothing by a call".to_owned() } else { able.join(", ") }
}

/// How a finding stands, as an icon and a class.
pub(crate) fn finding_tone(standing: &Standing) -> (&'static str, &'static str) {
    match standing {
        Standing::Good => ("check", "good"),
        Standing::Notice => ("question", "wait"),
        Standing::Bad => ("cross", "bad"),
    }
}
