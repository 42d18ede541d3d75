//! Statements about cases and their tags.

use base::id::CaseId;
use base::{Fault, Timestamp};
use store::{Batch, ColumnKind, Reads, Row, Tx, Value, Verb};

use crate::cases::{Case, Reference, Team};

static TAGS: Batch = Batch {
    table: "case_tags",
    columns: &[("tag", ColumnKind::Text), ("case_id", ColumnKind::Text)],
    verb: Verb::InsertUnlessThere,
};

pub(in crate::cases) async fn find(
    reads: &mut impl Reads,
    id: CaseId,
) -> Result<Option<Case>, Fault> {
    let row = reads.fetch_optional("SELECT * FROM cases WHERE id = $1", (id,)).await?;
    row.as_ref().map(read).transpose()
}

pub(in crate::cases) async fn find_many(
    reads: &mut impl Reads,
    ids: Vec<String>,
) -> Result<Vec<Case>, Fault> {
    let sql = "SELECT * FROM cases WHERE id IN texts($1) ORDER BY id DESC";
    reads.fetch_all(sql, (ids,)).await?.iter().map(read).collect()
}

/// As [`find`], for somebody who may see the cases of these teams only.
pub(in crate::cases) async fn seen(
    reads: &mut impl Reads,
    teams: Vec<String>,
    id: CaseId,
) -> Result<Option<Case>, Fault> {
    let sql = "SELECT * FROM cases WHERE id = $1 AND team IN texts($2)";
    reads.fetch_optional(sql, (id, teams)).await?.as_ref().map(read).transpose()
}

pub(in crate::cases) async fn find_by_reference(
    reads: &mut impl Reads,
    reference: &Reference,
) -> Result<Option<Case>, Fault> {
    let sql = "SELECT * FROM cases WHERE reference = $1";
    reads.fetch_optional(sql, (reference,)).await?.as_ref().map(read).transpose()
}

/// Cases that were solved before a time, the first first.
pub(in crate::cases) async fn solved_before(
    reads: &mut impl Reads,
    before: Timestamp,
    limit: u32,
) -> Result<Vec<Case>, Fault> {
    let sql = "SELECT * FROM cases WHERE state = 'solved' AND solved_at < $1 \
               ORDER BY solved_at, id LIMIT $2";
    reads.fetch_all(sql, (before, limit)).await?.iter().map(read).collect()
}

pub(in crate::cases) async fn of_ref(
    reads: &mut impl Reads,
    kind: &str,
    id: &str,
) -> Result<Vec<Case>, Fault> {
    let sql = "SELECT * FROM cases WHERE id IN
               (SELECT case_id FROM case_refs WHERE kind = $1 AND ref = $2)
               ORDER BY id DESC LIMIT 100";
    reads.fetch_all(sql, (kind, id)).await?.iter().map(read).collect()
}

pub(in crate::cases) async fn insert(tx: &mut Tx, case: &Case) -> Result<(), Fault> {
    let sql = "INSERT INTO cases (id, reference, requester, origin, created_at, subject, state,
               waiting_for, priority, audience, side, topic, team, assignee, language, tags,
               spam_at, merged_into, legal_hold, snoozed_until, due_at, due_kind, level,
               first_answer_at, solved_at, closed_at, reopened, last_customer_at, last_staff_at,
               seq, version, updated_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
               $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32)";
    let mut args: Vec<Value> = vec![
        case.id.into(),
        (&case.reference).into(),
        case.requester.into(),
        case.origin.into(),
        case.created_at.into(),
    ];
    args.extend(changing(case)?);
    tx.execute(sql, args).await.map(|_| ())
}

/// Keeps a case as it is now, unless somebody else wrote it since; how many rows that were.
pub(in crate::cases) async fn update(tx: &mut Tx, case: &Case, read_at: i64) -> Result<u64, Fault> {
    let sql = "UPDATE cases SET subject = $3, state = $4, waiting_for = $5, priority = $6,
               audience = $7, side = $8, topic = $9, team = $10, assignee = $11, language = $12,
               tags = $13, spam_at = $14, merged_into = $15, legal_hold = $16,
               snoozed_until = $17, due_at = $18, due_kind = $19, level = $20,
               first_answer_at = $21, solved_at = $22, closed_at = $23, reopened = $24,
               last_customer_at = $25, last_staff_at = $26, seq = $27, version = $28,
               updated_at = $29 WHERE id = $1 AND version = $2";
    let mut args: Vec<Value> = vec![case.id.into(), read_at.into()];
    args.extend(changing(case)?);
    tx.execute(sql, args).await
}

