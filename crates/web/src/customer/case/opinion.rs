//! The page behind the two links of the mail that asks how we did. Opening it says nothing yet:
//! programs that read mail open links too. One press does, then there is room for words.

use askama::Template;
use axum::extract::{Form, Path, Query};
use axum::response::{IntoResponse, Redirect};
use base::Stop;
use desk::contact::{self, Rating};
use serde::Deserialize;

use super::seat::Seat;
use super::show;
use crate::answer::{Answer, html};
use crate::guard::session::Visit;
use crate::layout::{Frame, Place};

/// What the two buttons mean on the scale of ratings.
const GOOD: i64 = 5;
const BAD: i64 = 1;

/// The page.
#[derive(Template)]
#[template(path = "customer/case/opinion.html")]
struct Page {
    frame: Frame,
    lead: String,
    /// The case is being worked on again.
    open: bool,
    rating: Option<Rating>,
    /// What the link said: it stands first, and is not counted yet.
    first: [Button; 2],
    /// The words have arrived.
    kept: bool,
    /// They want to say something else than before.
    again: bool,
    here: String,
    case: String,
}

impl Page {
    fn is_good(&self) -> bool {
        self.rating.as_ref().is_some_and(|rating| rating.score >= 4)
    }

    fn said(&self) -> &str {
        self.rating.as_ref().and_then(|rating| rating.said.as_deref()).unwrap_or_default()
    }
}

/// One press.
#[derive(Clone, Copy)]
struct Button {
    score: i64,
    text: &'static str,
    icon: &'static str,
}

const BUTTONS: [Button; 2] = [
    Button { score: GOOD, text: "surveys-good", icon: "check" },
    Button { score: BAD, text: "surveys-bad", icon: "cross" },
];

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    said: String,
    done: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Press {
    score: String,
    text: String,
}

/// `GET /{language}/case/{link}/opinion`.
pub(crate) async fn show(
    visit: Visit,
    Path((_, link)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let Some(seat) = Seat::by_link(&visit, &link).await? else { return show::gone(&visit) };
    let mut reader = visit.house.billing.store.read().await?;
    let rating = contact::rating_of(&mut reader, seat.case.id).await?;
    drop(reader);
    let [good, bad] = BUTTONS;
    let reference = seat.case.reference.as_str();
    let title = visit.words.text("surveys-title");
    let page = Page {
        frame: visit.frame(title.into_owned(), Place::Elsewhere).at("/", None),
        lead: visit.words.text_with("surveys-lead", &[("reference", reference.into())]),
        open: seat.case.state.is_open(),
        rating,
        first: if asked.said == "bad" { [bad, good] } else { [good, bad] },
        kept: asked.done == "kept",
        again: asked.done == "again",
        here: visit.path(&format!("{}/opinion", seat.rest)),
        case: visit.path(&seat.rest),
    };
    html(visit.language(), &page)
}

/// `POST /{language}/case/{link}/opinion`: a press, or the words behind it.
pub(crate) async fn say(
    visit: Visit,
    Path((_, link)): Path<(String, String)>,
    Form(press): Form<Press>,
) -> Answer {
    let Some(seat) = Seat::by_link(&visit, &link).await? else { return show::gone(&visit) };
    let score = press.score.parse().unwrap_or(0);
    // What is too long is cut: nobody loses what they wrote over a limit they were not told of.
    let text: String = press.text.chars().take(contact::LONGEST_TEXT).collect();
    let (env, case, person) = (&visit.house.billing.env, seat.case.id, seat.person);
    let done = store::write!(visit.house.billing.store, |tx| {
        if let Some(opened) = &seat.link {
            contact::confirm(tx, env, opened).await?;
        }
        contact::rate(tx, env, case, person, (score, &text)).await
    });
    let done = match done {
        Ok(rating) => {
            if rating.said.is_some() {
                "kept"
            } else {
                "said"
            }
        }
        Err(Stop::Refused(_)) => "refused",
        Err(fault) => return Err(fault.into()),
    };
    let path = visit.path(&format!("{}/opinion?done={done}", seat.rest));
    Ok(Redirect::to(&path).into_response())
}
