//! Other cases: what the same person has asked before, and what this case is linked with.

use askama::Template;
use async_trait::async_trait;
use desk::cases::{self, Case, Filter, LinkKind};
use store::Page as Rows;

use super::{About, Part, drawn};
use crate::console::case::words;
use crate::guard::Trouble;
use crate::parts::Markup;

/// The part about other cases.
pub(super) struct Others;

const ROWS: u32 = 10;

#[derive(Template)]
#[template(path = "console/case/panel/cases.html")]
struct Piece {
    cases: Vec<Line>,
}

struct Line {
    case: Case,
    state: Markup,
    ago: String,
    /// How the two belong together, if somebody said so.
    link: Option<&'static str>,
}

#[async_trait]
impl Part for Others {
    fn key(&self) -> &'static str {
        "cases"
    }

    fn title(&self) -> &'static str {
        "Other cases"
    }

    async fn gather(&self, about: &About<'_>) -> Result<Option<Markup>, Trouble> {
        let shift = about.shift;
        let mut reader = shift.house.billing.store.read().await?;
        let filter = Filter { requester: Some(about.case.requester), ..Filter::default() };
        let found = cases::list(&mut reader, &shift.eyes(), &filter, Rows::first(ROWS)).await?;
        let links = cases::links_of(&mut reader, about.case.id).await?;
        let mut others: Vec<Case> =
            found.into_iter().filter(|case| case.id != about.case.id).collect();
        for link in &links {
            let other = if link.from == about.case.id { link.to } else { link.from };
            if !others.iter().any(|case| case.id == other) {
                others.extend(cases::seen(&mut reader, &shift.eyes(), other).await?);
            }
        }
        let link = |id| {
            let between = links.iter().find(|link| link.from == id || link.to == id);
            between.map(|link| linked(link.kind))
        };
        let line = |case: Case| Line {
            link: link(case.id),
            state: words::state(&case),
            ago: words::ago(&case.created_at, &shift.now),
            case,
        };
        let cases: Vec<Line> = others.into_iter().map(line).collect();
        if cases.is_empty() { Ok(None) } else { drawn(&Piece { cases }) }
    }
}

const fn linked(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::FollowUp => "follow-up",
        LinkKind::Merged => "merged",
        LinkKind::Split => "split off",
        LinkKind::Duplicate => "says the same",
        LinkKind::Parent => "part of a larger one",
        LinkKind::Incident => "the same failure",
        LinkKind::Related => "related",
    }
}
