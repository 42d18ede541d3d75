//! Trying an account without moving money: both logins, the senders, the clock.

use base::Timestamp;
use processor::{Finding, Http};

use super::config::{SENDERS, Sound};
use super::datalink::{self, Said};
use super::rest;

/// A subscription that nobody has: asking for it tries the login and nothing else.
const NOBODY: &str = "1";

/// Tries everything that is configured.
pub(super) async fn check(config: &Sound, http: &Http, now: Timestamp) -> Vec<Finding> {
    let mut findings = vec![senders(config), login(config, http).await];
    match &config.rest {
        None => findings.push(Finding::notice("rest", "not configured: no payment tokens")),
        Some(rest) => match rest::login(config, http, rest).await {
            Ok((_, date)) => {
                findings.push(Finding::good("rest", "the credentials open the REST API"));
                findings.push(Finding::clock(date, now));
            }
            Err(why) => findings.push(Finding::bad("rest", why)),
        },
    }
    findings
}

async fn login(config: &Sound, http: &Http) -> Finding {
    let what = "datalink";
    if config.datalink.is_none() {
        let says = "not configured: nothing can be given back, ended or looked up from here";
        return Finding::notice(what, says);
    }
    match datalink::ask::<()>(config, http, "viewSubscriptionStatus", NOBODY, &[]).await {
        Ok(Said::Row(_) | Said::Code(0 | -2 | -3 | -4)) => {
            Finding::good(what, "the credentials open DataLink")
        }
        Ok(Said::Code(code)) => match datalink::placed(code) {
            processor::Answer::NotExecuted(why) => Finding::bad(what, why),
            _ => Finding::bad(what, format!("answered with the code {code}")),
        },
        Err(processor::Answer::NotExecuted(why) | processor::Answer::Unknown(why)) => {
            Finding::bad(what, why)
        }
        Err(_) => Finding::bad(what, "answered nothing"),
    }
}

/// Holds our lock against the ranges of the guide, by the first and last sender of each.
fn senders(config: &Sound) -> Finding {
    let missing: Vec<&str> = SENDERS
        .iter()
        .filter(|range| {
            let start = range.trim_end_matches("0/24");
            let mut ends =
                ["1", "254"].iter().filter_map(|end| format!("{start}{end}").parse().ok());
            !ends.all(|sender| config.locks.knows(sender))
        })
        .copied()
        .collect();
    if missing.is_empty() {
        Finding::good("locks.senders", "holds all of CCBill's ranges")
    } else {
        let says = format!("CCBill also posts from {}", missing.join(", "));
        Finding::bad("locks.senders", says)
    }
}
