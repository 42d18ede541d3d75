//! What staff do about an account: try it without moving money, and switch it.

use askama::Template;
use axum::extract::{Form, Path, Query};
use axum::response::{IntoResponse, Redirect};
use base::{Language, Stop};
use billing::AccountStatus;
use billing::routing;
use serde::Deserialize;

use super::show;
use crate::answer::{Answer, html};
use crate::console::permit::Deed;
use crate::console::shift::Shift;
use crate::guard::Trouble;
use crate::layout::ConsoleFrame;

/// A second look before an account is switched.
#[derive(Template)]
#[template(path = "console/processors/switch.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) account: String,
    pub(crate) house: String,
    /// How it stands now.
    pub(crate) now: AccountStatus,
    /// The word it is switched to.
    pub(crate) to: String,
    /// What that means.
    pub(crate) meaning: &'static str,
    pub(crate) why: String,
    pub(crate) slip: Option<String>,
}

#[derive(Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    to: String,
    #[serde(default)]
    why: String,
}

/// The word for "as the configuration says".
const AS_CONFIGURED: &str = "configured";

/// `POST /console/processors/{account}/check`.
pub(crate) async fn check(shift: Shift, Path(key): Path<String>) -> Answer {
    shift.must(Deed::AskProcessor)?;
    let account = shift.house.billing.accounts.get(&key).ok_or(Trouble::NotFound)?;
    let findings = account.connector.check(shift.now).await;
    tracing::info!(account = key, actor = %shift.actor(), "staff checked a processor account");
    let page = show::page(&shift, None, Some((key.as_str(), findings))).await?;
    html(Language::En, &page)
}

/// `GET /console/processors/{account}/switch?to=…`.
pub(crate) async fn look(
    shift: Shift,
    Path(key): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    html(Language::En, &page(&shift, &key, wanted, None).await?)
}

/// `POST /console/processors/{account}/switch`.
pub(crate) async fn switch(
    shift: Shift,
    Path(key): Path<String>,
    Form(wanted): Form<Wanted>,
) -> Answer {
    shift.must(Deed::SwitchAccount)?;
    let to = status(&wanted.to)?;
    let billing = &shift.house.billing;
    let (actor, why) = (shift.actor(), wanted.why.clone());
    let done = store::write!(billing.store, |tx| {
        routing::switch(tx, &billing.routes, &key, to, &why, actor).await
    });
    match done {
        Ok(_) => {
            tracing::info!(account = key, to = wanted.to, %actor, "an account was switched");
            Ok(Redirect::to("/console/processors?done=switched").into_response())
        }
        Err(Stop::Refused(refusal)) if refusal.param.is_some() => {
            let slip = Some(format!("Please {}.", refusal.detail));
            html(Language::En, &page(&shift, &key, wanted, slip).await?)
        }
        Err(stop) => Err(stop.into()),
    }
}

async fn page(
    shift: &Shift,
    key: &str,
    wanted: Wanted,
    slip: Option<String>,
) -> Result<Page, Trouble> {
    shift.must(Deed::SwitchAccount)?;
    let billing = &shift.house.billing;
    let account = billing.accounts.get(key).ok_or(Trouble::NotFound)?;
    let to = status(&wanted.to)?;
    let mut reader = billing.store.read().await?;
    let switches = routing::switches(&mut reader).await?;
    let meaning = match to {
        None => "It stands as the configuration says again.",
        Some(AccountStatus::Live) => "New payments may go there.",
        Some(AccountStatus::Drain) => {
            "No new payment goes there. What has begun is finished there, refunds too."
        }
        Some(AccountStatus::Paused) => {
            "No new payment goes there until somebody switches it back. What its house tells us \
             is still heard and booked."
        }
    };
    Ok(Page {
        frame: shift.frame(format!("Switch {key}")),
        account: account.key.clone(),
        house: crate::parts::name_of(account),
        now: routing::effective(account, &switches),
        to: wanted.to,
        meaning,
        why: wanted.why,
        slip,
    })
}

/// The status behind a word; nothing means as configured.
fn status(word: &str) -> Result<Option<AccountStatus>, Trouble> {
    if word == AS_CONFIGURED {
        return Ok(None);
    }
    word.parse().map(Some).map_err(|_| Trouble::NotFound)
}
