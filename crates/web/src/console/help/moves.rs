//! The way of a text: editors send it to review, those who may publish it let it out or archive it.

use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use base::id::ArticleId;
use base::{Language, Stop, Timestamp};
use desk::help::{self, Move};
use serde::Deserialize;

use super::article::{Says, page};
use crate::answer::{Answer, html};
use crate::console::permit::Deed;
use crate::console::shift::Shift;

#[derive(Deserialize)]
pub(crate) struct Wanted {
    step: Step,
    /// `2026-11-22T09:30`, in UTC.
    #[serde(default)]
    at: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Step {
    Review,
    Draft,
    Publish,
    PublishAt,
    Archive,
}

impl Step {
    const fn needs(self) -> Deed {
        match self {
            Step::Review | Step::Draft => Deed::EditHelp,
            Step::Publish | Step::PublishAt | Step::Archive => Deed::PublishHelp,
        }
    }
}

impl Wanted {
    fn step(&self) -> Option<Move> {
        match self.step {
            Step::Review => Some(Move::SendToReview),
            Step::Draft => Some(Move::BackToDraft),
            Step::Publish => Some(Move::Publish),
            Step::Archive => Some(Move::Archive),
            Step::PublishAt => {
                let at = format!("{}:00Z", self.at.trim().chars().take(16).collect::<String>());
                at.parse::<Timestamp>().ok().map(Move::PublishAt)
            }
        }
    }
}

/// `POST /console/help/{article}/{language}/move`.
pub(crate) async fn go(
    shift: Shift,
    Path((id, language)): Path<(ArticleId, Language)>,
    Form(wanted): Form<Wanted>,
) -> Answer {
    shift.must(wanted.step.needs())?;
    let (env, by) = (&shift.house.billing.env, shift.actor());
    let wrong = match wanted.step() {
        None => "choose a day and a time".to_owned(),
        Some(step) => {
            let moved = store::write!(shift.house.billing.store, |tx| {
                help::change_state(tx, env, (id, language), step, by).await
            });
            match moved {
                Ok(text) => {
                    tracing::info!(article = %id, %language, state = %text.state, %by, "moved");
                    let to = format!("/console/help/{id}?language={language}&done=moved");
                    return Ok(Redirect::to(&to).into_response());
                }
                Err(Stop::Refused(no)) if no.kind != base::Kind::NotFound => no.detail.into_owned(),
                Err(stop) => return Err(stop.into()),
            }
        }
    };
    let says = Says { wrong: Some(wrong), ..Says::default() };
    let mut response = html(Language::En, &page(&shift, id, language, says).await?)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}
