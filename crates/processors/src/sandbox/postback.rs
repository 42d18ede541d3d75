//! Reading the sandbox's signed postbacks.

use base::Timestamp;
use base::time::SignedDuration;
use processor::{Decline, DeclineClass, Notice, NoticeKind, RawNotice, Rejected, sign};

use super::wire::{Event, SIGNATURE};

/// How far the signed time may lie from ours, either way.
const TOLERANCE: SignedDuration = SignedDuration::from_secs(300);

/// Checks the signature on the raw bytes and then its age, and only then reads.
pub(super) fn read(secret: &str, raw: &RawNotice) -> Result<Vec<Notice>, Rejected> {
    verify(secret, raw)?;
    let event: Event = serde_json::from_slice(&raw.body)
        .map_err(|error| Rejected::Unreadable(format!("not an event: {error}")))?;
    translate(event).map(|notice| vec![notice])
}

fn verify(secret: &str, raw: &RawNotice) -> Result<(), Rejected> {
    let header = raw.header(SIGNATURE).ok_or(Rejected::Signature)?;
    let part = |name: &str| {
        header.split(',').find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='))
    };
    let (time, claimed) = part("t").zip(part("v1")).ok_or(Rejected::Signature)?;
    let parts = [time.as_bytes(), b".".as_slice(), &raw.body];
    if !sign::hmac_sha256_matches(secret.as_bytes(), &parts, claimed) {
        return Err(Rejected::Signature);
    }
    let signed = time.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    let age = raw.received_at.duration_since(signed.ok_or(Rejected::Stale)?);
    if age.abs() > TOLERANCE { Err(Rejected::Stale) } else { Ok(()) }
}

fn translate(event: Event) -> Result<Notice, Rejected> {
    let words = event.kind.to_ascii_lowercase();
    let kind = kind(&words);
    let sale = event.sale;
    let (transaction, parent, amount) = match (kind, event.refund) {
        (NoticeKind::Refunded, None) => {
            return Err(Rejected::Unreadable("a refund that names no refund".to_owned()));
        }
        (NoticeKind::Refunded, Some(refund)) => (refund.id, Some(sale.id), refund.amount),
        (NoticeKind::Voided | NoticeKind::ChargedBack, _) => {
            (format!("{}-{words}", sale.id), Some(sale.id), sale.amount)
        }
        _ => (sale.id, None, sale.amount),
    };
    if !amount.is_positive() {
        return Err(Rejected::Unreadable(format!("an amount of {amount}")));
    }
    Ok(Notice {
        kind,
        dedupe: format!("{transaction}:{words}").to_ascii_lowercase(),
        reference: Some(sale.reference),
        transaction: Some(transaction),
        parent,
        subscription: None,
        amount: Some(amount),
        occurred_at: Some(event.created),
        provisional: false,
        decline: (kind == NoticeKind::Declined).then(|| sale.decline.unwrap_or_else(unexplained)),
        card: sale.card,
        also: Vec::new(),
        stored: None,
        words,
    })
}

/// A no that came without a reason.
fn unexplained() -> Decline {
    Decline { raw: String::new(), cause: "unknown".to_owned(), class: DeclineClass::Soft }
}

/// What a word of the sandbox tells; a new word is waited upon.
fn kind(word: &str) -> NoticeKind {
    match word {
        "sale.paid" => NoticeKind::Paid,
        "sale.declined" | "sale.given_up" => NoticeKind::Declined,
        "sale.voided" => NoticeKind::Voided,
        "refund.done" => NoticeKind::Refunded,
        "dispute.opened" => NoticeKind::ChargedBack,
        _ => NoticeKind::Waiting,
    }
}
