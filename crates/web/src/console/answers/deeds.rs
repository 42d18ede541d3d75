//! What is done with answers: saved in one language, only looked at, retired and brought back.

use std::collections::BTreeMap;

use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use base::id::AnswerId;
use base::{Kind, Language, Refusal, Stop};
use desk::answers::{self, Place, Written};

use super::edit::{Says, Typed, page};
use crate::answer::{Answer, html};
use crate::console::permit::Deed;
use crate::console::shift::Shift;
use crate::guard::Trouble;
use crate::parts::form::{Slip, Slips};

/// `POST /console/answers`: a new one begins in English.
pub(crate) async fn add(shift: Shift, Form(typed): Form<Typed>) -> Answer {
    save_in(shift, None, Language::En, typed).await
}

/// `POST /console/answers/{answer}/{language}`.
pub(crate) async fn save(
    shift: Shift,
    Path((id, language)): Path<(AnswerId, Language)>,
    Form(typed): Form<Typed>,
) -> Answer {
    save_in(shift, Some(id), language, typed).await
}

async fn save_in(shift: Shift, id: Option<AnswerId>, language: Language, typed: Typed) -> Answer {
    shift.must(Deed::EditAnswers)?;
    if typed.deed == "preview" {
        let says = Says { typed: Some(typed), ..Says::default() };
        return html(Language::En, &page(&shift, id, language, says).await?);
    }
    let mut texts = match id {
        Some(id) => {
            let mut reader = shift.house.billing.store.read().await?;
            answers::find(&mut reader, id).await?.ok_or(Trouble::NotFound)?.texts
        }
        None => BTreeMap::new(),
    };
    texts.insert(language, typed.text.clone());
    let written = match Written::checked(&typed.key, &typed.title, texts) {
        Ok(written) => written,
        Err(refusal) => return refused(&shift, id, language, typed, &refusal).await,
    };
    let (env, by, version) = (&shift.house.billing.env, shift.staff.id, typed.version);
    let saved = store::write!(shift.house.billing.store, |tx| {
        match id {
            Some(id) => answers::change(tx, env, id, version, written.clone(), by).await,
            None => answers::add(tx, env, written.clone(), Some(by)).await,
        }
    });
    match saved {
        Ok(answer) => {
            let to = format!("/console/answers/{}?language={language}&done=saved", answer.id);
            Ok(Redirect::to(&to).into_response())
        }
        Err(Stop::Refused(refusal)) if refusal.kind != Kind::NotFound => {
            refused(&shift, id, language, typed, &refusal).await
        }
        Err(stop) => Err(stop.into()),
    }
}

/// The page with what was typed, and why it could not be kept.
async fn refused(
    shift: &Shift,
    id: Option<AnswerId>,
    language: Language,
    typed: Typed,
    refusal: &Refusal,
) -> Answer {
    let field = match refusal.param.as_deref() {
        Some("key") => "key",
        Some("title") => "title",
        Some(_) | None => "texts",
    };
    let mut sentence = refusal.detail.to_string();
    if let (true, Some(word)) =
        (refusal.code == answers::BAD_PLACE.code, Place::unknown_in(&typed.text))
    {
        sentence = format!("{{{word}}} is not a place that can be filled in");
    }
    let changed = refusal.code == answers::CHANGED.code;
    let slips = Slips(vec![Slip { field, sentence }]);
    let says = Says { typed: Some(typed), slips, changed, done: None };
    let mut response = html(Language::En, &page(shift, id, language, says).await?)?;
    let conflict = refusal.kind == Kind::Conflict;
    *response.status_mut() =
        if conflict { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(response)
}

/// `POST /console/answers/{answer}/retire`.
pub(crate) async fn retire(shift: Shift, Path(id): Path<AnswerId>) -> Answer {
    shift.must(Deed::EditAnswers)?;
    let (env, by) = (&shift.house.billing.env, shift.staff.id);
    store::write!(shift.house.billing.store, |tx| answers::retire(tx, env, id, by).await)?;
    Ok(Redirect::to(&format!("/console/answers/{id}?done=retired")).into_response())
}

/// `POST /console/answers/{answer}/bring-back`.
pub(crate) async fn bring_back(shift: Shift, Path(id): Path<AnswerId>) -> Answer {
    shift.must(Deed::EditAnswers)?;
    let (env, by) = (&shift.house.billing.env, shift.staff.id);
    store::write!(shift.house.billing.store, |tx| answers::bring_back(tx, env, id, by).await)?;
    Ok(Redirect::to(&format!("/console/answers/{id}?done=back")).into_response())
}
