//! Every statement about views, drafts, presence and habits.

use std::collections::HashMap;

use base::id::{CaseId, StaffId, ViewId};
use base::{Fault, Timestamp};
use store::{Reads, Row, Tx};

use super::{Doing, Draft, DraftOf, Habits, Here, View};

/// Somebody's views and those that colleagues share, the oldest first.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn views_of(reads: &mut impl Reads, staff: StaffId) -> Result<Vec<View>, Fault> {
    let sql = "SELECT * FROM inbox_views WHERE owner = $1 OR shared = 1 ORDER BY id LIMIT 200";
    reads.fetch_all(sql, (staff,)).await?.iter().map(read_view).collect()
}

/// A view that somebody may use.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn find_view(
    reads: &mut impl Reads,
    id: ViewId,
    staff: StaffId,
) -> Result<Option<View>, Fault> {
    let sql = "SELECT * FROM inbox_views WHERE id = $1 AND (owner = $2 OR shared = 1)";
    reads.fetch_optional(sql, (id, staff)).await?.as_ref().map(read_view).transpose()
}

pub(super) async fn count_views(reads: &mut impl Reads, owner: StaffId) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(*) AS many FROM inbox_views WHERE owner = $1";
    reads.fetch_one(sql, (owner,)).await?.int("many")
}

pub(super) async fn insert_view(tx: &mut Tx, view: &View) -> Result<(), Fault> {
    let sql = "INSERT INTO inbox_views (id, name, owner, shared, wanted, created_at)
               VALUES ($1, $2, $3, $4, $5, $6)";
    let wanted = serde_json::to_string(&view.wanted)
        .map_err(|error| Fault::of("write down what a view wants", error))?;
    let args = (view.id, &view.name, view.owner, view.shared, wanted, view.created_at);
    tx.execute(sql, args).await.map(|_| ())
}

pub(super) async fn drop_view(tx: &mut Tx, id: ViewId, owner: StaffId) -> Result<u64, Fault> {
    tx.execute("DELETE FROM inbox_views WHERE id = $1 AND owner = $2", (id, owner)).await
}

fn read_view(row: &Row) -> Result<View, Fault> {
    Ok(View {
        id: row.id("id")?,
        name: row.text("name")?,
        owner: row.id("owner")?,
        shared: row.flag("shared")?,
        wanted: row.json("wanted")?,
        created_at: row.time("created_at")?,
    })
}

/// The drafts of a case, whoever writes them.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn drafts_of(reads: &mut impl Reads, case: CaseId) -> Result<Vec<Draft>, Fault> {
    let sql = "SELECT * FROM inbox_drafts WHERE case_id = $1 ORDER BY updated_at DESC LIMIT 50";
    reads.fetch_all(sql, (case,)).await?.iter().map(read_draft).collect()
}

/// One draft.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn find_draft(reads: &mut impl Reads, of: DraftOf) -> Result<Option<Draft>, Fault> {
    let sql = "SELECT * FROM inbox_drafts WHERE staff = $1 AND case_id = $2 AND thread = $3";
    let args = (of.staff, of.case, of.thread.as_str());
    reads.fetch_optional(sql, args).await?.as_ref().map(read_draft).transpose()
}

pub(super) async fn keep_draft(tx: &mut Tx, draft: &Draft) -> Result<(), Fault> {
    let sql = "INSERT INTO inbox_drafts
                 (staff, case_id, thread, partner, body, seen, updated_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7)
               ON CONFLICT (staff, case_id, thread) DO UPDATE SET
                 partner = excluded.partner, body = excluded.body, seen = excluded.seen,
                 updated_at = excluded.updated_at";
    let Draft { of, partner, text, seen, updated_at } = draft;
    let thread = of.thread.as_str();
    let args = (of.staff, of.case, thread, partner.clone(), text, *seen, *updated_at);
    tx.execute(sql, args).await.map(|_| ())
}

/// Forgets a draft: it was sent, or thrown away.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn forget_draft(tx: &mut Tx, of: DraftOf) -> Result<(), Fault> {
    let sql = "DELETE FROM inbox_drafts WHERE staff = $1 AND case_id = $2 AND thread = $3";
    tx.execute(sql, (of.staff, of.case, of.thread.as_str())).await.map(|_| ())
}

