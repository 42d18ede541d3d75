//! Adding people, and changing what they may do.

use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use base::id::StaffId;
use base::{Language, Stop};
use identity::staff::{self, Changes, NewStaff, Role};
use serde::Deserialize;

use super::show::{Written, page, shown};
use crate::answer::{Answer, html};
use crate::console::permit::Deed;
use crate::console::shift::Shift;
use crate::guard::Trouble;

/// `POST /console/people`.
pub(crate) async fn add(shift: Shift, Form(written): Form<Written>) -> Answer {
    shift.must(Deed::ManagePeople)?;
    let form = staff::Form {
        email: written.email.clone(),
        name: written.name.clone(),
        role: written.role.clone(),
    };
    let env = &shift.house.billing.env;
    let added = match NewStaff::checked(&form) {
        Ok(new) => store::write!(shift.house.billing.store, |tx| {
            staff::add(tx, env, new.clone()).await
        }),
        Err(refusal) => Err(refusal.into()),
    };
    match added {
        Ok((person, secret)) => {
            tracing::info!(staff = %person.id, actor = %shift.actor(), "somebody joined the staff");
            let link = shown(&shift, &person.name, &secret);
            html(Language::En, &page(&shift, Some(link), None, Written::default()).await?)
        }
        Err(stop) => refused(&shift, stop, written).await,
    }
}

/// `POST /console/people/{staff}/link`.
pub(crate) async fn new_link(shift: Shift, Path(id): Path<StaffId>) -> Answer {
    shift.must(Deed::ManagePeople)?;
    let (store, env) = (&shift.house.billing.store, &shift.house.billing.env);
    let person = staff::find(&mut store.read().await?, id).await?.ok_or(Trouble::NotFound)?;
    let secret = store::write!(store, |tx| staff::make_link(tx, env, id).await)?;
    let link = shown(&shift, &person.name, &secret);
    html(Language::En, &page(&shift, Some(link), None, Written::default()).await?)
}

#[derive(Deserialize)]
pub(crate) struct NewRole {
    role: Role,
}

/// `POST /console/people/{staff}/role`.
pub(crate) async fn change_role(
    shift: Shift,
    Path(id): Path<StaffId>,
    Form(new): Form<NewRole>,
) -> Answer {
    shift.must(Deed::ManagePeople)?;
    let changed = store::write!(shift.house.billing.store, |tx| {
        let changes = Changes { role: Some(new.role), ..Changes::default() };
        staff::change(tx, id, changes).await.map(|_| ())
    });
    settled(&shift, id, changed).await
}

/// `POST /console/people/{staff}/disable`: every session of theirs ends too.
pub(crate) async fn disable(shift: Shift, Path(id): Path<StaffId>) -> Answer {
    shift.must(Deed::ManagePeople)?;
    let env = &shift.house.billing.env;
    let changed = store::write!(shift.house.billing.store, |tx| {
        staff::disable(tx, env, id).await.map(|_| ())
    });
    settled(&shift, id, changed).await
}

/// `POST /console/people/{staff}/enable`.
pub(crate) async fn enable(shift: Shift, Path(id): Path<StaffId>) -> Answer {
    shift.must(Deed::ManagePeople)?;
    let changed =
        store::write!(shift.house.billing.store, |tx| staff::enable(tx, id).await.map(|_| ()));
    settled(&shift, id, changed).await
}

/// `POST /console/people/{staff}/forget-codes`: for whoever has lost phone and recovery codes.
pub(crate) async fn forget_codes(shift: Shift, Path(id): Path<StaffId>) -> Answer {
    shift.must(Deed::ManagePeople)?;
    let changed = store::write!(shift.house.billing.store, |tx| staff::forget_totp(tx, id).await);
    settled(&shift, id, changed).await
}

async fn settled(shift: &Shift, id: StaffId, changed: Result<(), Stop>) -> Answer {
    match changed {
        Ok(()) => {
            tracing::info!(staff = %id, actor = %shift.actor(), "a member of staff was changed");
            Ok(Redirect::to("/console/people").into_response())
        }
        Err(stop) => refused(shift, stop, Written::default()).await,
    }
}

async fn refused(shift: &Shift, stop: Stop, written: Written) -> Answer {
    let Stop::Refused(refusal) = stop else { return Err(stop.into()) };
    let slip = format!("That was refused: {}.", refusal.detail);
    let mut response: Response =
        html(Language::En, &page(shift, None, Some(slip), written).await?)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}
