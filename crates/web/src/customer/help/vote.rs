//! "Did this help": a reader's voice, one a day for each article.

use axum::extract::{Form, Path};
use axum::response::{IntoResponse, Redirect};
use desk::help::{self, Voice};
use desk::people::Audience;
use serde::Deserialize;

use crate::answer::Answer;
use crate::guard::cookies::Keep;
use crate::guard::session::Visit;
use crate::guard::{Room, Trouble, network};

#[derive(Deserialize)]
pub(crate) struct Said {
    helped: Helped,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Helped {
    Yes,
    No,
}

/// `POST /{language}/help/{door}/{category}/{slug}/vote`.
pub(crate) async fn say(
    visit: Visit,
    Path((_, door, _, slug)): Path<(String, String, String, String)>,
    Form(said): Form<Said>,
) -> Answer {
    let house = &visit.house;
    house.limits.count(Room::Help, visit.address.0, visit.now)?;
    let door: Audience = door.parse().map_err(|_| Trouble::NotFound)?;
    let store = &house.billing.store;
    let mut reader = store.read().await?;
    let reading = help::read(&mut reader, door, visit.language(), &slug).await?;
    drop(reader);
    let entry = reading.ok_or(Trouble::NotFound)?.entry;
    let (voice, word) = match said.helped {
        Helped::Yes => (Voice::Helped, "yes"),
        Helped::No => (Voice::DidNot, "no"),
    };
    // No cookie is set for this: whoever has none of ours is counted by their network.
    let visitor = visit.kept(Keep::Device).unwrap_or_else(|| network(visit.address.0));
    let (env, vault) = (&house.billing.env, &house.identity.vault);
    store::write!(store, |tx| {
        let text = (entry.article, entry.language);
        Ok(help::vote(tx, env, vault, text, &visitor, voice).await?)
    })?;
    let back = visit.path(&format!("/help{}?voted={word}#voice", entry.path));
    Ok(Redirect::to(&back).into_response())
}
