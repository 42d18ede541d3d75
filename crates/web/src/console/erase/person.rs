//! One person who is to be forgotten: what goes, what stays and why, and how far it has come.

use askama::Template;
use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use base::id::{CustomerId, ErasureId, PersonId};
use base::{Language, Stop};
use desk::people::{self, Person};
use desk::retention::{self, Erasure, ErasureState, Plan};
use serde::Deserialize;

use crate::answer::{Answer, html};
use crate::console::permit::Deed;
use crate::console::shift::Shift;
use crate::guard::Trouble;
use crate::layout::ConsoleFrame;

/// The look before, and the result after.
#[derive(Template)]
#[template(path = "console/erase/person.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) person: Person,
    pub(crate) plan: Plan,
    pub(crate) erasure: Option<Erasure>,
    /// Why nothing can be asked for, if so.
    pub(crate) no: Option<&'static str>,
    pub(crate) why: String,
    /// What was refused.
    pub(crate) slip: Option<String>,
}

/// What was written.
#[derive(Default, Deserialize)]
pub(crate) struct Written {
    #[serde(default)]
    why: String,
    #[serde(default)]
    sure: String,
}

/// `GET /console/erasures/person/{person}`.
pub(crate) async fn show(shift: Shift, Path(id): Path<PersonId>) -> Answer {
    shift.must(Deed::Hold)?;
    html(Language::En, &page(&shift, id, String::new(), None).await?)
}

/// `POST /console/erasures/person/{person}`.
pub(crate) async fn ask(
    shift: Shift,
    Path(id): Path<PersonId>,
    Form(written): Form<Written>,
) -> Answer {
    shift.must(Deed::Erase)?;
    if written.sure.is_empty() {
        let slip = "Tick the box: what is gone cannot be brought back.".to_owned();
        return refused(&shift, id, written, slip).await;
    }
    let env = &shift.house.billing.env;
    let (by, why) = (shift.actor(), written.why.as_str());
    let asked = store::write!(shift.house.billing.store, |tx| {
        retention::ask(tx, env, id, (by, why)).await
    });
    match asked {
        Ok(_) => Ok(back(id)),
        Err(Stop::Refused(refusal)) => {
            let slip = format!("Refused: {}.", refusal.detail);
            refused(&shift, id, written, slip).await
        }
        Err(fault) => Err(fault.into()),
    }
}

/// `POST /console/erasures/{erasure}/withdraw`.
pub(crate) async fn withdraw(shift: Shift, Path(id): Path<ErasureId>) -> Answer {
    shift.must(Deed::Erase)?;
    let (store, env) = (&shift.house.billing.store, &shift.house.billing.env);
    let found = retention::find(&mut store.read().await?, id).await?.ok_or(Trouble::NotFound)?;
    let by = shift.actor();
    match store::write!(store, |tx| retention::withdraw(tx, env, id, by).await) {
        // It was done meanwhile: the page says so.
        Ok(()) | Err(Stop::Refused(_)) => Ok(back(found.person)),
        Err(fault) => Err(fault.into()),
    }
}

/// `POST /console/erasures/customer/{customer}`: the desk may not know a customer yet.
pub(crate) async fn of_customer(shift: Shift, Path(id): Path<CustomerId>) -> Answer {
    shift.must(Deed::Erase)?;
    let env = &shift.house.billing.env;
    let person =
        store::write!(shift.house.billing.store, |tx| people::of_customer(tx, env, id).await)?;
    Ok(back(person.id))
}

async fn refused(shift: &Shift, id: PersonId, written: Written, slip: String) -> Answer {
    let page = page(shift, id, written.why, Some(slip)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(Language::En, &page)?).into_response())
}

async fn page(
    shift: &Shift,
    id: PersonId,
    why: String,
    slip: Option<String>,
) -> Result<Page, Trouble> {
    let mut reader = shift.house.billing.store.read().await?;
    let person = people::find(&mut reader, id).await?.ok_or(Trouble::NotFound)?;
    let plan = retention::plan(&mut reader, id, shift.now).await?.ok_or(Trouble::NotFound)?;
    let erasure = retention::latest_of(&mut reader, id).await?;
    drop(reader);
    let house = "This is the house itself: nobody is behind it.";
    let no = plan.is_the_house.then_some(house).or_else(|| shift.no(Deed::Erase));
    Ok(Page { frame: shift.frame("Forget a person"), person, plan, erasure, no, why, slip })
}

fn back(person: PersonId) -> Response {
    Redirect::to(&format!("/console/erasures/person/{person}")).into_response()
}

impl Page {
    /// Whether a request is under way.
    pub(crate) fn is_under_way(&self) -> bool {
        self.erasure.as_ref().is_some_and(|one| one.state != ErasureState::Done)
    }
}
