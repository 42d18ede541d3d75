//! Reading notifications (IPN): JSON with a signature in a header, or the older form.
//!
//! Careful: the signature is a plain SHA-256 over the interface's key, the transaction's id and its
//! status. It covers neither amount nor currency nor action, so one message that somebody saw can
//! be sent again with other words. Billing compares every amount with what was asked for; a secret
//! path, CentroBill's sender addresses and the look-up are further locks.

use processor::sign::Digesting;
use processor::{Notice, NoticeKind, RawNotice, Rejected};

use super::config::Sound;
use super::said::{self, Said};
use super::{legacy, words};

/// The largest message that is read.
const SIZE: usize = 64 * 1024;

/// The header that carries the signature.
const SIGNATURE: &str = "x-signature";

/// Reads one message.
pub(super) fn read(config: &Sound, raw: &RawNotice) -> Result<Notice, Rejected> {
    if raw.body.len() > SIZE {
        return Err(Rejected::Unreadable("more than 64 KiB".to_owned()));
    }
    let is_json = raw.body.trim_ascii_start().first() == Some(&b'{');
    match (&config.legacy_key, is_json) {
        (Some(key), false) => legacy::read(key, raw),
        (None, false) => Err(Rejected::Unreadable("not JSON".to_owned())),
        (_, true) => {
            let said = said::of_reply(&raw.body).map_err(Rejected::Unreadable)?;
            if !is_signed(config, raw, &said) {
                return Err(Rejected::Signature);
            }
            notice(config, said)
        }
    }
}

fn is_signed(config: &Sound, raw: &RawNotice, said: &Said) -> bool {
    let id = said.transaction.as_deref().unwrap_or_default();
    let parts = [config.api_key.as_bytes(), id.as_bytes(), said.status_as_sent.as_bytes()];
    let claimed = raw.header(SIGNATURE).map(str::trim).unwrap_or_default();
    Digesting::Sha256.matches(b"", &parts, claimed)
}

/// What a message that is believed tells.
pub(super) fn notice(config: &Sound, said: Said) -> Result<Notice, Rejected> {
    let Some(id) = said.transaction.clone() else {
        return Err(Rejected::Unreadable("there is no transactionId".to_owned()));
    };
    let mut kind = words::kind(&said.action, &said.mode, &said.status);
    // The first charge of a subscription is cycle 0 or 1; a higher one renews it.
    if said.cycle > Some(1) {
        kind = match kind {
            NoticeKind::Paid => NoticeKind::RebillPaid,
            NoticeKind::Declined => NoticeKind::RebillDeclined,
            other => other,
        };
    }
    let amount = match said.money() {
        Ok(None) if moves_money(kind) => {
            return Err(Rejected::Unreadable("there is no amount or no currency".to_owned()));
        }
        Ok(amount) => amount,
        Err(_) if kind == NoticeKind::Waiting => None,
        Err(why) => return Err(Rejected::Unreadable(why)),
    };
    let declined = matches!(kind, NoticeKind::Declined | NoticeKind::RebillDeclined);
    // Of a dispute the page names a word for each stage and its own sample says "success".
    let disputed = matches!(kind, NoticeKind::ChargedBack | NoticeKind::DisputeOpened);
    let status = if disputed { "success" } else { said.status.as_str() };
    let dedupe = format!("{id}:{}:{}:{status}", said.action, said.mode);
    Ok(Notice {
        provisional: words::is_provisional(config, &said) && moves_money(kind),
        decline: declined.then(|| words::decline(&said)),
        words: said.words(),
        reference: said.reference,
        transaction: Some(id),
        parent: said.parent,
        subscription: said.subscription,
        amount,
        occurred_at: said.at,
        card: said.card,
        also: said.order.into_iter().collect(),
        stored: said.stored,
        ..Notice::new(kind, dedupe)
    })
}

const fn moves_money(kind: NoticeKind) -> bool {
    use NoticeKind::{ChargedBack, Paid, RebillPaid, Refunded};
    matches!(kind, Paid | RebillPaid | Refunded | ChargedBack)
}
