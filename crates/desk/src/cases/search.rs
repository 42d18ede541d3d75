//! What can be found of a case: its subject and reference, and what was said in it, each under a
//! scope that says whose eyes may find it.

use base::Fault;
use base::id::CaseId;
use store::search::{self, Document, Query};
use store::{Reads, Tx};

use super::{Case, Eyes, Message, Team, ThreadKind, rows};

/// Cases are found among cases.
const ROOM: &str = "case";
/// How many messages of a case are put anew when it moves: the newest.
const MOST: u32 = 1_000;
/// How many cases a search looks at.
const MOST_HITS: usize = 200;

/// Makes a case findable by its subject and reference.
pub(super) async fn put_case(tx: &mut Tx, case: &Case) -> Result<(), Fault> {
    let document = Document {
        room: ROOM,
        id: &case.id.to_string(),
        part: "",
        language: case.language,
        title: &case.subject,
        text: case.reference.as_str(),
        scope: &scope(case.team, ThreadKind::Internal),
    };
    search::put(tx, &document).await
}

/// Makes a message findable by its words.
pub(super) async fn put_message(tx: &mut Tx, case: &Case, message: &Message) -> Result<(), Fault> {
    if message.withdrawn_at.is_some() || message.redacted_at.is_some() {
        return Ok(());
    }
    let document = Document {
        room: ROOM,
        id: &case.id.to_string(),
        part: &message.id.to_string(),
        language: message.language,
        title: "",
        text: &message.fresh,
        scope: &scope(case.team, message.thread_kind),
    };
    search::put(tx, &document).await
}

/// Lets a message be found no more.
pub(super) async fn remove_message(tx: &mut Tx, message: &Message) -> Result<(), Fault> {
    let (id, part) = (message.case.to_string(), message.id.to_string());
    search::remove(tx, ROOM, &id, Some(&part)).await
}

/// Lets nothing of a case be found any more.
pub(super) async fn remove_case(tx: &mut Tx, id: CaseId) -> Result<(), Fault> {
    search::remove(tx, ROOM, &id.to_string(), None).await
}

/// Puts everything of a case anew: it has another team or subject, or messages came or went.
pub(super) async fn rebuild(tx: &mut Tx, case: &Case) -> Result<(), Fault> {
    search::remove(tx, ROOM, &case.id.to_string(), None).await?;
    if case.merged_into.is_some() {
        return Ok(());
    }
    put_case(tx, case).await?;
    for message in rows::messages::newest(tx, case.id, MOST).await? {
        put_message(tx, case, &message).await?;
    }
    Ok(())
}

/// The cases in which these words were said and that these eyes may see.
pub(super) async fn cases_with(
    reads: &mut impl Reads,
    eyes: Eyes,
    text: &str,
) -> Result<Vec<String>, Fault> {
    let scopes: Vec<String> = eyes
        .teams()
        .iter()
        .flat_map(|team| ThreadKind::ALL.iter().map(|kind| scope(*team, *kind)))
        .collect();
    let scopes: Vec<&str> = scopes.iter().map(String::as_str).collect();
    let query = Query {
        room: ROOM,
        scopes: &scopes,
        language: base::Language::default(),
        text,
        limit: MOST_HITS,
        after: None,
    };
    let hits = search::find(reads, &query).await?;
    Ok(hits.into_iter().map(|hit| hit.id).collect())
}

fn scope(team: Team, kind: ThreadKind) -> String {
    format!("{team}.{kind}")
}
