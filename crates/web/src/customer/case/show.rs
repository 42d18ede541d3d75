//! The page of one case.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use base::Timestamp;
use base::id::CaseId;
use desk::cases::{self, Third};
use desk::contact::{self, Next, Paper, Rating, Rise, Stage, Standing};
use serde::Deserialize;
use store::Reads;
use words::Words;

use super::lines::{self, Back, Said};
use super::seat::Seat;
use super::sentence::Dated;
use crate::answer::{Answer, html};
use crate::customer::contact::files::Kept;
use crate::customer::contact::suggest::{self, Hint};
use crate::guard::Trouble;
use crate::guard::session::Visit;
use crate::layout::{Frame, Place};
use crate::parts::form::Slips;

/// The page.
#[derive(Template)]
#[template(path = "customer/case/show.html")]
pub(crate) struct Page {
    pub(crate) frame: Frame,
    pub(crate) reference: String,
    pub(crate) state: State,
    /// What happens now: a sentence, or one with a time.
    pub(crate) now: String,
    pub(crate) now_dated: Option<Dated>,
    pub(crate) next: Option<String>,
    pub(crate) next_dated: Option<Dated>,
    pub(crate) said: Said,
    /// What has just been done.
    pub(crate) done: Option<String>,
    /// The case is new: what to keep.
    pub(crate) sent: bool,
    pub(crate) by_link: bool,
    /// The case was joined with another one, and is answered there.
    pub(crate) joined: Joined,
    pub(crate) hints: Vec<Hint>,
    pub(crate) wants_proof: bool,
    pub(crate) rise: RiseShown,
    pub(crate) open: bool,
    pub(crate) closed: bool,
    pub(crate) rating: Option<Rating>,
    /// The path of the page.
    pub(crate) here: String,
    pub(crate) paper: String,
    pub(crate) slips: Slips,
    pub(crate) text: String,
    pub(crate) kept: Vec<Kept>,
    pub(crate) signed_in: bool,
}

impl Page {
    /// Whether there is a page where it goes on, and nothing is added here.
    fn goes_on_elsewhere(&self) -> bool {
        matches!(self.joined, Joined::There(_))
    }
}

/// A state with its word and its icon.
pub(crate) struct State {
    pub(crate) name: String,
    pub(crate) icon: &'static str,
    pub(crate) look: &'static str,
}

/// Where a case goes on that was joined with another one.
pub(crate) enum Joined {
    /// It was not.
    No,
    /// On this page.
    There(String),
    /// In another case, whose answers come by mail.
    ByMail,
}

/// Whether it may go one level up, in words.
pub(crate) enum RiseShown {
    /// It may: who decides by when.
    Now(Dated),
    /// It may not yet: from when.
    Later(Dated),
    /// It may not any more.
    NoMore,
    /// There is nothing to decide.
    Nothing,
}

/// What the address of the page carries.
#[derive(Default, Deserialize)]
pub(crate) struct Told {
    #[serde(default)]
    said: String,
    #[serde(default)]
    all: String,
}

/// What was written and must be put right.
#[derive(Default)]
pub(crate) struct Round {
    pub(crate) slips: Slips,
    pub(crate) text: String,
    pub(crate) kept: Vec<Kept>,
    pub(crate) paper: Option<Paper>,
}

/// The link opens nothing.
#[derive(Template)]
#[template(path = "customer/case/gone.html")]
pub(crate) struct Gone {
    pub(crate) frame: Frame,
}

/// `GET /{language}/case/{link}`.
pub(crate) async fn by_link(
    visit: Visit,
    Path((_, link)): Path<(String, String)>,
    Query(told): Query<Told>,
) -> Answer {
    match Seat::by_link(&visit, &link).await? {
        Some(seat) => show(&visit, &seat, &told, Round::default()).await,
        None => gone(&visit),
    }
}

/// `GET /{language}/cases/{case}`.
pub(crate) async fn by_session(
    visit: Visit,
    Path((_, case)): Path<(String, CaseId)>,
    Query(told): Query<Told>,
) -> Answer {
    let seat = match Seat::by_session(&visit, case).await {
        Err(Trouble::NotFound) => return moved(&visit, case).await,
        seat => seat?,
    };
    show(&visit, &seat, &told, Round::default()).await
}

/// To the case that this one was joined with, if that is theirs: what was said stands there.
async fn moved(visit: &Visit, case: CaseId) -> Answer {
    let customer = visit.customer()?.customer.id;
    let mut reader = visit.house.billing.store.read().await?;
    let old = cases::find(&mut reader, case).await?.ok_or(Trouble::NotFound)?;
    let into = old.merged_into.ok_or(Trouble::NotFound)?;
    let own = contact::own_case(&mut reader, customer, into).await?.ok_or(Trouble::NotFound)?;
    Ok(Redirect::to(&visit.path(&format!("/cases/{}", own.id))).into_response())
}

/// The page about a link that opens nothing.
pub(super) fn gone(visit: &Visit) -> Answer {
    let title = visit.words.text("cases-link-gone");
    let mut response =
        html(visit.language(), &Gone { frame: visit.frame(title, Place::Elsewhere) })?;
    *response.status_mut() = StatusCode::NOT_FOUND;
    Ok(response)
}