/// What may change of a case, in the order of both statements.
fn changing(case: &Case) -> Result<Vec<Value>, Fault> {
    let tags = serde_json::to_string(&case.tags)
        .map_err(|error| Fault::of("write the tags of a case", error))?;
    Ok(vec![
        case.subject.as_str().into(),
        case.state.into(),
        case.waiting_for.map(crate::cases::Third::as_str).into(),
        case.priority.into(),
        case.audience.into(),
        case.side.into(),
        case.topic.clone().into(),
        case.team.into(),
        case.assignee.into(),
        case.language.into(),
        tags.into(),
        case.spam_at.into(),
        case.merged_into.into(),
        case.legal_hold.clone().into(),
        case.snoozed_until.into(),
        case.due_at.into(),
        case.due_kind.clone().into(),
        case.level.into(),
        case.first_answer_at.into(),
        case.solved_at.into(),
        case.closed_at.into(),
        case.reopened.into(),
        case.last_customer_at.into(),
        case.last_staff_at.into(),
        case.seq.into(),
        case.version.into(),
        case.updated_at.into(),
    ])
}

/// Marks that what was said in a case is gone; how many rows that were.
pub(in crate::cases) async fn mark_emptied(
    tx: &mut Tx,
    id: CaseId,
    at: Timestamp,
) -> Result<u64, Fault> {
    let sql = "UPDATE cases SET emptied_at = $2 WHERE id = $1 AND emptied_at IS NULL";
    tx.execute(sql, (id, at)).await
}

pub(in crate::cases) async fn tag(tx: &mut Tx, id: CaseId, tags: &[String]) -> Result<(), Fault> {
    let mut rows = TAGS.rows();
    for tag in tags {
        rows.push((tag, id));
    }
    if rows.is_empty() {
        return Ok(());
    }
    tx.insert(&TAGS, rows).await.map(|_| ())
}

pub(in crate::cases) async fn untag(tx: &mut Tx, id: CaseId, tag: &str) -> Result<(), Fault> {
    let sql = "DELETE FROM case_tags WHERE case_id = $1 AND tag = $2";
    tx.execute(sql, (id, tag)).await.map(|_| ())
}

/// The words of teams, for a list of texts.
pub(in crate::cases) fn teams(teams: &[Team]) -> Vec<String> {
    teams.iter().map(ToString::to_string).collect()
}

/// The cases that are part of one of these.
pub(in crate::cases) async fn merged_into(
    reads: &mut impl Reads,
    into: &[CaseId],
) -> Result<Vec<CaseId>, Fault> {
    let into: Vec<String> = into.iter().map(ToString::to_string).collect();
    let sql = "SELECT id FROM cases WHERE merged_into IN texts($1) ORDER BY id";
    reads.fetch_all(sql, (into,)).await?.iter().map(|row| row.id("id")).collect()
}

pub(in crate::cases) fn read(row: &Row) -> Result<Case, Fault> {
    let waiting_for = row.opt_text("waiting_for")?;
    Ok(Case {
        id: row.id("id")?,
        reference: row.parsed("reference")?,
        subject: row.text("subject")?,
        state: row.parsed("state")?,
        waiting_for: waiting_for.and_then(|word| word.parse().ok()),
        priority: row.parsed("priority")?,
        audience: row.parsed("audience")?,
        side: row.parsed("side")?,
        topic: row.opt_text("topic")?,
        team: row.parsed("team")?,
        assignee: row.opt_id("assignee")?,
        requester: row.id("requester")?,
        origin: row.parsed("origin")?,
        language: row.parsed("language")?,
        tags: row.json("tags")?,
        spam_at: row.opt_time("spam_at")?,
        merged_into: row.opt_id("merged_into")?,
        legal_hold: row.opt_text("legal_hold")?,
        snoozed_until: row.opt_time("snoozed_until")?,
        due_at: row.opt_time("due_at")?,
        due_kind: row.opt_text("due_kind")?,
        level: row.int("level")?,
        first_answer_at: row.opt_time("first_answer_at")?,
        solved_at: row.opt_time("solved_at")?,
        closed_at: row.opt_time("closed_at")?,
        reopened: row.int("reopened")?,
        last_customer_at: row.opt_time("last_customer_at")?,
        last_staff_at: row.opt_time("last_staff_at")?,
        seq: row.int("seq")?,
        version: row.int("version")?,
        created_at: row.time("created_at")?,
        updated_at: row.time("updated_at")?,
    })
}
