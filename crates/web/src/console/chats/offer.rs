//! The chat that is offered to whoever looks, with the time that is left to take it; and whether
//! any are offered to them.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use base::id::CaseId;
use base::{Fault, Language, Timestamp};
use desk::cases;
use desk::chat::offers::{self, AwayBy, Stands};
use desk::people;
use store::Reads;

use crate::answer::{Answer, html};
use crate::console::shift::Shift;

/// The offer as a part of whatever page of the console is open.
#[derive(Template)]
#[template(path = "console/chats/offer.html")]
pub(crate) struct Offered {
    pub(crate) offer: Option<Ring>,
    pub(crate) away: Option<AwayBy>,
}

/// A chat that is offered.
pub(crate) struct Ring {
    pub(crate) case: CaseId,
    pub(crate) subject: String,
    pub(crate) language: Language,
    pub(crate) who: String,
    /// How many seconds are left.
    pub(crate) seconds: i64,
}

impl Offered {
    /// What is offered to whoever looks.
    pub(super) async fn to(
        shift: &Shift,
        reads: &mut impl Reads,
        now: Timestamp,
    ) -> Result<Offered, Fault> {
        let (offer, stands) = offers::look(reads, shift.staff.id).await?;
        let away = match stands {
            Stands::Away(by) => Some(by),
            Stands::Takes => None,
        };
        let Some(offer) = offer.filter(|offer| offer.until > now) else {
            return Ok(Offered { offer: None, away });
        };
        let Some(case) = cases::seen(reads, &shift.eyes(), offer.case).await? else {
            return Ok(Offered { offer: None, away });
        };
        let person = people::find(reads, case.requester).await?;
        let ring = Ring {
            case: case.id,
            subject: case.subject,
            language: case.language,
            who: person.and_then(|one| one.name).unwrap_or_else(|| "A visitor".to_owned()),
            seconds: offer.until.duration_since(now).as_secs().max(1),
        };
        Ok(Offered { offer: Some(ring), away })
    }
}

/// `GET /console/chats/offer`: the part, or nothing where nothing is offered.
pub(crate) async fn show(shift: Shift) -> Answer {
    let mut reader = shift.house.billing.store.read().await?;
    let offered = Offered::to(&shift, &mut reader, shift.now).await?;
    drop(reader);
    if offered.offer.is_none() {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    html(Language::En, &offered)
}

/// `POST /console/chats/{case}/pass`.
pub(crate) async fn pass(shift: Shift, Path(id): Path<CaseId>) -> Answer {
    offers::pass_on(&shift.house.desk, shift.staff.id, id).await?;
    Ok(Redirect::to("/console/chats").into_response())
}

/// `POST /console/chats/away`.
pub(crate) async fn be_away(shift: Shift) -> Answer {
    offers::be_away(&shift.house.desk, shift.staff.id).await?;
    Ok(Redirect::to("/console/chats").into_response())
}

/// `POST /console/chats/back`.
pub(crate) async fn come_back(shift: Shift) -> Answer {
    offers::come_back(&shift.house.desk, shift.staff.id).await?;
    Ok(Redirect::to("/console/chats").into_response())
}
