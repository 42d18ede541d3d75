//! What a customer does about a case: add, close, withdraw, have it decided one level up, rate,
//! confirm the address. Whatever is done by a mailed link proves the address.

use axum::extract::multipart::Multipart;
use axum::extract::{Form, Path};
use axum::response::{IntoResponse, Redirect};
use base::id::CaseId;
use base::{Env, Secret, Stop};
use desk::cases::{self, Added};
use desk::contact::{self, LONGEST_TEXT, Paper, Said, TOO_LONG};
use serde::Deserialize;
use store::Tx;

use super::seat::Seat;
use super::show::{self, Round, Told};
use crate::answer::Answer;
use crate::customer::contact::files;
use crate::customer::contact::send::{is_too_often, often_sentence};
use crate::customer::contact::sending;
use crate::customer::contact::sheet::Sheet;
use crate::guard::Trouble;
use crate::guard::session::Visit;
use crate::parts::form::Slips;

/// What stands in the small forms.
#[derive(Default, Deserialize)]
pub(crate) struct Small {
    #[serde(default)]
    text: String,
    #[serde(default)]
    score: String,
}

/// `POST /{language}/case/{link}/say`.
pub(crate) async fn say_by_link(
    visit: Visit,
    Path((_, link)): Path<(String, String)>,
    body: Multipart,
) -> Answer {
    match Seat::by_link(&visit, &link).await? {
        Some(seat) => say(&visit, &seat, body).await,
        None => show::gone(&visit),
    }
}

/// `POST /{language}/cases/{case}/say`.
pub(crate) async fn say_by_session(
    visit: Visit,
    Path((_, case)): Path<(String, CaseId)>,
    body: Multipart,
) -> Answer {
    let seat = Seat::by_session(&visit, case).await?;
    say(&visit, &seat, body).await
}

/// `POST /{language}/case/{link}/{deed}`.
pub(crate) async fn by_link(
    visit: Visit,
    Path((_, link, deed)): Path<(String, String, String)>,
    Form(small): Form<Small>,
) -> Answer {
    match Seat::by_link(&visit, &link).await? {
        Some(seat) => go(&visit, &seat, &deed, &small).await,
        None => show::gone(&visit),
    }
}

/// `POST /{language}/cases/{case}/{deed}`.
pub(crate) async fn by_session(
    visit: Visit,
    Path((_, case, deed)): Path<(String, CaseId, String)>,
    Form(small): Form<Small>,
) -> Answer {
    let seat = Seat::by_session(&visit, case).await?;
    go(&visit, &seat, &deed, &small).await
}

async fn say(visit: &Visit, seat: &Seat, body: Multipart) -> Answer {
    let billing = &visit.house.billing;
    let sheet = Sheet::read(body).await;
    let mut slips = Slips::default();
    let admitted =
        contact::admit_more(&visit.house.desk, &sending::from(visit), seat.case.id).await;
    let kept = if is_too_often(&admitted) {
        slips.add("text", often_sentence(visit));
        Vec::new()
    } else {
        admitted?;
        files::keep(visit, &sheet, &mut slips).await?
    };
    let paper = Paper::open(&visit.house.identity.vault, sheet.text("form"));
    let text = sheet.text("text").to_owned();
    if sheet.broken || paper.is_none() {
        slips.add("files", visit.words.text("contact-slip-broken"));
    } else if text.trim().is_empty() && kept.is_empty() && slips.is_empty() {
        slips.add("text", visit.words.text("cases-slip-text-missing"));
    }
    if text.chars().count() > LONGEST_TEXT {
        slips.add("text", too_long(visit));
    }
    let (true, Some(paper)) = (slips.is_empty(), paper.clone()) else {
        let round = Round { slips, text, kept, paper };
        return show::show(visit, seat, &Told::default(), round).await;
    };
    let said = Said {
        form: paper.id,
        text,
        files: kept.iter().map(|kept| kept.file).collect(),
        language: visit.language(),
        proved: seat.proved(),
    };
    let whose = (seat.person, seat.address());
    let done = store::write!(billing.store, |tx| {
        prove(tx, &billing.env, seat).await?;
        let added = contact::say(tx, &billing.env, seat.case.id, whose, &said).await?;
        let link = follow(tx, &billing.env, seat, &added).await?;
        Ok((added, link))
    });
    let (added, link) = done?;
    let rest = match (link, seat.link.is_some()) {
        (Some(link), _) => format!("/case/{}", link.reveal()),
        (None, true) => seat.rest.clone(),
        (None, false) => format!("/cases/{}", added.case.id),
    };
    Ok(Redirect::to(&visit.path(&format!("{rest}?said=added"))).into_response())
}

/// A link to the case that goes on where this one was closed, of the same kind as the one they
/// came by. Where the case was joined with another, the link stays what it is.
async fn follow(
    tx: &mut Tx,
    env: &Env,
    seat: &Seat,
    added: &Added,
) -> Result<Option<Secret>, Stop> {
    let Some(link) = &seat.link else { return Ok(None) };
    if added.case.id == seat.case.id || seat.case.merged_into.is_some() {
        return Ok(None);
    }
    contact::links::again(tx, env, link, added.case.id).await.map(Some)
}

/// Takes what is done by a mailed link as proof of the address.
async fn prove(tx: &mut Tx, env: &Env, seat: &Seat) -> Result<(), Stop> {
    match &seat.link {
        Some(link) => contact::confirm(tx, env, link).await,
        None => Ok(()),
    }
}

async fn go(visit: &Visit, seat: &Seat, deed: &str, small: &Small) -> Answer {
    let (case, person) = (seat.case.id, seat.person);
    let (store, env) = (&visit.house.billing.store, &visit.house.billing.env);
    let score = small.score.parse::<i64>().unwrap_or(0);
    if deed == "rate" && !(1..=5).contains(&score) {
        let mut round = Round::default();
        round.slips.add("score", visit.words.text("cases-slip-score"));
        return show::show(visit, seat, &Told::default(), round).await;
    }
    let done = store::write!(store, |tx| {
        prove(tx, env, seat).await?;
        match deed {
            "confirm" => return Ok("confirmed"),
            "close" => contact::close(tx, env, case, person).await.map(|_| "closed"),
            "withdraw" => contact::withdraw(tx, env, case, person).await.map(|_| "withdrawn"),
            "escalate" => {
                let done = contact::escalate(tx, env, case, person, &small.text).await;
                done.map(|_| "escalated")
            }
            "rate" => {
                let said = (score, small.text.as_str());
                contact::rate(tx, env, case, person, said).await.map(|_| "rated")
            }
            _ => Err(cases::UNKNOWN.into()),
        }
    });
    let said = match done {
        Ok(said) => said,
        Err(Stop::Refused(refusal)) if refusal.code == cases::UNKNOWN.code => {
            return Err(Trouble::NotFound);
        }
        Err(Stop::Refused(refusal)) if refusal.code == TOO_LONG.code => {
            let mut round = Round::default();
            round.slips.add("text", too_long(visit));
            return show::show(visit, seat, &Told::default(), round).await;
        }
        // The page may have lain open while staff went on.
        Err(Stop::Refused(_)) => "refused",
        Err(Stop::Fault(fault)) => return Err(fault.into()),
    };
    let path = visit.path(&format!("{}?said={said}", seat.rest));
    Ok(Redirect::to(&path).into_response())
}

fn too_long(visit: &Visit) -> String {
    visit.words.text_with("cases-slip-text-long", &[("limit", LONGEST_TEXT.into())])
}
