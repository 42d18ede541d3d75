//! A case and its messages as the API shows them.

use base::id::{CaseId, CustomerId, FileId, MessageId};
use base::{Fault, Language, Timestamp};
use desk::cases::{self, Author, AuthorKind, Case, Message, Ref};
use desk::files::File;
use desk::people;
use serde::Serialize;
use store::Reads;
use utoipa::ToSchema;

/// What somebody asked, and where it stands.
#[derive(Serialize, ToSchema)]
#[schema(as = Case)]
pub struct Shown {
    #[schema(value_type = String, example = "cas_01k2h7v3b5d8m9xq4r6s2t1w0y")]
    id: CaseId,
    /// Always `case`.
    #[schema(example = "case")]
    object: &'static str,
    /// Whether real money moves.
    livemode: bool,
    /// What people call it. It opens nothing.
    #[schema(example = "PD-7K3M-92QX-T")]
    reference: String,
    /// What it is about, in a line.
    subject: String,
    /// `new`, `open`, `waiting_customer`, `waiting_third_party`, `snoozed`, `solved` or `closed`.
    #[schema(example = "open")]
    state: &'static str,
    /// Whom it waits for: `processor`, `creator`, `studio`, `bank` or `engineering`.
    waiting_for: Option<&'static str>,
    /// `low`, `normal`, `high` or `urgent`.
    #[schema(example = "normal")]
    priority: &'static str,
    /// Whose door it came through: `customer`, `creator` or `studio`.
    #[schema(example = "customer")]
    audience: &'static str,
    /// Where the problem lies, as the customer sees it: `mine`, `creator` or `unknown`.
    #[schema(example = "unknown")]
    side: &'static str,
    /// Which kind of problem it is.
    #[schema(example = "refund")]
    topic: Option<String>,
    /// Which way it came in.
    #[schema(example = "form")]
    origin: &'static str,
    /// The language it is answered in.
    #[schema(value_type = String, example = "da")]
    language: Language,
    /// Words of staff to find it by.
    tags: Vec<String>,
    /// Who asks, if they are known as a customer.
    #[schema(value_type = Option<String>)]
    customer: Option<CustomerId>,
    /// What of the money side it is about.
    refs: Vec<ShownRef>,
    /// The case it is part of now.
    #[schema(value_type = Option<String>)]
    merged_into: Option<CaseId>,
    /// When the next thing that was promised is due.
    #[schema(value_type = Option<String>, format = DateTime)]
    due_at: Option<Timestamp>,
    /// How far it was escalated: 0, 1 (a team lead) or 2 (the complaints team).
    level: i64,
    #[schema(value_type = Option<String>, format = DateTime)]
    first_answer_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    solved_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    closed_at: Option<Timestamp>,
    /// Counts the changes; events carry the same number as `sequence`.
    version: i64,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
}

/// A thing of the money side that a case is about.
#[derive(Serialize, ToSchema)]
#[schema(as = CaseRef)]
pub struct ShownRef {
    /// What kind of thing: `payment`, `order`, `tip`, …
    #[schema(example = "payment")]
    kind: &'static str,
    /// Its id.
    #[schema(example = "pay_01k2h7v3b5d8m9xq4r6s2t1w0y")]
    id: String,
    /// What it is to the case: `subject`, `evidence` or `result`.
    #[schema(example = "subject")]
    role: &'static str,
}

