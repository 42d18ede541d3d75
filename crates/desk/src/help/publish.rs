//! The way of a text from draft over review to published and archived, at once or at its hour.

use base::id::ArticleId;
use base::{Actor, Env, Fault, Kind, Language, Refusal, Stop};
use store::Tx;
use store::search::{self, Document};

use super::noted;
use super::rows::{articles, texts};
use super::work::{KIND, Publishing};
use super::{Article, Move, State, Translation, markdown};

/// The room of the help centre in the search.
pub(super) const ROOM: &str = "help";

const NO_TEXT: Refusal =
    Refusal::new(Kind::NotFound, "no_such_translation", "there is no text in this language yet");
const PAST: Refusal =
    Refusal::new(Kind::Rule, "publish_time_is_past", "choose a time that is still to come");

/// Moves the newest version of a text on its way.
///
/// # Errors
/// Refused if there is no such text or its state has no such move; a fault if the database fails.
pub async fn change_state(
    tx: &mut Tx,
    env: &Env,
    (id, language): (ArticleId, Language),
    step: Move,
    by: Actor,
) -> Result<Translation, Stop> {
    let article = articles::find(tx, id).await?.ok_or(NO_TEXT)?;
    let mut text = texts::find(tx, id, language).await?.ok_or(NO_TEXT)?;
    text.state = text.state.after(step)?;
    text.publish_at = None;
    text.updated_at = env.now();
    match step {
        Move::SendToReview | Move::BackToDraft => {}
        Move::Publish => {
            text.live = Some(text.head);
            text.published_by = Some(by.to_string());
            text.published_at = Some(env.now());
        }
        Move::PublishAt(at) => {
            if at <= env.now() {
                return Err(PAST.at("publish_at").into());
            }
            text.publish_at = Some(at);
            let publishing = Publishing { article: id, language, by: by.to_string() };
            store::jobs::enqueue(tx, env, KIND, &publishing, at).await?;
        }
        Move::Archive => text.live = None,
    }
    texts::put(tx, &text).await?;
    index(tx, &article, &text).await?;
    noted::moved(tx, env, &text, step, by).await?;
    Ok(text)
}

/// Lets the text be found by what of it is live, or not at all.
pub(super) async fn index(tx: &mut Tx, article: &Article, text: &Translation) -> Result<(), Fault> {
    let (id, part) = (article.id.to_string(), text.language.tag());
    let live = match text.live {
        Some(number) => texts::version(tx, article.id, text.language, number).await?,
        None => None,
    };
    let Some(live) = live else { return search::remove(tx, ROOM, &id, Some(part)).await };
    let words = format!("{}\n{}", live.summary, markdown::plain(&live.body));
    let document = Document {
        room: ROOM,
        id: &id,
        part,
        language: text.language,
        title: &live.title,
        text: &words,
        scope: &article.doors.word(),
    };
    search::put(tx, &document).await
}

/// Publishes what waited for its hour, unless somebody thought better of it.
pub(super) async fn publish_waiting(
    tx: &mut Tx,
    env: &Env,
    (id, language): (ArticleId, Language),
    by: &str,
) -> Result<(), Stop> {
    let Some(article) = articles::find(tx, id).await? else { return Ok(()) };
    let Some(mut text) = texts::find(tx, id, language).await? else { return Ok(()) };
    let due = text.publish_at.is_some_and(|at| at <= env.now());
    if text.state != State::Review || !due {
        return Ok(());
    }
    text.state = text.state.after(Move::Publish)?;
    text.live = Some(text.head);
    text.publish_at = None;
    text.published_by = Some(by.to_owned());
    text.published_at = Some(env.now());
    text.updated_at = env.now();
    texts::put(tx, &text).await?;
    index(tx, &article, &text).await?;
    noted::at_its_hour(tx, env, &text, by).await?;
    Ok(())
}
