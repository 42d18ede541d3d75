//! What editors do: save a text or only look at it, put an article elsewhere, tick off a search.

use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use base::id::ArticleId;
use base::{Language, Refusal, Stop};
use desk::help::{self, Written};
use serde::Deserialize;

use super::article::{Says, TextForm, page};
use super::new::Placed;
use crate::answer::{Answer, html};
use crate::console::permit::Deed;
use crate::console::shift::Shift;

/// `POST /console/help/{article}/{language}`.
pub(crate) async fn save(
    shift: Shift,
    Path((id, language)): Path<(ArticleId, Language)>,
    Form(form): Form<TextForm>,
) -> Answer {
    shift.must(Deed::EditHelp)?;
    if form.deed == "preview" {
        let done = Some("This is only a look: nothing is saved yet.");
        let says = Says { done, form: Some(form), ..Says::default() };
        return html(Language::En, &page(&shift, id, language, says).await?);
    }
    let written = Written::checked(&form.slug, &form.title, &form.summary, &form.body);
    let written = match written {
        Ok(written) => written,
        Err(refusal) => return refused(&shift, id, language, form, &refusal).await,
    };
    let (env, by) = (&shift.house.billing.env, shift.actor());
    let saved = store::write!(shift.house.billing.store, |tx| {
        help::save(tx, env, (id, language), &written, form.seen, by).await
    });
    match saved {
        Ok(_) => {
            let to = format!("/console/help/{id}?language={language}&done=saved");
            Ok(Redirect::to(&to).into_response())
        }
        Err(Stop::Refused(refusal)) if refusal.kind != base::Kind::NotFound => {
            refused(&shift, id, language, form, &refusal).await
        }
        Err(stop) => Err(stop.into()),
    }
}

/// The page with what was typed, and why it could not be kept.
async fn refused(
    shift: &Shift,
    id: ArticleId,
    language: Language,
    form: TextForm,
    refusal: &Refusal,
) -> Answer {
    let wrong = Some(refusal.detail.to_string());
    let says = Says { wrong, form: Some(form), ..Says::default() };
    let mut response = html(Language::En, &page(shift, id, language, says).await?)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// `POST /console/help/{article}/place`: what is live may stand elsewhere afterwards.
pub(crate) async fn place(
    shift: Shift,
    Path(id): Path<ArticleId>,
    Form(placed): Form<Placed>,
) -> Answer {
    shift.must(Deed::PublishHelp)?;
    let kept = match placed.setting() {
        Err(why) => Err(why),
        Ok(setting) => {
            let store = &shift.house.billing.store;
            let (env, by) = (&shift.house.billing.env, shift.actor());
            let kept = store::write!(store, |tx| help::set(tx, env, id, &setting, by).await);
            match kept {
                Err(Stop::Refused(no)) if no.kind != base::Kind::NotFound => {
                    Err(no.detail.into_owned())
                }
                kept => Ok(kept?),
            }
        }
    };
    match kept {
        Ok(_) => Ok(Redirect::to(&format!("/console/help/{id}?done=placed")).into_response()),
        Err(why) => {
            let says = Says { wrong: Some(why), ..Says::default() };
            let mut response = html(Language::En, &page(&shift, id, Language::En, says).await?)?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
    }
}

#[derive(Deserialize)]
pub(crate) struct Missed {
    language: Language,
    words: String,
}

/// `POST /console/help/misses/forget`.
pub(crate) async fn forget(shift: Shift, Form(missed): Form<Missed>) -> Answer {
    shift.must(Deed::EditHelp)?;
    let Missed { language, words } = missed;
    store::write!(shift.house.billing.store, |tx| {
        Ok(help::forget_miss(tx, language, &words).await?)
    })?;
    Ok(Redirect::to("/console/help?done=forgotten").into_response())
}
