//! What of the money side the case is about.

use askama::Template;
use async_trait::async_trait;
use desk::cases::{Ref, RefKind, RefRole};

use super::{About, Part, drawn};
use crate::guard::Trouble;
use crate::parts::Markup;

/// The part about what is attached.
pub(super) struct Things;

#[derive(Template)]
#[template(path = "console/case/panel/refs.html")]
struct Piece {
    refs: Vec<Line>,
}

struct Line {
    what: String,
    role: &'static str,
    id: String,
    /// Where it is shown.
    path: Option<String>,
}

#[async_trait]
impl Part for Things {
    fn key(&self) -> &'static str {
        "refs"
    }

    fn title(&self) -> &'static str {
        "Attached"
    }

    async fn gather(&self, about: &About<'_>) -> Result<Option<Markup>, Trouble> {
        if about.refs.is_empty() {
            return Ok(None);
        }
        drawn(&Piece { refs: about.refs.iter().map(line).collect() })
    }
}

fn line(one: &Ref) -> Line {
    let path = match one.kind {
        RefKind::Payment => Some(format!("/console/payments/{}", one.id)),
        RefKind::Notice => Some(format!("/console/notices/{}", one.id)),
        RefKind::Customer => Some(format!("/console/customers/{}", one.id)),
        _ => None,
    };
    Line {
        what: one.kind.to_string(),
        role: match one.role {
            RefRole::Subject => "what it is about",
            RefRole::Evidence => "proof",
            RefRole::Result => "what came of it",
        },
        id: one.id.clone(),
        path,
    }
}
