//! Every statement about macros.

use base::id::{CaseId, MacroId, MacroRunId};
use base::{Fault, Timestamp};
use store::{Reads, Row, Tx};

use super::{Macro, Offer, Run};
use crate::cases::Team;

/// The macro with this id.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn find(reads: &mut impl Reads, id: MacroId) -> Result<Option<Macro>, Fault> {
    let row = reads.fetch_optional("SELECT * FROM macros WHERE id = $1", (id,)).await?;
    row.as_ref().map(read).transpose()
}

/// Every macro, by name. There are some dozens of them.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn all(reads: &mut impl Reads) -> Result<Vec<Macro>, Fault> {
    let rows = reads.fetch_all("SELECT * FROM macros ORDER BY name LIMIT 1000", ()).await?;
    rows.iter().map(read).collect()
}

pub(super) async fn find_by_name(
    reads: &mut impl Reads,
    name: &str,
) -> Result<Option<Macro>, Fault> {
    let row = reads.fetch_optional("SELECT * FROM macros WHERE name = $1", (name,)).await?;
    row.as_ref().map(read).transpose()
}

pub(super) async fn insert(tx: &mut Tx, one: &Macro, steps: &str) -> Result<(), Fault> {
    let sql = "INSERT INTO macros (id, name, steps, version, by_staff, updated_at, for_team,
               for_who) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let Macro { id, name, version, by, updated_at, offer, .. } = one;
    let args = (*id, name, steps, *version, *by, *updated_at, team(*offer), offer.who);
    tx.execute(sql, args).await.map(|_| ())
}

pub(super) async fn update(tx: &mut Tx, one: &Macro, steps: &str) -> Result<(), Fault> {
    let sql = "UPDATE macros SET name = $2, steps = $3, version = $4, by_staff = $5,
               retired_at = $6, updated_at = $7, for_team = $8, for_who = $9 WHERE id = $1";
    let Macro { id, name, version, by, retired_at, updated_at, offer, .. } = one;
    let (team, who) = (team(*offer), offer.who);
    let args = (*id, name, steps, *version, *by, *retired_at, *updated_at, team, who);
    tx.execute(sql, args).await.map(|_| ())
}

fn team(offer: Offer) -> Option<String> {
    offer.team.map(|team| team.as_str().to_owned())
}

/// The latest runs on a case, newest first.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn runs_of(reads: &mut impl Reads, case: CaseId) -> Result<Vec<Run>, Fault> {
    let sql = "SELECT * FROM macro_runs WHERE case_id = $1 ORDER BY id DESC LIMIT 20";
    reads.fetch_all(sql, (case,)).await?.iter().map(read_run).collect()
}

/// The run with this id.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn find_run(reads: &mut impl Reads, id: MacroRunId) -> Result<Option<Run>, Fault> {
    let row = reads.fetch_optional("SELECT * FROM macro_runs WHERE id = $1", (id,)).await?;
    row.as_ref().map(read_run).transpose()
}

/// Writes a run that begins; false if it had begun before.
pub(super) async fn begin_run(tx: &mut Tx, run: &Run) -> Result<bool, Fault> {
    let sql = "INSERT INTO macro_runs (id, macro, macro_version, case_id, by_staff, steps_done,
               started_at) VALUES ($1, $2, $3, $4, $5, 0, $6) ON CONFLICT (id) DO NOTHING";
    let args = (run.id, run.of, run.version, run.case, run.by, run.started_at);
    Ok(tx.execute(sql, args).await? == 1)
}

/// Counts a step as done, unless it was counted before.
pub(super) async fn step_done(tx: &mut Tx, id: MacroRunId, nth: i64) -> Result<u64, Fault> {
    let sql = "UPDATE macro_runs SET steps_done = $2 + 1 WHERE id = $1 AND steps_done = $2";
    tx.execute(sql, (id, nth)).await
}

pub(super) async fn end_run(
    tx: &mut Tx,
    id: MacroRunId,
    stopped: Option<&str>,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "UPDATE macro_runs SET stopped = $2, ended_at = $3
               WHERE id = $1 AND ended_at IS NULL";
    tx.execute(sql, (id, stopped, now)).await.map(|_| ())
}

fn read(row: &Row) -> Result<Macro, Fault> {
    Ok(Macro {
        id: row.id("id")?,
        name: row.text("name")?,
        steps: row.json("steps")?,
        offer: Offer { team: for_team(row)?, who: row.parsed("for_who")? },
        version: row.int("version")?,
        by: row.opt_id("by_staff")?,
        retired_at: row.opt_time("retired_at")?,
        updated_at: row.time("updated_at")?,
    })
}

fn for_team(row: &Row) -> Result<Option<Team>, Fault> {
    let team = row.opt_text("for_team")?.map(|team| team.parse());
    team.transpose().map_err(|error| Fault::of("read the team of a macro", error))
}

fn read_run(row: &Row) -> Result<Run, Fault> {
    Ok(Run {
        id: row.id("id")?,
        of: row.id("macro")?,
        version: row.int("macro_version")?,
        case: row.id("case_id")?,
        by: row.id("by_staff")?,
        steps_done: row.int("steps_done")?,
        stopped: row.opt_text("stopped")?,
        started_at: row.time("started_at")?,
        ended_at: row.opt_time("ended_at")?,
    })
}
