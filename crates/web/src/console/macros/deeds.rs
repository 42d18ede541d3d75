//! What is done with macros: put together step by step, saved, retired and brought back.

use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use base::id::MacroId;
use base::{Kind, Language, Refusal, Stop};
use desk::macros::{self, Written};

use super::edit::{Says, page};
use super::sheet::Sheet;
use crate::answer::{Answer, html};
use crate::console::permit::Deed;
use crate::console::shift::Shift;
use crate::parts::form::{Slip, Slips};

/// A form as it came: its fields are numbered by step.
type Fields = Vec<(String, String)>;

/// `POST /console/macros`.
pub(crate) async fn add(shift: Shift, Form(fields): Form<Fields>) -> Answer {
    save_as(shift, None, &fields).await
}

/// `POST /console/macros/{macro}`.
pub(crate) async fn save(
    shift: Shift,
    Path(id): Path<MacroId>,
    Form(fields): Form<Fields>,
) -> Answer {
    save_as(shift, Some(id), &fields).await
}

async fn save_as(shift: Shift, id: Option<MacroId>, fields: &[(String, String)]) -> Answer {
    shift.must(Deed::EditAnswers)?;
    let mut sheet = Sheet::read(fields);
    if sheet.turn() {
        let says = Says { sheet: Some(sheet), ..Says::default() };
        return html(Language::En, &page(&shift, id, says).await?);
    }
    let Some(steps) = sheet.steps() else {
        let refusal = macros::BAD_STEPS.because("a step is not complete").at("steps");
        return refused(&shift, id, sheet, &refusal).await;
    };
    let written = match Written::checked(&sheet.name, steps, sheet.offer()) {
        Ok(written) => written,
        Err(refusal) => return refused(&shift, id, sheet, &refusal).await,
    };
    let (env, by, version) = (&shift.house.billing.env, shift.staff.id, sheet.version);
    let saved = store::write!(shift.house.billing.store, |tx| {
        match id {
            Some(id) => macros::change(tx, env, id, version, written.clone(), by).await,
            None => macros::add(tx, env, written.clone(), Some(by)).await,
        }
    });
    match saved {
        Ok(one) => {
            Ok(Redirect::to(&format!("/console/macros/{}?done=saved", one.id)).into_response())
        }
        Err(Stop::Refused(refusal)) if refusal.kind != Kind::NotFound => {
            refused(&shift, id, sheet, &refusal).await
        }
        Err(stop) => Err(stop.into()),
    }
}

/// The page with what was typed, and why it could not be kept.
async fn refused(shift: &Shift, id: Option<MacroId>, sheet: Sheet, refusal: &Refusal) -> Answer {
    let field = if refusal.param.as_deref() == Some("name") { "name" } else { "steps" };
    let mut sentence = refusal.detail.to_string();
    if refusal.code == macros::CHANGED.code {
        sentence.push_str("; open this page again in another window to see it");
    }
    let slips = Slips(vec![Slip { field, sentence }]);
    let says = Says { sheet: Some(sheet), slips, done: None };
    let mut response = html(Language::En, &page(shift, id, says).await?)?;
    let conflict = refusal.kind == Kind::Conflict;
    *response.status_mut() =
        if conflict { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(response)
}

/// `POST /console/macros/{macro}/retire`.
pub(crate) async fn retire(shift: Shift, Path(id): Path<MacroId>) -> Answer {
    shift.must(Deed::EditAnswers)?;
    let (env, by) = (&shift.house.billing.env, shift.staff.id);
    store::write!(shift.house.billing.store, |tx| macros::retire(tx, env, id, by).await)?;
    Ok(Redirect::to(&format!("/console/macros/{id}?done=retired")).into_response())
}

/// `POST /console/macros/{macro}/bring-back`.
pub(crate) async fn bring_back(shift: Shift, Path(id): Path<MacroId>) -> Answer {
    shift.must(Deed::EditAnswers)?;
    let (env, by) = (&shift.house.billing.env, shift.staff.id);
    store::write!(shift.house.billing.store, |tx| macros::bring_back(tx, env, id, by).await)?;
    Ok(Redirect::to(&format!("/console/macros/{id}?done=back")).into_response())
}
