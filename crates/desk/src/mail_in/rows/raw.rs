//! Every statement about raw mails.

use base::id::RawMailId;
use base::{Fault, Timestamp};
use store::{Page, Reads, Row, Tx, Walk};

use crate::mail_in::raw::{Extent, RawMail, Reason, State};

/// What was read of a mail and what became of it.
#[derive(Clone, Debug)]
pub(in crate::mail_in) struct Settled {
    pub(in crate::mail_in) state: State,
    pub(in crate::mail_in) reason: Option<Reason>,
    pub(in crate::mail_in) error: Option<String>,
    pub(in crate::mail_in) sender: Option<String>,
    pub(in crate::mail_in) domain: Option<String>,
    pub(in crate::mail_in) subject: Option<String>,
    pub(in crate::mail_in) mail_id: Option<String>,
    pub(in crate::mail_in) proposed: Option<String>,
    pub(in crate::mail_in) case: Option<String>,
    pub(in crate::mail_in) message: Option<String>,
    pub(in crate::mail_in) by: Option<String>,
}

impl Settled {
    /// A state, and nothing else known.
    pub(in crate::mail_in) fn bare(state: State) -> Settled {
        Settled {
            state,
            reason: None,
            error: None,
            sender: None,
            domain: None,
            subject: None,
            mail_id: None,
            proposed: None,
            case: None,
            message: None,
            by: None,
        }
    }
}

/// The mail of that door with those bytes.
pub(in crate::mail_in) async fn known(
    reads: &mut impl Reads,
    door: &str,
    hash: &str,
) -> Result<Option<RawMailId>, Fault> {
    let sql = "SELECT id FROM raw_mails WHERE door = $1 AND hash = $2";
    reads.fetch_optional(sql, (door, hash)).await?.map(|row| row.id("id")).transpose()
}

pub(in crate::mail_in) async fn insert(tx: &mut Tx, raw: &RawMail) -> Result<(), Fault> {
    let sql = "INSERT INTO raw_mails (id, door, hash, size, blobs, whole, envelope_from,
               envelope_to, received_at, state)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let args = (
        raw.id,
        &raw.door,
        &raw.hash,
        raw.size,
        listed(&raw.blobs),
        raw.extent == Extent::Whole,
        raw.envelope_from.clone(),
        listed(&raw.envelope_to),
        raw.received_at,
        raw.state.as_str(),
    );
    tx.execute(sql, args).await.map(|_| ())
}

/// The mail with this id.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn find(reads: &mut impl Reads, id: RawMailId) -> Result<Option<RawMail>, Fault> {
    let row = reads.fetch_optional("SELECT * FROM raw_mails WHERE id = $1", (id,)).await?;
    row.as_ref().map(read).transpose()
}

/// The mail that became this message.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn of_case(
    reads: &mut impl Reads,
    case: &str,
    limit: u32,
) -> Result<Vec<RawMail>, Fault> {
    let sql = "SELECT * FROM raw_mails WHERE case_id = $1 ORDER BY received_at DESC LIMIT $2";
    let rows = reads.fetch_all(sql, (case, limit)).await?;
    rows.iter().map(read).collect()
}

/// A page of the mails in one state, the newest first.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn list(reads: &mut impl Reads, state: State, page: Page) -> Result<Vec<RawMail>, Fault> {
    let mut rows = match page.walk() {
        Walk::Older(than) => {
            let sql = "SELECT * FROM raw_mails WHERE state = $1 AND id < $2
                       ORDER BY id DESC LIMIT $3";
            reads.fetch_all(sql, (state.as_str(), than, page.limit)).await?
        }
        Walk::Newer(than) => {
            let sql = "SELECT * FROM raw_mails WHERE state = $1 AND id > $2
                       ORDER BY id LIMIT $3";
            reads.fetch_all(sql, (state.as_str(), than, page.limit)).await?
        }
    };
    page.turn(&mut rows);
    rows.iter().map(read).collect()
}

