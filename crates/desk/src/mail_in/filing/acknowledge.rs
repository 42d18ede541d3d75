//! "We have your mail": only where it can neither feed a loop nor carry somebody's words to others.

use base::{Env, Fault, SignedDuration, Stop};
use store::Tx;

use super::settle::Sender;
use crate::Desk;
use crate::cases::Case;
use crate::mail;
use crate::mail_in::rows::{acks, limits, mutes};
use crate::mail_in::suppress;
use crate::people::Address;

/// Acknowledgments to one domain in an hour.
const DOMAIN_HOUR: i64 = 200;
/// In an hour without much mail, so many acknowledgments are still usual.
const USUAL_AT_LEAST: i64 = 50;
/// So many times the usual hour is not usual any more.
const BRAKE: i64 = 10;
const HOUR: SignedDuration = SignedDuration::from_hours(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);
const HOURS_OF_A_WEEK: i64 = 168;

/// What the mail itself says against an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mail {
    /// A machine wrote it, or it came through a list, or it asks for silence.
    pub(super) silent: bool,
    /// Its return path is null.
    pub(super) null_path: bool,
    /// Its domain says that the sender is not one of theirs.
    pub(super) failed: bool,
}

/// What we sent lately, and to whom nothing is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sent {
    pub(super) suppressed: bool,
    pub(super) muted: bool,
    /// To this address in a day.
    pub(super) address_day: i64,
    /// To this domain in an hour.
    pub(super) domain_hour: i64,
    /// To everybody in the last hour.
    pub(super) hour: i64,
    /// To everybody in the week before that.
    pub(super) week: i64,
}

/// Whether an acknowledgment is sent; why not, if not.
pub(super) fn judged(mail: Mail, sent: Sent) -> Result<(), &'static str> {
    let usual = (sent.week / HOURS_OF_A_WEEK).max(USUAL_AT_LEAST);
    let reasons = [
        (mail.silent, "automatic"),
        (mail.null_path, "null_path"),
        (mail.failed, "failed"),
        (sent.suppressed, "suppressed"),
        (sent.muted, "muted"),
        (sent.address_day > 0, "lately"),
        (sent.domain_hour >= DOMAIN_HOUR, "domain"),
        (sent.hour >= usual.saturating_mul(BRAKE), "brake"),
    ];
    let first = reasons.into_iter().find(|(holds, _)| *holds);
    first.map_or(Ok(()), |(_, why)| Err(why))
}

/// Acknowledges a case that came by mail, if that does no harm.
///
/// # Errors
/// A fault if the database does not answer.
pub(super) async fn acknowledge(
    tx: &mut Tx,
    desk: &Desk,
    (case, address): (&Case, &Address),
    mail: Mail,
) -> Result<(), Stop> {
    let env = &desk.billing.env;
    let domain = address.value.rsplit_once('@').map_or("", |halves| halves.1).to_owned();
    let sent = sent(tx, env, (Some(case), &address.value, &domain)).await?;
    let judged = judged(mail, sent);
    let outcome = judged.err().unwrap_or("sent");
    metrics::counter!("paydesk_mail_acknowledgments", "outcome" => outcome).increment(1);
    if judged.is_err() {
        return Ok(());
    }
    acks::note(tx, env, &address.value, &domain).await?;
    mail::acknowledge(tx, desk, case, address).await
}

/// Whether somebody whose mail was not taken may be told so; it counts as an acknowledgment.
///
/// # Errors
/// A fault if the database does not answer.
pub(super) async fn may_be_told(
    tx: &mut Tx,
    env: &Env,
    sender: &Sender,
    mail: Mail,
) -> Result<bool, Stop> {
    let sent = sent(tx, env, (None, &sender.address, &sender.domain)).await?;
    if judged(mail, sent).is_err() {
        return Ok(false);
    }
    acks::note(tx, env, &sender.address, &sender.domain).await?;
    Ok(true)
}

async fn sent(
    tx: &mut Tx,
    env: &Env,
    (case, address, domain): (Option<&Case>, &str, &str),
) -> Result<Sent, Fault> {
    let now = env.now();
    let (hour, week) = (now - HOUR, now - WEEK);
    let lately = acks::sent(tx, address, domain, now - DAY, hour).await?;
    let mut muted = mutes::is_muted(tx, address, now).await?;
    if let Some(case) = case {
        muted |= mutes::is_muted(tx, &case.id.to_string(), now).await?;
    }
    let sent_this_hour = limits::acknowledged(tx, hour, now, 100_000).await?;
    // Nobody needs to know what is usual while this hour is quiet.
    let quiet = sent_this_hour < USUAL_AT_LEAST.saturating_mul(BRAKE);
    let week = if quiet { 0 } else { limits::acknowledged(tx, week, hour, 1_000_000).await? };
    Ok(Sent {
        suppressed: suppress::suppressed(tx, address, now).await?.is_some(),
        muted,
        address_day: lately.address_day,
        domain_hour: lately.domain_hour,
        hour: sent_this_hour,
        week,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FINE: Mail = Mail { silent: false, null_path: false, failed: false };

    #[test]
    fn an_acknowledgment_needs_every_condition() {
        let none = Sent::default();
        for (mail, sent, judgement) in [
            (FINE, none, Ok(())),
            (Mail { silent: true, ..FINE }, none, Err("automatic")),
            (Mail { null_path: true, ..FINE }, none, Err("null_path")),
            (Mail { failed: true, ..FINE }, none, Err("failed")),
            (FINE, Sent { suppressed: true, ..none }, Err("suppressed")),
            (FINE, Sent { muted: true, ..none }, Err("muted")),
            (FINE, Sent { address_day: 1, ..none }, Err("lately")),
            (FINE, Sent { domain_hour: 199, ..none }, Ok(())),
            (FINE, Sent { domain_hour: 200, ..none }, Err("domain")),
            (FINE, Sent { hour: 499, ..none }, Ok(())),
            (FINE, Sent { hour: 500, ..none }, Err("brake")),
            (FINE, Sent { hour: 500, week: 168 * 60, ..none }, Ok(())),
            (FINE, Sent { hour: 600, week: 168 * 60, ..none }, Err("brake")),
        ] {
            assert_eq!(judged(mail, sent), judgement, "{mail:?} {sent:?}");
        }
    }
}