pub(super) async fn drop_old_drafts(
    tx: &mut Tx,
    staff: StaffId,
    before: Timestamp,
) -> Result<(), Fault> {
    let sql = "DELETE FROM inbox_drafts WHERE staff = $1 AND updated_at < $2";
    tx.execute(sql, (staff, before)).await.map(|_| ())
}

fn read_draft(row: &Row) -> Result<Draft, Fault> {
    Ok(Draft {
        of: DraftOf {
            staff: row.id("staff")?,
            case: row.id("case_id")?,
            thread: row.parsed("thread")?,
        },
        partner: row.opt_text("partner")?,
        text: row.text("body")?,
        seen: row.int("seen")?,
        updated_at: row.time("updated_at")?,
    })
}

/// Who is at a case now, without the one who asks.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn here(
    reads: &mut impl Reads,
    case: CaseId,
    me: StaffId,
    now: Timestamp,
) -> Result<Vec<Here>, Fault> {
    let sql = "SELECT staff.id, staff.name, presence.typing_until
               FROM inbox_presence AS presence JOIN staff ON staff.id = presence.staff
               WHERE presence.case_id = $1 AND presence.staff <> $2 AND presence.viewing_until > $3
               ORDER BY staff.name LIMIT 20";
    let rows = reads.fetch_all(sql, (case, me, now)).await?;
    let read = |row: &Row| {
        let typing = row.time("typing_until")? > now;
        let doing = if typing { Doing::Typing } else { Doing::Viewing };
        Ok(Here { staff: row.id("id")?, name: row.text("name")?, doing })
    };
    rows.iter().map(read).collect()
}

pub(super) async fn arrive(
    tx: &mut Tx,
    case: CaseId,
    staff: StaffId,
    viewing: Timestamp,
    typing: Option<Timestamp>,
) -> Result<(), Fault> {
    // A page that only looks must not end the writing that another tab has just told of.
    let sql = "INSERT INTO inbox_presence (case_id, staff, viewing_until, typing_until)
               VALUES ($1, $2, $3, $4)
               ON CONFLICT (case_id, staff) DO UPDATE SET
                 viewing_until = excluded.viewing_until,
                 typing_until = CASE WHEN excluded.typing_until > 0
                   THEN excluded.typing_until ELSE inbox_presence.typing_until END";
    let typing = typing.unwrap_or(Timestamp::UNIX_EPOCH);
    tx.execute(sql, (case, staff, viewing, typing)).await.map(|_| ())
}

pub(super) async fn leave(tx: &mut Tx, case: CaseId, staff: StaffId) -> Result<(), Fault> {
    let sql = "DELETE FROM inbox_presence WHERE case_id = $1 AND staff = $2";
    tx.execute(sql, (case, staff)).await.map(|_| ())
}

pub(super) async fn drop_gone(tx: &mut Tx, case: CaseId, now: Timestamp) -> Result<(), Fault> {
    let sql = "DELETE FROM inbox_presence WHERE case_id = $1 AND viewing_until < $2";
    tx.execute(sql, (case, now)).await.map(|_| ())
}

/// How somebody likes to work.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn habits_of(reads: &mut impl Reads, staff: StaffId) -> Result<Habits, Fault> {
    let sql = "SELECT single_keys FROM inbox_habits WHERE staff = $1";
    match reads.fetch_optional(sql, (staff,)).await? {
        Some(row) => Ok(Habits { single_keys: row.flag("single_keys")? }),
        None => Ok(Habits::default()),
    }
}

pub(super) async fn set_habits(tx: &mut Tx, staff: StaffId, habits: Habits) -> Result<(), Fault> {
    let sql = "INSERT INTO inbox_habits (staff, single_keys) VALUES ($1, $2)
               ON CONFLICT (staff) DO UPDATE SET single_keys = excluded.single_keys";
    tx.execute(sql, (staff, habits.single_keys)).await.map(|_| ())
}

pub(super) async fn staff(reads: &mut impl Reads) -> Result<HashMap<StaffId, String>, Fault> {
    let rows = reads.fetch_all("SELECT id, name FROM staff", ()).await?;
    rows.iter().map(|row| Ok((row.id("id")?, row.text("name")?))).collect()
}
