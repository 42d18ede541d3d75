//! Runs: pairs of a stretch of the log, sorted by account and written in chunks.

use base::Fault;
use store::{Batch, ColumnKind, Reads, Tx, Verb};

use super::pairs::{self, Pair};
use super::{Books, insert, number};
use crate::engines::columns::damaged;

static RUN_PAIRS: Batch = Batch {
    table: "ledger_run_pairs",
    columns: &[
        ("run", ColumnKind::Int),
        ("first", ColumnKind::Int),
        ("nth", ColumnKind::Int),
        ("pairs", ColumnKind::Blob),
    ],
    verb: Verb::Insert,
};

impl Books {
    /// Writes a run if enough has gathered, in this deed's transaction.
    pub(super) async fn flush_runs(&self, tx: &mut Tx) -> Result<(), Fault> {
        let (pairs, run) = {
            let mut memory = self.memory();
            if memory.unflushed().len() < 2 * self.pace.run_every {
                return Ok(());
            }
            memory.unwritten = true;
            (memory.unflushed().to_vec(), memory.here.next_run)
        };
        write_run(tx, run, pairs).await?;
        let mut memory = self.memory();
        memory.here.flushed = memory.tail.len();
        memory.here.next_run += 1;
        memory.unwritten = false;
        Ok(())
    }
}

async fn write_run(tx: &mut Tx, run: i64, pairs: Vec<Pair>) -> Result<(), Fault> {
    let times = || pairs.iter().map(|(_, timestamp)| *timestamp);
    let (Some(since), Some(until)) = (times().min(), times().max()) else { return Ok(()) };
    let sql = "INSERT INTO ledger_runs (run, since, until) VALUES ($1, $2, $3)";
    tx.execute(sql, (run, since, until)).await?;
    crate::kill::point("inside a run");
    let mut rows = RUN_PAIRS.rows();
    for chunk in pairs::pack(pairs, since) {
        rows.push((run, i64::from(chunk.first), chunk.nth, chunk.bytes));
    }
    insert(tx, &RUN_PAIRS, rows).await
}

/// A run as it is listed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    pub(super) run: i64,
    pub(super) since: i64,
    pub(super) until: i64,
}

/// All runs, the oldest first.
pub(super) async fn all(reads: &mut impl Reads) -> Result<Vec<Run>, Fault> {
    let sql = "SELECT run, since, until FROM ledger_runs ORDER BY run";
    let rows = reads.fetch_all(sql, ()).await?;
    let run = |row: &store::Row| {
        Ok(Run { run: row.int("run")?, since: row.int("since")?, until: row.int("until")? })
    };
    rows.iter().map(run).collect()
}

/// The timestamps of one account in a run, the oldest first.
pub(super) async fn find(reads: &mut impl Reads, run: Run, place: u32) -> Result<Vec<i64>, Fault> {
    // The account's pairs are in the chunks that begin with it, and at the end of the one before.
    let sql = "SELECT first, nth, pairs FROM ledger_run_pairs WHERE run = $1 AND first = $2 \
               UNION ALL SELECT first, nth, pairs FROM (SELECT first, nth, pairs \
               FROM ledger_run_pairs WHERE run = $1 AND first < $2 \
               ORDER BY first DESC, nth DESC LIMIT 1) ORDER BY first, nth";
    let mut found = Vec::new();
    for row in reads.fetch_all(sql, (run.run, i64::from(place))).await? {
        let first = u32::try_from(row.int("first")?).ok();
        let bytes = row.blob("pairs")?;
        let times = first.and_then(|first| pairs::find(&bytes, first, run.since, place));
        let whole = || damaged(format!("run {} of account {}", run.run, number(place)));
        found.extend(times.ok_or_else(whole)?);
    }
    Ok(found)
}
