//! What can be tried without moving money: the credentials (TESTAUTH), the service (TESTGW) and
//! the clock.

use base::Timestamp;
use processor::{Finding, Http, Sent};

use super::calls;
use super::config::Sound;
use super::said::Fields;

/// Service response codes: credentials accepted, service available.
const AUTHORIZED: &str = "100";
const AVAILABLE: &str = "101";

/// Tries both.
pub(super) async fn check(config: &Sound, http: &Http, now: Timestamp) -> Vec<Finding> {
    let (mut findings, known) = match asked(config, http, "TESTAUTH").await {
        Ok((fields, date)) => (vec![Finding::clock(date, now)], fields),
        Err(why) => return vec![Finding::bad("credentials", why)],
    };
    findings.push(match known.get("SERVICE_RESPONSE") {
        AUTHORIZED => Finding::good("credentials", "Inovio accepts user name, password and site"),
        code => Finding::bad("credentials", format!("Inovio answered {} {code}", api(&known))),
    });
    findings.push(match asked(config, http, "TESTGW").await {
        Ok((fields, _)) if fields.get("SERVICE_RESPONSE") == AVAILABLE => {
            Finding::good("service", "the payment service is available")
        }
        Ok((fields, _)) => {
            let says =
                format!("not available: {} {}", api(&fields), fields.get("SERVICE_RESPONSE"));
            Finding::bad("service", says)
        }
        Err(why) => Finding::bad("service", why),
    });
    let says = "Inovio sends us nothing: an outcome is looked up by our reference";
    findings.push(Finding::notice("messages", says));
    findings
}

fn api(fields: &Fields) -> String {
    format!("API_RESPONSE {:?}, SERVICE_RESPONSE", fields.get("API_RESPONSE"))
}

async fn asked(
    config: &Sound,
    http: &Http,
    action: &str,
) -> Result<(Fields, Option<Timestamp>), String> {
    match calls::ask(config, http, action, &[]).await {
        Sent::Answered(reply) if reply.status == 200 => {
            reply.json().map(Fields::of).map(|fields| (fields, reply.date))
        }
        Sent::Answered(reply) => Err(format!("Inovio answered {}", reply.status)),
        Sent::NotExecuted(why) | Sent::Unknown(why) => Err(why),
    }
}