/// Something that was said in a case.
#[derive(Serialize, ToSchema)]
#[schema(as = CaseMessage)]
pub struct ShownMessage {
    #[schema(value_type = String, example = "msg_01k2h7v3b5d8m9xq4r6s2t1w0y")]
    id: MessageId,
    /// Always `case_message`.
    #[schema(example = "case_message")]
    object: &'static str,
    /// Whether real money moves.
    livemode: bool,
    #[schema(value_type = String)]
    case: CaseId,
    /// Who reads it: `customer` (who asked, and staff) or `internal` (staff only).
    #[schema(example = "customer")]
    thread: &'static str,
    /// `in` (to the desk), `out` (from the desk), `note` or `system`.
    #[schema(example = "in")]
    direction: &'static str,
    /// Who wrote it: `person`, `staff`, `program`, `rule`, `billing` or `system`.
    #[schema(example = "person")]
    author: &'static str,
    /// Which way it came or goes.
    #[schema(example = "form")]
    channel: &'static str,
    /// The whole text; card numbers are masked. Empty if it was removed.
    text: String,
    /// What is new in it: without the quote.
    fresh: String,
    #[schema(value_type = String, example = "da")]
    language: Language,
    /// How far it has come: `none`, `queued`, `sent`, `delivered`, `read` or `failed`.
    #[schema(example = "sent")]
    delivery: &'static str,
    files: Vec<ShownFile>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When its text was removed.
    #[schema(value_type = Option<String>, format = DateTime)]
    redacted_at: Option<Timestamp>,
}

/// A file that came with a message.
#[derive(Serialize, ToSchema)]
#[schema(as = CaseFile)]
pub struct ShownFile {
    #[schema(value_type = String, example = "fil_01k2h7v3b5d8m9xq4r6s2t1w0y")]
    id: FileId,
    name: String,
    /// What its bytes say it is.
    #[schema(example = "image/png")]
    kind: String,
    /// How many bytes.
    size: i64,
}

impl ShownRef {
    fn of(one: Ref) -> ShownRef {
        ShownRef { kind: one.kind.as_str(), id: one.id, role: one.role.as_str() }
    }
}

impl Shown {
    /// The case with who asks and what it is about.
    ///
    /// # Errors
    /// A fault if the database does not answer.
    pub async fn of(reads: &mut impl Reads, case: Case, livemode: bool) -> Result<Shown, Fault> {
        let person = people::find(reads, case.requester).await?;
        let refs = cases::refs_of(reads, case.id).await?;
        Ok(Shown {
            id: case.id,
            object: "case",
            livemode,
            reference: case.reference.as_str().to_owned(),
            subject: case.subject,
            state: case.state.as_str(),
            waiting_for: case.waiting_for.map(cases::Third::as_str),
            priority: case.priority.as_str(),
            audience: case.audience.as_str(),
            side: case.side.as_str(),
            topic: case.topic,
            origin: case.origin.as_str(),
            language: case.language,
            tags: case.tags,
            customer: person.and_then(|person| person.customer),
            refs: refs.into_iter().map(ShownRef::of).collect(),
            merged_into: case.merged_into,
            due_at: case.due_at,
            level: case.level,
            first_answer_at: case.first_answer_at,
            solved_at: case.solved_at,
            closed_at: case.closed_at,
            version: case.version,
            created_at: case.created_at,
            updated_at: case.updated_at,
        })
    }
}

impl ShownMessage {
    /// The message with its files.
    pub fn of(message: Message, files: Vec<File>, livemode: bool) -> ShownMessage {
        let removed = message.redacted_at.is_some();
        let kept = |text: String| if removed { String::new() } else { text };
        let file = |file: File| ShownFile {
            id: file.id,
            name: file.safe_name,
            kind: file.kind,
            size: file.size,
        };
        ShownMessage {
            id: message.id,
            object: "case_message",
            livemode,
            case: message.case,
            thread: message.thread_kind.as_str(),
            direction: message.direction.as_str(),
            author: author(message.author),
            channel: message.channel.as_str(),
            text: kept(message.text),
            fresh: kept(message.fresh),
            language: message.language,
            delivery: message.delivery.as_str(),
            files: if removed { Vec::new() } else { files.into_iter().map(file).collect() },
            created_at: message.created_at,
            redacted_at: message.redacted_at,
        }
    }
}

const fn author(author: Author) -> &'static str {
    match author.kind() {
        AuthorKind::Person => "person",
        AuthorKind::Staff => "staff",
        AuthorKind::Program => "program",
        AuthorKind::Rule => "rule",
        AuthorKind::Billing => "billing",
        AuthorKind::System => "system",
    }
}
