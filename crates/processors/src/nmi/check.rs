//! Trying an NMI account without moving money: the key, the clock, and what is missing.

use base::Timestamp;
use processor::{Answer, Finding, Http, Sent};

use super::config::Sound;
use super::query;

/// A look-up of an order that there never was: only who may ask is told an empty list.
const NO_ORDER: &str = "paydesk-check";

/// Looks something up.
pub(super) async fn check(config: &Sound, http: &Http, now: Timestamp) -> Vec<Finding> {
    let mut findings = Vec::new();
    match query::ask(config, http, &[("order_id", NO_ORDER)]).await {
        Sent::Answered(reply) => {
            findings.push(Finding::clock(reply.date, now));
            findings.push(match query::body(&reply) {
                Ok(_) => Finding::good("security_key", "the key opens the look-up"),
                Err(Answer::NotExecuted(why) | Answer::Unknown(why)) => {
                    Finding::bad("security_key", why)
                }
                Err(_) => Finding::bad("security_key", "the answer makes no sense"),
            });
        }
        Sent::NotExecuted(why) | Sent::Unknown(why) => {
            findings.push(Finding::bad("security_key", why));
        }
    }
    findings.push(if config.signing_key.is_some() {
        Finding::good("signing_key", "configured")
    } else {
        let says = "none: nothing that NMI sends is believed; copy it from the webhook settings";
        Finding::bad("signing_key", says)
    });
    findings.push(if config.google_pay.is_some() {
        Finding::good("google_pay", "Google Pay can be asked with it")
    } else {
        Finding::notice("google_pay", "not configured, so Google Pay is off")
    });
    if config.absence_proven_after.is_none() {
        let says = "off: a charge whose answer is lost waits for its webhook or for a person";
        findings.push(Finding::notice("absence_proven_after", says));
    }
    if config.test_mode {
        findings.push(Finding::notice("test_mode", "on: messages about test money are believed"));
    }
    findings.push(if config.support.mail.is_some() || config.support.web.is_some() {
        Finding::good("support", "customers are told whom to ask")
    } else {
        Finding::notice("support", "NMI does not answer customers: name your own web or mail")
    });
    findings
}
