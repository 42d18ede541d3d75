//! Decides what a mail is, and does all that follows, within one transaction.

use base::id::CaseId;
use base::{Env, SignedDuration, Stop};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use store::Tx;

use super::evidence::{self, Evidence, Place};
use super::file::{Filed, counted};
use super::{acknowledge, bounce, foreign, join, limits, write};
use crate::Desk;
use crate::cases::{self, Author, EventKind};
use crate::letters::{AutomaticKind, Letter, Mailbox, ReturnPath, Standing};
use crate::mail;
use crate::mail_in::raw::{Extent, RawMail, Reason, State};
use crate::mail_in::rows::raw::{self as rows, Settled};
use crate::mail_in::rows::{self as all_rows, senders};
use crate::mail_in::senders::Rule;
use crate::mail_in::token::TokenKind;

/// The same mail that comes by another door within this time is not filed twice.
const SAME_WITHIN: SignedDuration = SignedDuration::from_hours(24);

/// How a mail is to be filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::mail_in) enum Ask {
    /// As the rules say.
    First,
    /// Staff have looked at it: nothing holds it back.
    Released(String),
    /// Staff have looked at it, and this is its case.
    Into(CaseId, String),
}

/// Who wrote a mail.
pub(super) struct Sender {
    /// In small letters.
    pub(super) address: String,
    pub(super) domain: String,
    pub(super) name: Option<String>,
}

impl Sender {
    fn of(letter: &Letter) -> Option<Sender> {
        Sender::named(letter.sender.as_ref()?)
    }

    /// Somebody with an address that can be answered.
    pub(super) fn named(found: &Mailbox) -> Option<Sender> {
        if !found.is_valid() {
            return None;
        }
        let name = Some(found.name.trim().to_owned()).filter(|name| !name.is_empty());
        Some(Sender { address: found.key(), domain: found.domain(), name })
    }
}

/// Files a mail.
pub(super) async fn settle(
    tx: &mut Tx,
    desk: &Desk,
    (raw, letter): (&RawMail, &Letter),
    ask: &Ask,
) -> Result<Filed, Stop> {
    let env = &desk.billing.env;
    let sender = Sender::of(letter);
    let mut settled = known(letter, sender.as_ref());
    if let Some(state) = already(tx, env, raw, &settled).await? {
        return ends(tx, env, raw, settled, state).await;
    }
    let own = letter.own.is_some() && is_ours(tx, letter).await?;
    if own {
        return ends(tx, env, raw, settled, State::Own).await;
    }
    let (vault, mail_in) = (&desk.identity.vault, &desk.settings.mail_in);
    let found = evidence::find(tx, vault, mail_in, (raw, letter), env.now()).await?;
    settled.proposed = found.as_ref().map(|place| place.case.id.to_string());
    if let Some(report) = &letter.bounce {
        return bounce::settle(tx, desk, (raw, letter), report, settled).await;
    }
    let Some(sender) = sender else {
        return quarantine(tx, env, raw, settled, Reason::NoSender).await;
    };
    let found = match found {
        None => foreign::find(tx, (letter, &sender)).await?,
        found => found,
    };
    settled.proposed = found.as_ref().map(|place| place.case.id.to_string());
    let place = match &found {
        Some(place) => join::admitted(tx, desk, place, (letter, &sender)).await?,
        None => join::Admitted::Stranger,
    };
    if *ask == Ask::First {
        let held = held(tx, desk, (raw, letter), &sender, (found.as_ref(), &place)).await?;
        if let Some(reason) = held {
            return hold(tx, desk, (raw, letter, &sender), (settled, reason), found).await;
        }
    }
    let written = write::write(tx, desk, (raw, letter, &sender), (ask, found, place)).await?;
    foreign::remember(tx, env, (letter, &sender), &written).await?;
    settled.case = Some(written.case.id.to_string());
    settled.message = Some(written.message.to_string());
    settled.by = by(ask);
    settled.state = State::Filed;
    rows::settle(tx, raw.id, &settled, env.now()).await?;
    counted("filed");
    if written.opened && *ask == Ask::First {
        let pair = (&written.case, &written.address);
        acknowledge::acknowledge(tx, desk, pair, against(raw, letter)).await?;
    }
    Ok(Filed::Case(written.case.id, written.message))
}

/// What is written down of a mail whatever becomes of it.
fn known(letter: &Letter, sender: Option<&Sender>) -> Settled {
    let short = |text: &str, most: usize| -> String {
        text.chars().filter(|one| !one.is_control()).take(most).collect()
    };
    // Some programs use one Message-ID for many mails: only the same words are the same mail.
    let address = sender.map(|one| one.address.as_str()).unwrap_or_default();
    let text = Sha256::new()
        .chain_update(&letter.message_id)
        .chain_update([0])
        .chain_update(address)
        .chain_update([0])
        .chain_update(&letter.text);
    Settled {
        sender: sender.map(|one| short(&one.address, 320)),
        domain: sender.map(|one| short(&one.domain, 255)),
        subject: Some(crate::mask::cards(&short(&letter.subject, 250)).into_owned()),
        mail_id: Some(hex::encode(text.finalize())),
        ..Settled::bare(State::Waiting)
    }
}

/// Where a mail stands that needs no filing: somebody was faster, or the same came before.
async fn already(
    tx: &mut Tx,
    env: &Env,
    raw: &RawMail,
    settled: &Settled,
) -> Result<Option<State>, Stop> {
    let now = rows::find(tx, raw.id).await?;
    if let Some(now) = now.filter(|now| now.state != State::Waiting) {
        return Ok(Some(now.state));
    }
    let since = env.now() - SAME_WITHIN;
    let Some(mail_id) = &settled.mail_id else { return Ok(None) };
    let same = rows::same(tx, mail_id, raw.id, since).await?;
    Ok(same.map(|_| State::Twice))
}

