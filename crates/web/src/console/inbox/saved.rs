//! Saving and forgetting views.

use axum::extract::{Form, Path};
use axum::response::{IntoResponse, Redirect};
use base::Stop;
use base::id::ViewId;
use desk::inbox::{self, NOT_WANTED, NewView, Wanted, Whom};
use desk::permits::Permit;

use crate::answer::Answer;
use crate::console::shift::Shift;

/// `POST /console/inbox/views`.
pub(crate) async fn save(shift: Shift, Form(fields): Form<Vec<(String, String)>>) -> Answer {
    let (env, owner) = (&shift.house.billing.env, shift.staff.id);
    let mut asked = read(&fields);
    if let Ok(new) = &mut asked {
        // Whoever may not share keeps the view to themselves.
        new.shared &= shift.may(Permit::ShareViews);
    }
    let saved = match asked {
        Ok(new) => store::write!(shift.house.billing.store, |tx| {
            inbox::save(tx, env, owner, new.clone()).await
        }),
        Err(stop) => Err(stop),
    };
    let to = match saved {
        Ok(view) => format!("/console/inbox?view={}&done=saved", view.id),
        Err(Stop::Refused(_)) => "/console/inbox?done=refused".to_owned(),
        Err(fault) => return Err(fault.into()),
    };
    Ok(Redirect::to(&to).into_response())
}

/// `POST /console/inbox/views/{view}/forget`.
pub(crate) async fn forget(shift: Shift, Path(id): Path<ViewId>) -> Answer {
    let owner = shift.staff.id;
    store::write!(shift.house.billing.store, |tx| inbox::forget(tx, id, owner).await)?;
    Ok(Redirect::to("/console/inbox?done=forgotten").into_response())
}

/// A view from the form's fields; a word that means nothing is refused, not passed over.
fn read(fields: &[(String, String)]) -> Result<NewView, Stop> {
    let of = |wanted: &str| {
        let own = fields.iter().find(|(name, _)| name == wanted);
        own.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    };
    let states = fields.iter().filter(|(name, _)| name == "state").map(|(_, state)| state.parse());
    let whose = match of("whose") {
        None => None,
        Some("me") => Some(Whom::Me),
        Some("nobody") => Some(Whom::Nobody),
        Some(id) => Some(Whom::Of(word(Some(id), "whose")?.ok_or(NOT_WANTED)?)),
    };
    Ok(NewView {
        name: of("name").unwrap_or_default().to_owned(),
        shared: of("shared").is_some(),
        wanted: Wanted {
            states: states.collect::<Result<_, _>>().map_err(|_| NOT_WANTED.at("state"))?,
            whose,
            team: word(of("team"), "team")?,
            tag: of("tag").map(str::to_owned),
            origin: word(of("origin"), "origin")?,
            priority: word(of("priority"), "priority")?,
            side: word(of("side"), "side")?,
            due_hours: word(of("due_hours"), "due_hours")?,
        },
    })
}

fn word<T: std::str::FromStr>(text: Option<&str>, field: &'static str) -> Result<Option<T>, Stop> {
    let read = text.map(str::parse).transpose();
    read.map_err(|_| NOT_WANTED.at(field).into())
}
