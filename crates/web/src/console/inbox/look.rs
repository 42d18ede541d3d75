//! A look at a case beside the list: who, where it stands, and what was said last.

use askama::Template;
use axum::extract::{Path, Query};
use base::Language;
use base::id::CaseId;
use desk::cases::{self, Case, Direction, Message, ThreadKind};
use desk::inbox::Faces;
use serde::Deserialize;
use store::Reads;

use super::row::Row;
use crate::answer::{Answer, html};
use crate::console::shift::Shift;
use crate::guard::Trouble;

/// What the look shows.
pub(crate) struct Look {
    pub(crate) row: Row,
    /// What was said last, the newest first.
    pub(crate) said: Vec<Said>,
    pub(crate) view: String,
}

/// A message in short.
pub(crate) struct Said {
    pub(crate) who: String,
    pub(crate) class: &'static str,
    pub(crate) ago: String,
    pub(crate) message: Message,
}

/// The piece of the page alone.
#[derive(Template)]
#[template(path = "console/inbox/look.html")]
pub(crate) struct Piece {
    pub(crate) look: Look,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    view: String,
}

const MESSAGES: usize = 3;
/// What is older than so many events is not looked at.
const SPAN: i64 = 80;

/// `GET /console/cases/{case}/preview`.
pub(crate) async fn look(
    shift: Shift,
    Path(id): Path<CaseId>,
    Query(asked): Query<Asked>,
) -> Answer {
    let mut reader = shift.house.billing.store.read().await?;
    let case = cases::seen(&mut reader, &shift.eyes(), id).await?.ok_or(Trouble::NotFound)?;
    let look = gather(&shift, &mut reader, case).await?;
    html(Language::En, &Piece { look: Look { view: asked.view, ..look } })
}

/// What the look shows of a case.
pub(super) async fn gather(
    shift: &Shift,
    reads: &mut impl Reads,
    case: Case,
) -> Result<Look, Trouble> {
    let faces = Faces::of(reads, &[case.requester]).await?;
    let threads = [ThreadKind::Customer, ThreadKind::Internal];
    let from = (case.seq - SPAN).max(0);
    let all = cases::messages(reads, case.id, &threads, from, 100).await?;
    let said = all.into_iter().rev().take(MESSAGES).map(|message| Said {
        who: crate::console::case::author(&message.author, &faces),
        class: match message.direction {
            Direction::In => "",
            Direction::Out => "from-us",
            Direction::Note | Direction::System => "in-note",
        },
        ago: crate::console::case::words::ago(&message.created_at, &shift.now),
        message,
    });
    let said = said.collect();
    Ok(Look { row: Row::of(case, &faces, shift.now), said, view: String::new() })
}
