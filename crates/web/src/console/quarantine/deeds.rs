//! What staff do with mail that is held back, one by one or several at once.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use base::id::RawMailId;
use desk::cases::{self, Reference};
use desk::mail_in::{self, Filed};
use serde::Deserialize;

use crate::answer::Answer;
use crate::console::permit::Deed;
use crate::console::shift::Shift;
use crate::guard::Trouble;

/// Mails that are decided about at once.
const MOST: usize = 100;

/// What is done.
#[derive(Clone, Copy)]
enum Wish {
    Release,
    Allow,
    Discard,
    Block,
}

impl Wish {
    fn of(word: &str) -> Result<Wish, Trouble> {
        match word {
            "release" => Ok(Wish::Release),
            "allow" => Ok(Wish::Allow),
            "discard" => Ok(Wish::Discard),
            "block" => Ok(Wish::Block),
            _ => Err(Trouble::NotFound),
        }
    }
}

/// `POST /console/quarantine/{mail}/{deed}`.
pub(crate) async fn one(shift: Shift, Path((id, deed)): Path<(RawMailId, String)>) -> Answer {
    shift.must(Deed::ReleaseMail)?;
    let filed = decided(&shift, id, Wish::of(&deed)?).await?;
    Ok(Redirect::to(&next(filed.as_ref())).into_response())
}

/// `POST /console/quarantine`: the same with every mail that was picked.
pub(crate) async fn several(shift: Shift, Form(fields): Form<Vec<(String, String)>>) -> Answer {
    shift.must(Deed::ReleaseMail)?;
    let wish = fields.iter().find(|(name, _)| name == "deed");
    let wish = Wish::of(wish.map_or("", |(_, word)| word.as_str()))?;
    let picked = fields.iter().filter(|(name, _)| name == "mail").take(MOST);
    for id in picked.filter_map(|(_, id)| id.parse::<RawMailId>().ok()) {
        match decided(&shift, id, wish).await {
            // Somebody else decided meanwhile: that is fine for a list.
            Ok(_) | Err(Trouble::Refused(_) | Trouble::NotFound) => {}
            Err(trouble) => return Err(trouble),
        }
    }
    Ok(Redirect::to("/console/quarantine").into_response())
}

#[derive(Deserialize)]
pub(crate) struct Join {
    reference: String,
}

/// `POST /console/quarantine/{mail}/join`.
pub(crate) async fn join(
    shift: Shift,
    Path(id): Path<RawMailId>,
    Form(asked): Form<Join>,
) -> Answer {
    shift.must(Deed::ReleaseMail)?;
    let reference = Reference::read(&asked.reference).map_err(|_| Trouble::NotFound)?;
    let case = {
        let mut reader = shift.house.billing.store.read().await?;
        let found = cases::find_by_reference(&mut reader, &reference).await?;
        let found = found.ok_or(Trouble::NotFound)?;
        cases::seen(&mut reader, &shift.eyes(), found.id).await?.ok_or(Trouble::NotFound)?
    };
    let filed = mail_in::into_case(&shift.house.desk, id, case.id, shift.staff.id).await?;
    Ok(Redirect::to(&next(Some(&filed))).into_response())
}

async fn decided(shift: &Shift, id: RawMailId, wish: Wish) -> Result<Option<Filed>, Trouble> {
    let (desk, by) = (&shift.house.desk, shift.staff.id);
    let (store, env) = (&desk.billing.store, &desk.billing.env);
    match wish {
        Wish::Release => Ok(Some(mail_in::release(desk, id, by).await?)),
        Wish::Allow => Ok(Some(mail_in::release_and_allow(desk, id, by).await?)),
        Wish::Discard => {
            store::write!(store, |tx| mail_in::discard(tx, env, id, by).await)?;
            Ok(None)
        }
        Wish::Block => {
            store::write!(store, |tx| mail_in::block(tx, env, id, by).await)?;
            Ok(None)
        }
    }
}

/// Where to go on: to the case a mail went to, else to the list.
fn next(filed: Option<&Filed>) -> String {
    match filed {
        Some(Filed::Case(case, _)) => format!("/console/cases/{case}"),
        _ => "/console/quarantine".to_owned(),
    }
}
