//! Asking CentroBill: for its own copy of a notification, and for the addresses it sends from.
//!
//! The search it documents (the Feed API) has no public address. The open SDK has a call for the
//! notification of a transaction (`GET /transaction/{id}/ipn`), whose `request` is taken to be the
//! text that was sent; nobody documents that, so it is off until `look_up` is switched on.

use std::net::IpAddr;

use base::Timestamp;
use processor::{
    Answer, Call, FindBy, Finding, Found, FoundState, Http, Notice, NoticeKind, RawNotice,
    Rejected, Reply, Sent, Unproven,
};

use super::config::{Sound, plain};
use super::request::Failed;
use super::{ipn, legacy, said};

#[derive(serde::Deserialize)]
struct Copy {
    request: String,
}

/// Looks a transaction up by its notification.
pub(super) async fn find(config: &Sound, http: &Http, by: &FindBy) -> Answer<Option<Found>> {
    if !config.look_up {
        return Answer::cannot("look a payment up");
    }
    let FindBy::Transaction(id) = by else {
        return Answer::cannot("look up by our own reference, only by CentroBill's transaction id");
    };
    match copy(config, http, id).await {
        Ok(notice) => Answer::Done(Some(found(notice, id))),
        Err(failed) => failed.into(),
    }
}

/// Holds what the signature leaves open against CentroBill's own copy: everything but the status,
/// which is signed and may have moved on since.
pub(super) async fn prove(config: &Sound, http: &Http, raw: &RawNotice) -> Result<(), Unproven> {
    if !config.look_up {
        return Ok(());
    }
    let told = ipn::read(config, raw).map_err(Unproven::Rejected)?;
    if told.dedupe.starts_with(legacy::MARK) {
        // Its digest covers every word it has, and it has no amount.
        return Ok(());
    }
    let id = told.transaction.clone().unwrap_or_default();
    let copy = match copy(config, http, &id).await {
        Ok(copy) => copy,
        Err(Failed::NotExecuted(why) | Failed::Unknown(why)) => return Err(Unproven::Unknown(why)),
    };
    let facts = |notice: &Notice| {
        let words: Vec<&str> = notice.dedupe.split(':').collect();
        let but_status = words[..words.len().saturating_sub(1)].join(":");
        let ids = [&notice.reference, &notice.parent, &notice.subscription].map(Clone::clone);
        (but_status, ids, notice.amount, notice.also.clone())
    };
    if facts(&told) == facts(&copy) { Ok(()) } else { Err(Unproven::Rejected(Rejected::Signature)) }
}

/// CentroBill's own copy of a transaction's notification, read as one.
async fn copy(config: &Sound, http: &Http, id: &str) -> Result<Notice, Failed> {
    if !plain(id) {
        return Err(Failed::NotExecuted("this is no id of CentroBill's".to_owned()));
    }
    let reply = match ask(config, http, &format!("transaction/{id}/ipn")).await {
        Sent::Answered(reply) if reply.status == 200 => reply,
        Sent::Answered(Reply { status: status @ (400 | 401 | 403), .. }) => {
            let why = format!("CentroBill refused the look-up ({status})");
            return Err(Failed::NotExecuted(why));
        }
        Sent::Answered(reply) => {
            return Err(Failed::Unknown(format!("CentroBill's look-up answered {}", reply.status)));
        }
        Sent::NotExecuted(why) => return Err(Failed::NotExecuted(why)),
        Sent::Unknown(why) => return Err(Failed::Unknown(why)),
    };
    let copy: Copy = reply.json().map_err(Failed::Unknown)?;
    let said = said::of_reply(copy.request.as_bytes()).map_err(Failed::Unknown)?;
    let notice = ipn::notice(config, said).map_err(|no| Failed::Unknown(no.to_string()))?;
    if notice.transaction.as_deref() == Some(id) {
        Ok(notice)
    } else {
        Err(Failed::Unknown("CentroBill's copy is of another transaction".to_owned()))
    }
}

fn found(notice: Notice, id: &str) -> Found {
    let state = match notice.kind {
        NoticeKind::Paid | NoticeKind::RebillPaid if notice.provisional => FoundState::Waiting,
        NoticeKind::Paid | NoticeKind::RebillPaid => FoundState::Paid,
        NoticeKind::Authorized => FoundState::Authorized,
        NoticeKind::Declined | NoticeKind::RebillDeclined => FoundState::Declined,
        NoticeKind::Refunded => FoundState::Refunded,
        NoticeKind::Voided => FoundState::Voided,
        NoticeKind::ChargedBack => FoundState::ChargedBack,
        NoticeKind::Approved
        | NoticeKind::Waiting
        | NoticeKind::RefundFailed
        | NoticeKind::ChargebackReversed
        | NoticeKind::DisputeOpened
        | NoticeKind::Cancelled
        | NoticeKind::Expired
        | NoticeKind::Reactivated
        | NoticeKind::Ignored => FoundState::Waiting,
    };
    Found {
        state,
        transaction: id.to_owned(),
        reference: notice.reference,
        amount: notice.amount,
        occurred_at: notice.occurred_at,
    }
}

/// Asks for the addresses CentroBill sends from and holds ours against them; a refused key shows.
pub(super) async fn check(config: &Sound, http: &Http, now: Timestamp) -> Vec<Finding> {
    let mut findings = match ask(config, http, "ips").await {
        Sent::Answered(reply) if reply.status == 200 => {
            let says = "the list of senders was given; whether that call looks at the key is not \
                        public, so make a payment on the stage";
            let clock = Finding::clock(reply.date, now);
            vec![Finding::notice("credentials", says), senders(config, &reply), clock]
        }
        Sent::Answered(Reply { status: status @ (401 | 403), .. }) => {
            let says = format!("CentroBill refuses the key or this machine's address ({status})");
            vec![Finding::bad("credentials", says)]
        }
        Sent::Answered(reply) => {
            vec![Finding::bad("address", format!("GET /ips answered {}", reply.status))]
        }
        Sent::NotExecuted(why) | Sent::Unknown(why) => vec![Finding::bad("address", why)],
    };
    if config.locks.path_secret.is_none() {
        let says = "not set: the signature covers neither amount nor action, so give CentroBill an \
                    address that ends in a secret";
        findings.push(Finding::notice("locks.path_secret", says));
    }
    if !config.look_up {
        let says = "off: notifications are booked by their signature and by comparing the amount";
        findings.push(Finding::notice("look_up", says));
    }
    findings
}

fn senders(config: &Sound, reply: &Reply) -> Finding {
    let what = "locks.senders";
    let Ok(theirs) = reply.json::<Vec<IpAddr>>() else {
        return Finding::notice(what, "CentroBill's list of senders cannot be read");
    };
    let list =
        |ips: &[IpAddr]| ips.iter().map(IpAddr::to_string).collect::<Vec<String>>().join(", ");
    if config.locks.senders.is_empty() {
        return Finding::notice(what, format!("not set; CentroBill sends from {}", list(&theirs)));
    }
    let missing: Vec<IpAddr> =
        theirs.iter().copied().filter(|ip| !config.locks.knows(*ip)).collect();
    if missing.is_empty() {
        Finding::good(what, "holds every address that CentroBill sends from")
    } else {
        Finding::bad(what, format!("CentroBill also sends from {}", list(&missing)))
    }
}

async fn ask(config: &Sound, http: &Http, path: &str) -> Sent {
    match config.base.join(path) {
        Ok(at) => http.send(Call::get(at).key_header("authorization", &config.api_key)).await,
        Err(_) => Sent::NotExecuted("address takes no paths".to_owned()),
    }
}