/// The page of the case.
pub(super) async fn show(visit: &Visit, seat: &Seat, told: &Told, round: Round) -> Answer {
    let house = &visit.house;
    let back = if told.all.is_empty() { Back::Usual } else { Back::Beginning };
    let said = lines::said(visit, seat, back).await?;
    let mut reader = house.billing.store.read().await?;
    let last = contact::escalation_of(&mut reader, seat.case.id).await?;
    let rating = contact::rating_of(&mut reader, seat.case.id).await?;
    let decided = contact::due(&mut reader, visit.now).await?;
    let joined = joined(&mut reader, visit, seat).await?;
    drop(reader);
    let standing = Standing::of(&seat.case, last.as_ref(), visit.now);
    let sent = told.said == "sent";
    let door = seat.case.audience.as_str();
    let hints =
        if sent { suggest::hints(visit, door, &seat.case.subject).await? } else { Vec::new() };
    let (now, now_dated) = now(visit.words, standing.stage);
    let (next, next_dated) = next(visit.words, standing.next);
    let paper = round.paper.unwrap_or_else(|| Paper::fresh(&house.billing.env));
    let page = Page {
        frame: visit.frame(&seat.case.subject, Place::Elsewhere).with_wrong(&round.slips),
        reference: seat.case.reference.as_str().to_owned(),
        state: state(visit.words, standing.stage),
        now,
        now_dated,
        next,
        next_dated,
        said,
        done: done(visit.words, &told.said),
        sent,
        by_link: seat.link.is_some(),
        joined,
        hints,
        wants_proof: seat.wants_proof(visit).await?,
        rise: rise(visit.words, standing.rise, decided),
        open: seat.case.state.is_open() && seat.case.merged_into.is_none(),
        closed: standing.stage == Stage::Closed,
        rating,
        here: visit.path(&seat.rest),
        paper: paper.seal(&house.billing.env, &house.identity.vault)?,
        slips: round.slips,
        text: round.text,
        kept: round.kept,
        signed_in: visit.signed_in().is_some(),
    };
    html(visit.language(), &page)
}

/// Where the case goes on. Nobody is led to a case that is not theirs to see.
async fn joined(reads: &mut impl Reads, visit: &Visit, seat: &Seat) -> Result<Joined, Trouble> {
    let Some(into) = seat.case.merged_into else { return Ok(Joined::No) };
    let Some(who) = visit.signed_in() else { return Ok(Joined::ByMail) };
    let own = contact::own_case(reads, who.customer.id, into).await?;
    let page = own.map(|own| visit.path(&format!("/cases/{}", own.id)));
    Ok(page.map_or(Joined::ByMail, Joined::There))
}

/// A state's word, icon and look.
pub(crate) fn state(words: Words, stage: Stage) -> State {
    let (name, icon, look) = match stage {
        Stage::Received => (words.text("cases-state-new"), "mail", ""),
        Stage::Work => (words.text("cases-state-open"), "clock", ""),
        Stage::Yours => (words.text("cases-state-yours"), "person", "state-wait"),
        Stage::Third(_) => (words.text("cases-state-third"), "clock", ""),
        Stage::Later(_) => (words.text("cases-state-later"), "clock", ""),
        Stage::Solved => (words.text("cases-state-solved"), "check", "state-good"),
        Stage::Closed | Stage::Joined => (words.text("cases-state-closed"), "lock", ""),
    };
    State { name: name.into_owned(), icon, look }
}

fn now(words: Words, stage: Stage) -> (String, Option<Dated>) {
    let text = match stage {
        Stage::Received => words.text("cases-now-received"),
        Stage::Work => words.text("cases-now-work"),
        Stage::Yours => words.text("cases-now-yours"),
        Stage::Third(Third::Processor) => words.text("cases-now-processor"),
        Stage::Third(Third::Creator) => words.text("cases-now-creator"),
        Stage::Third(Third::Studio) => words.text("cases-now-studio"),
        Stage::Third(Third::Bank) => words.text("cases-now-bank"),
        Stage::Third(Third::Engineering) => words.text("cases-now-technicians"),
        Stage::Later(Some(until)) => {
            return (String::new(), Some(Dated::of(words, "cases-now-later-date", until)));
        }
        Stage::Later(None) => words.text("cases-now-later"),
        Stage::Solved => words.text("cases-now-solved"),
        Stage::Closed => words.text("cases-now-closed"),
        Stage::Joined => words.text("cases-now-joined"),
    };
    (text.into_owned(), None)
}

fn next(words: Words, next: Next) -> (Option<String>, Option<Dated>) {
    let dated = match next {
        Next::Nothing => return (None, None),
        Next::Soon => return (Some(words.text("cases-next-soon").into_owned()), None),
        Next::By(at) => Dated::of(words, "cases-next-due", at),
        Next::Late(at) => Dated::of(words, "cases-next-late", at),
        Next::Lead(at) => Dated::of(words, "cases-next-lead", at),
        Next::Complaints(at) => Dated::of(words, "cases-next-complaints", at),
    };
    (None, Some(dated))
}

fn rise(words: Words, rise: Rise, decided: Timestamp) -> RiseShown {
    match rise {
        Rise::To(1) => RiseShown::Now(Dated::of(words, "cases-escalate-lead", decided)),
        Rise::To(_) => RiseShown::Now(Dated::of(words, "cases-escalate-complaints", decided)),
        Rise::NotBefore(at) => RiseShown::Later(Dated::of(words, "cases-escalate-not-yet", at)),
        Rise::NoMore => RiseShown::NoMore,
        Rise::Nothing => RiseShown::Nothing,
    }
}

/// What has just been done, in words.
fn done(words: Words, said: &str) -> Option<String> {
    let text = match said {
        "added" => words.text("cases-added"),
        "closed" => words.text("cases-closed"),
        "withdrawn" => words.text("cases-withdrawn"),
        "escalated" => words.text("cases-escalated"),
        "confirmed" => words.text("cases-confirmed"),
        "refused" => words.text("cases-refused"),
        _ => return None,
    };
    Some(text.into_owned())
}
