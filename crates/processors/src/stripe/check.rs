//! Trying a Stripe account without moving money: the key, its mode, the clock, and what is missing.

use base::Timestamp;
use processor::{Finding, Http, Sent};
use serde::Deserialize;

use super::api::{self, Api};
use super::config::{Livemode, Mode, Sound};

#[derive(Deserialize)]
struct Balance {
    livemode: Livemode,
}

/// Asks for the balance, which every key may see that may do the rest.
pub(super) async fn check(config: &Sound, http: &Http, now: Timestamp) -> Vec<Finding> {
    let sent = Api { config, http }.get("v1/balance", &[]).await;
    let mut findings = Vec::new();
    if let Sent::Answered(reply) = &sent {
        findings.push(Finding::clock(reply.date, now));
    }
    findings.push(match api::object::<Balance, ()>(sent) {
        Ok(balance) if Mode::of(balance.livemode) == config.mode => {
            let says = format!("the key opens the account in {} mode", config.mode.word());
            Finding::good("secret_key", says)
        }
        Ok(_) => Finding::bad("secret_key", "the key and the account are not of one mode"),
        Err(answer) => Finding::bad("secret_key", why(answer)),
    });
    findings.push(match config.webhook_secrets.len() {
        0 => Finding::bad(
            "webhook_secrets",
            "none: nothing that Stripe sends is believed; copy the endpoint's signing secret",
        ),
        count => Finding::good("webhook_secrets", format!("{count} configured")),
    });
    findings.push(if config.publishable_key.is_some() {
        Finding::good("publishable_key", "Google Pay can be asked with it")
    } else {
        Finding::notice("publishable_key", "not configured, so Google Pay is off")
    });
    findings.push(if config.support.mail.is_some() || config.support.web.is_some() {
        Finding::good("support", "customers are told whom to ask")
    } else {
        Finding::notice("support", "Stripe does not answer customers: name your own web or mail")
    });
    findings
}

fn why(answer: processor::Answer<()>) -> String {
    use processor::Answer::{Accepted, Declined, Done, NotExecuted, Unknown};
    match answer {
        NotExecuted(why) | Unknown(why) => why,
        Declined(decline) => decline.raw,
        Done(()) | Accepted => "the answer makes no sense".to_owned(),
    }
}
