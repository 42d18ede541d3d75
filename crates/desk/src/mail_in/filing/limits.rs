//! Too much mail: two desks that answer each other, an address or a domain that floods us.

use base::id::CaseId;
use base::{Env, Fault, SignedDuration, Timestamp};
use store::{Reads, Tx};

use crate::mail_in::raw::Reason;
use crate::mail_in::rows::{limits, mutes};

/// So many mails in a case within ten minutes are a loop.
const CASE_MAILS: i64 = 10;
const CASE_TIME: SignedDuration = SignedDuration::from_mins(10);
/// So many mails of one address within an hour are a loop.
const SENDER_MAILS: i64 = 20;
const HOUR: SignedDuration = SignedDuration::from_hours(1);
/// How long a loop is kept quiet.
const MUTED: SignedDuration = SignedDuration::from_hours(24);

/// How much came lately, without the mail in question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Lately {
    pub(super) in_case: i64,
    pub(super) of_sender: i64,
    pub(super) of_domain: i64,
}

/// Counts what came lately.
pub(super) async fn count(
    reads: &mut impl Reads,
    case: Option<CaseId>,
    (sender, domain): (&str, &str),
    domain_hour: u32,
    now: Timestamp,
) -> Result<Lately, Fault> {
    let hour = now - HOUR;
    let in_case = match case {
        Some(case) => limits::of_case(reads, &case.to_string(), now - CASE_TIME).await?,
        None => 0,
    };
    Ok(Lately {
        in_case,
        of_sender: limits::of_sender(reads, sender, hour).await?,
        of_domain: limits::of_domain(reads, domain, hour, domain_hour.saturating_add(1)).await?,
    })
}

/// Why a mail is too much, if it is.
pub(super) fn judged(lately: Lately, domain_hour: u32) -> Option<Reason> {
    if lately.in_case >= CASE_MAILS || lately.of_sender >= SENDER_MAILS {
        Some(Reason::Loop)
    } else if lately.of_domain >= i64::from(domain_hour) {
        Some(Reason::Flood)
    } else {
        None
    }
}

/// Sends nothing automatically to the case and the address for a day; whether that is news.
pub(super) async fn mute(
    tx: &mut Tx,
    env: &Env,
    case: Option<CaseId>,
    sender: &str,
) -> Result<bool, Fault> {
    let now = env.now();
    let until = now + MUTED;
    let address = mutes::mute(tx, sender, now, until).await?;
    match case {
        Some(case) => mutes::mute(tx, &case.to_string(), now, until).await,
        None => Ok(address),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_in_a_case_and_twenty_of_an_address_are_a_loop_and_a_full_domain_is_a_flood() {
        let none = Lately::default();
        for (lately, reason) in [
            (none, None),
            (Lately { in_case: 9, of_sender: 19, of_domain: 499 }, None),
            (Lately { in_case: 10, ..none }, Some(Reason::Loop)),
            (Lately { of_sender: 20, ..none }, Some(Reason::Loop)),
            (Lately { of_domain: 500, ..none }, Some(Reason::Flood)),
        ] {
            assert_eq!(judged(lately, 500), reason, "{lately:?}");
        }
    }
}