/// Whether a mail that claims to be one of ours is one: we remember its Message-ID.
async fn is_ours(tx: &mut Tx, letter: &Letter) -> Result<bool, Stop> {
    let id = std::slice::from_ref(&letter.message_id);
    Ok(all_rows::ids::first_of(tx, id).await?.is_some())
}

/// Why a mail is held back for a person, if it is.
async fn held(
    tx: &mut Tx,
    desk: &Desk,
    (raw, letter): (&RawMail, &Letter),
    sender: &Sender,
    (found, place): (Option<&Place>, &join::Admitted),
) -> Result<Option<Reason>, Stop> {
    if raw.extent == Extent::Headers {
        return Ok(Some(Reason::TooLarge));
    }
    let rule = senders::of(tx, &sender.address, &sender.domain).await?;
    if rule == Some(Rule::Block) {
        return Ok(Some(Reason::Blocked));
    }
    let allowed = rule == Some(Rule::Allow);
    match letter.hold.as_ref().map(|hold| hold.code) {
        Some("own_address") => return Ok(Some(Reason::OwnAddress)),
        Some("failed_authentication") => return Ok(Some(Reason::Failed)),
        Some("loop") => return Ok(Some(Reason::Loop)),
        // A processor's or a bank's notice, once staff have said that it is welcome.
        Some("generated") if allowed => {}
        Some("generated") if found.is_none() => return Ok(Some(Reason::Automatic)),
        Some(_) | None => {}
    }
    let automatic = letter.automatic.as_ref().map(|automatic| automatic.kind);
    let by_machine = matches!(
        automatic,
        Some(AutomaticKind::OutOfOffice | AutomaticKind::Receipt | AutomaticKind::Generated)
    );
    let joins = matches!(place, join::Admitted::Writer | join::Admitted::Staff(_));
    if by_machine && !joins && !allowed {
        return Ok(Some(Reason::Automatic));
    }
    let case = found.filter(|_| joins).map(|place| place.case.id);
    let (settings, now) = (&desk.settings.mail_in, desk.billing.env.now());
    let who = (sender.address.as_str(), sender.domain.as_str());
    let lately = limits::count(tx, case, who, settings.domain_hour, now).await?;
    let reason = limits::judged(lately, settings.domain_hour);
    // A full domain is no reason against somebody whose signed word we know.
    let vouched = joins && matches!(found.map(|place| place.by), Some(Evidence::Token(_)));
    Ok(reason.filter(|reason| *reason != Reason::Flood || !(allowed || vouched)))
}

/// Holds a mail back, and does what that takes.
async fn hold(
    tx: &mut Tx,
    desk: &Desk,
    (raw, letter, sender): (&RawMail, &Letter, &Sender),
    (settled, reason): (Settled, Reason),
    found: Option<Place>,
) -> Result<Filed, Stop> {
    let env = &desk.billing.env;
    if reason == Reason::Loop {
        let case = found.map(|place| place.case.id);
        let news = limits::mute(tx, env, case, &sender.address).await?;
        if let (Some(case), true) = (case, news) {
            let body = json!({ "mail": raw.id, "what": "mail_loop", "for": "lead" });
            cases::note(tx, env, case, EventKind::Held, Author::System, body).await?;
        }
    }
    if reason == Reason::TooLarge
        && acknowledge::may_be_told(tx, env, sender, against(raw, letter)).await?
    {
        let language = letter.language.unwrap_or_default();
        mail::too_large(tx, desk, &sender.address, language, &raw.id).await?;
    }
    quarantine(tx, env, raw, settled, reason).await
}

async fn quarantine(
    tx: &mut Tx,
    env: &Env,
    raw: &RawMail,
    settled: Settled,
    reason: Reason,
) -> Result<Filed, Stop> {
    let settled = Settled { state: State::Quarantined, reason: Some(reason), ..settled };
    rows::settle(tx, raw.id, &settled, env.now()).await?;
    counted(reason.as_str());
    Ok(Filed::Quarantined(reason))
}

async fn ends(
    tx: &mut Tx,
    env: &Env,
    raw: &RawMail,
    settled: Settled,
    state: State,
) -> Result<Filed, Stop> {
    rows::settle(tx, raw.id, &Settled { state, ..settled }, env.now()).await?;
    counted(state.as_str());
    Ok(match state {
        State::Own => Filed::Own,
        State::Twice => Filed::Twice,
        state => Filed::Settled(state),
    })
}

/// What the mail itself says against an automatic answer.
fn against(raw: &RawMail, letter: &Letter) -> acknowledge::Mail {
    let null_envelope = raw.envelope_from.as_deref() == Some("");
    acknowledge::Mail {
        silent: letter.silent.is_some(),
        null_path: null_envelope || letter.return_path == ReturnPath::Null,
        failed: letter.verdict.standing == Standing::Failed,
    }
}

fn by(ask: &Ask) -> Option<String> {
    match ask {
        Ask::First => None,
        Ask::Released(by) | Ask::Into(_, by) => Some(by.clone()),
    }
}

/// Whether a token is one that staff answer with.
pub(super) fn is_for_staff(place: &Place) -> bool {
    matches!(place.by, Evidence::Token(token) if token.kind == TokenKind::Staff)
}