/// Writes down what became of a mail that stood in one of two states; false if it stood elsewhere.
pub(in crate::mail_in) async fn settle(
    tx: &mut Tx,
    id: RawMailId,
    settled: &Settled,
    now: Timestamp,
) -> Result<bool, Fault> {
    let sql = "UPDATE raw_mails SET state = $2, reason = COALESCE($3, reason),
               last_error = COALESCE($4, last_error), sender = COALESCE($5, sender),
               sender_domain = COALESCE($6, sender_domain), subject = COALESCE($7, subject),
               mail_id = COALESCE($8, mail_id), proposed = COALESCE($9, proposed),
               case_id = COALESCE($10, case_id), message = COALESCE($11, message),
               settled_by = COALESCE($12, settled_by), settled_at = $13
               WHERE id = $1 AND state IN ('waiting', 'quarantined')";
    let own = settled.clone();
    let args = (
        id,
        own.state.as_str(),
        own.reason.map(Reason::as_str),
        own.error,
        own.sender,
        own.domain,
        own.subject,
        own.mail_id,
        own.proposed,
        own.case,
        own.message,
        own.by,
        now,
    );
    Ok(tx.execute(sql, args).await? == 1)
}

/// Puts a mail from quarantine back in front of its reader.
pub(in crate::mail_in) async fn wait_again(tx: &mut Tx, id: RawMailId) -> Result<bool, Fault> {
    let sql = "UPDATE raw_mails SET state = 'waiting' WHERE id = $1 AND state = 'quarantined'";
    Ok(tx.execute(sql, (id,)).await? == 1)
}

/// Puts away what has been in quarantine since before then; how many that were.
pub(in crate::mail_in) async fn discard_old(
    tx: &mut Tx,
    before: Timestamp,
    now: Timestamp,
) -> Result<u64, Fault> {
    let sql = "UPDATE raw_mails SET state = 'discarded', settled_at = $2
               WHERE state = 'quarantined' AND received_at < $1";
    tx.execute(sql, (before, now)).await
}

/// Another mail with the same Message-ID that was filed since then, and where.
pub(in crate::mail_in) async fn same(
    reads: &mut impl Reads,
    mail_id: &str,
    other_than: RawMailId,
    since: Timestamp,
) -> Result<Option<RawMail>, Fault> {
    let sql = "SELECT * FROM raw_mails WHERE mail_id = $1 AND id <> $2 AND received_at >= $3
               AND state = 'filed' ORDER BY received_at LIMIT 1";
    let row = reads.fetch_optional(sql, (mail_id, other_than, since)).await?;
    row.as_ref().map(read).transpose()
}

/// How many mails wait to be read, and since when the oldest does.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn waiting(reads: &mut impl Reads) -> Result<(i64, Option<Timestamp>), Fault> {
    let sql = "SELECT COUNT(*) AS waiting, MIN(received_at) AS oldest FROM raw_mails
               WHERE state = 'waiting'";
    let row = reads.fetch_one(sql, ()).await?;
    Ok((row.int("waiting")?, row.opt_time("oldest")?))
}

/// How many mails are in quarantine, and since when the oldest is.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn quarantined(reads: &mut impl Reads) -> Result<(i64, Option<Timestamp>), Fault> {
    let sql = "SELECT COUNT(*) AS held, MIN(received_at) AS oldest FROM raw_mails
               WHERE state = 'quarantined'";
    let row = reads.fetch_one(sql, ()).await?;
    Ok((row.int("held")?, row.opt_time("oldest")?))
}

fn listed(list: &[String]) -> String {
    serde_json::to_string(list).unwrap_or_else(|_| "[]".to_owned())
}

fn read(row: &Row) -> Result<RawMail, Fault> {
    Ok(RawMail {
        id: row.id("id")?,
        door: row.text("door")?,
        hash: row.text("hash")?,
        size: row.int("size")?,
        blobs: row.json("blobs")?,
        extent: if row.flag("whole")? { Extent::Whole } else { Extent::Headers },
        envelope_from: row.opt_text("envelope_from")?,
        envelope_to: row.json("envelope_to")?,
        received_at: row.time("received_at")?,
        state: row.parsed("state")?,
        reason: row.opt_text("reason")?.and_then(|word| word.parse().ok()),
        last_error: row.opt_text("last_error")?,
        sender: row.opt_text("sender")?,
        subject: row.opt_text("subject")?,
        proposed: row.opt_text("proposed")?,
        case: row.opt_text("case_id")?,
        message: row.opt_text("message")?,
        settled_at: row.opt_time("settled_at")?,
        settled_by: row.opt_text("settled_by")?,
    })
}
