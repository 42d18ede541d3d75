//! What editors do to articles goes to the audit log: a draft saved, sent to review, published,
//! archived, or put elsewhere. What ships with the program is written by nobody, and not noted.

use base::id::ArticleId;
use base::{Actor, Env, Fault, Language};
use store::Tx;

use super::{Move, Translation};
use crate::audit;

/// What the audit log calls it.
pub(super) const MADE: &str = "article.made";
pub(super) const PLACED: &str = "article.placed";
const SAVED: &str = "article.saved";
const PUBLISHED: &str = "article.published";

/// An article was made, or stands elsewhere.
pub(super) async fn article(
    tx: &mut Tx,
    env: &Env,
    what: &'static str,
    id: ArticleId,
    by: Actor,
) -> Result<(), Fault> {
    write(tx, env, what, id, by, None).await
}

/// A text was saved as a draft.
pub(super) async fn saved(
    tx: &mut Tx,
    env: &Env,
    text: &Translation,
    by: Actor,
) -> Result<(), Fault> {
    let why = which(text.language, text.head);
    write(tx, env, SAVED, text.article, by, Some(&why)).await
}

/// A text went on its way.
pub(super) async fn moved(
    tx: &mut Tx,
    env: &Env,
    text: &Translation,
    step: Move,
    by: Actor,
) -> Result<(), Fault> {
    let which = which(text.language, text.head);
    let (what, why) = match step {
        Move::SendToReview => ("article.sent_to_review", which),
        Move::BackToDraft => ("article.back_to_draft", which),
        Move::Publish => (PUBLISHED, which),
        Move::PublishAt(at) => ("article.publish_later", format!("{which}, at {at}")),
        Move::Archive => ("article.archived", which),
    };
    write(tx, env, what, text.article, by, Some(&why)).await
}

/// A text was published at its hour, as somebody had said.
pub(super) async fn at_its_hour(
    tx: &mut Tx,
    env: &Env,
    text: &Translation,
    said: &str,
) -> Result<(), Fault> {
    let why = format!("{}, at its hour, as {said} said", which(text.language, text.head));
    let about = text.article.to_string();
    let by = Actor::System;
    let note = audit::Note { by, what: PUBLISHED, about: &about, why: Some(&why) };
    audit::note(tx, env, &note).await.map(|_| ())
}

fn which(language: Language, version: i64) -> String {
    format!("{language}, version {version}")
}

async fn write(
    tx: &mut Tx,
    env: &Env,
    what: &'static str,
    id: ArticleId,
    by: Actor,
    why: Option<&str>,
) -> Result<(), Fault> {
    if by == Actor::System {
        return Ok(());
    }
    let about = id.to_string();
    audit::note(tx, env, &audit::Note { by, what, about: &about, why }).await.map(|_| ())
}
