//! A case is opened for somebody by a program.

use std::sync::Arc;

use axum::extract::State;
use base::{Kind, Language, Refusal};
use desk::cases::{
    self, Author, Direction, NewCase, NewMessage, Origin, Priority, Ref, RefKind, Side, Team,
};
use desk::people::Audience;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::requester::Requester;
use super::shape::Shown;
use crate::ask::once::once;
use crate::ask::{Object, Once, Reply, Sent};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;

/// How long a subject may be.
const LONGEST_SUBJECT: usize = 300;
/// How much a case may be about.
const MOST_REFS: usize = 20;

/// Not a word of the list.
const WORD: Refusal = Refusal::new(
    Kind::Malformed,
    "word_unknown",
    "this field takes one of a few words; the description of the API lists them",
);
/// Not a subject.
const SUBJECT: Refusal = Refusal::new(
    Kind::Malformed,
    "case_subject_not_valid",
    "a subject is one line of 1 to 300 characters without control characters",
);
/// Not a reference to anything.
const REF: Refusal = Refusal::new(
    Kind::Malformed,
    "ref_not_valid",
    "a ref is a kind and an id with a colon between, such as payment:pay_…; 20 at most",
);

/// A case to be.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewCase, example = json!({
    "subject": "Tokens are missing after my payment",
    "text": "I paid this morning and see no tokens.",
    "requester": {"customer": "cus_01k2h7v3b5d8m9xq4r6s2t1w0y"},
    "refs": ["payment:pay_01k2h7v3b5d8m9xq4r6s2t1w0y"],
}))]
pub struct New {
    /// What it is about, in a line.
    subject: String,
    /// What they wrote.
    text: String,
    /// Who asks.
    #[schema(value_type = Requester)]
    requester: Object<Requester>,
    /// `customer`, `creator` or `studio`; `customer` if left out.
    audience: Option<String>,
    /// Where the problem lies: `mine`, `creator` or `unknown` (also if left out).
    side: Option<String>,
    /// Which kind of problem: `refund`, `charge`, `payment`, `tokens`, `renewal`, `content`,
    /// `account`, `earnings`, `other`, or a word of your own.
    topic: Option<String>,
    /// `low`, `normal` (if left out), `high` or `urgent`.
    priority: Option<String>,
    /// `en`, `fr`, `de`, `da` or `fil`; English if left out.
    language: Option<String>,
    /// Words for staff to find it by.
    #[serde(default)]
    tags: Vec<String>,
    /// What of the money side it is about: `payment:pay_…`, `order:…`, `tip:tip_…`.
    #[serde(default)]
    refs: Vec<String>,
    /// Your own id of the message. The same is never written twice.
    source_id: Option<String>,
}

/// Open a case for somebody.
#[utoipa::path(
    post,
    path = "/v1/cases",
    tag = "cases",
    operation_id = "create_case",
    request_body = New,
    responses((status = 201, description = "The case.", body = Shown)),
)]
pub async fn create(
    State(door): State<Arc<Door>>,
    caller: Caller<may::WriteCases>,
    asked: Once,
    Sent(body): Sent<New>,
) -> Result<Reply, Problem> {
    let deed = asked.asks("", &body)?;
    let read = Read::checked(body)?;
    let source = super::say::source(&caller, read.source_id.as_deref())?;
    once!(door, deed, |tx| {
        let env = door.env();
        let Read { audience, language, .. } = read;
        let (person, address) = read.requester.meet(tx, env, language, audience).await?;
        let first = NewMessage {
            direction: Direction::In,
            address,
            source_id: source.clone(),
            ..NewMessage::answer(
                Author::Person(person.id),
                Origin::Api,
                language,
                read.text.clone(),
            )
        };
        let new = NewCase {
            subject: read.subject.clone(),
            audience,
            side: read.side,
            topic: read.topic.clone(),
            team: Team::Support,
            priority: read.priority,
            origin: Origin::Api,
            language,
            requester: person.id,
            tags: read.tags.clone(),
            refs: read.refs.clone(),
            first,
        };
        let case = cases::open(tx, env, new).await?;
        Ok(Reply::created(&Shown::of(tx, case, door.livemode).await?)?)
    })
}

/// The body, read.
struct Read {
    subject: String,
    text: String,
    requester: Requester,
    audience: Audience,
    side: Side,
    topic: Option<String>,
    priority: Priority,
    language: Language,
    tags: Vec<String>,
    refs: Vec<Ref>,
    source_id: Option<String>,
}

impl Read {
    fn checked(body: New) -> Result<Read, Refusal> {
        let subject = body.subject.trim().to_owned();
        let fits = (1..=LONGEST_SUBJECT).contains(&subject.chars().count());
        if !fits || subject.chars().any(char::is_control) {
            return Err(SUBJECT.at("subject"));
        }
        if body.refs.len() > MOST_REFS {
            return Err(REF.at("refs"));
        }
        let refs = body.refs.iter().map(|written| reference(written));
        Ok(Read {
            subject,
            text: body.text,
            requester: body.requester.0,
            audience: word(body.audience.as_deref(), "audience")?.unwrap_or(Audience::Customer),
            side: word(body.side.as_deref(), "side")?.unwrap_or(Side::Unknown),
            topic: body.topic,
            priority: word(body.priority.as_deref(), "priority")?.unwrap_or(Priority::Normal),
            language: word(body.language.as_deref(), "language")?.unwrap_or_default(),
            tags: body.tags,
            refs: refs.collect::<Result<_, _>>()?,
            source_id: body.source_id,
        })
    }
}

/// A word of a list.
pub(super) fn word<T: std::str::FromStr>(
    written: Option<&str>,
    field: &'static str,
) -> Result<Option<T>, Refusal> {
    written.map(|word| word.parse().map_err(|_| WORD.at(field))).transpose()
}

/// A thing of the money side: its kind and its id.
pub(super) fn reference(written: &str) -> Result<Ref, Refusal> {
    let (kind, id) = written.split_once(':').ok_or(REF.at("refs"))?;
    let kind: RefKind = kind.parse().map_err(|_| REF.at("refs"))?;
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
    if !(1..=100).contains(&id.len()) || !id.bytes().all(fits) {
        return Err(REF.at("refs"));
    }
    Ok(Ref::subject(kind, id))
}
