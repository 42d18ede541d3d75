//! Every statement about mail.

use base::Fault;
use base::id::MailId;
use store::{Page, Reads, Row, Tx, Walk};

use super::{Carriage, Outgoing, State};
use crate::cases::Eyes;

/// The mail with this id.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn find(reads: &mut impl Reads, id: MailId) -> Result<Option<Outgoing>, Fault> {
    let row = reads.fetch_optional("SELECT * FROM mails WHERE id = $1", (id,)).await?;
    row.as_ref().map(read).transpose()
}

/// The mail of a kind about something.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn of(
    reads: &mut impl Reads,
    kind: &str,
    about: &str,
) -> Result<Option<Outgoing>, Fault> {
    let sql = "SELECT * FROM mails WHERE kind = $1 AND about = $2";
    let row = reads.fetch_optional(sql, (kind, about)).await?;
    row.as_ref().map(read).transpose()
}

/// A page of all mail, the newest first, whoever may see it. Staff see [`list_seen`].
///
/// # Errors
/// A fault if the database does not answer.
pub async fn list(reads: &mut impl Reads, page: Page) -> Result<Vec<Outgoing>, Fault> {
    let mut rows = match page.walk() {
        Walk::Older(than) => {
            let sql = "SELECT * FROM mails WHERE id < $1 ORDER BY id DESC LIMIT $2";
            reads.fetch_all(sql, (than, page.limit)).await?
        }
        Walk::Newer(than) => {
            let sql = "SELECT * FROM mails WHERE id > $1 ORDER BY id LIMIT $2";
            reads.fetch_all(sql, (than, page.limit)).await?
        }
    };
    page.turn(&mut rows);
    rows.iter().map(read).collect()
}

/// The mail with this id, unless it belongs to a case that these eyes may not see.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn seen(
    reads: &mut impl Reads,
    eyes: &Eyes,
    id: MailId,
) -> Result<Option<Outgoing>, Fault> {
    let sql = "SELECT mails.* FROM mails LEFT JOIN cases ON cases.id = mails.case_id
               WHERE mails.id = $1 AND (mails.case_id IS NULL OR cases.team IN texts($2))";
    let row = reads.fetch_optional(sql, (id, teams(eyes))).await?;
    row.as_ref().map(read).transpose()
}

/// A page of all mail that these eyes may see, the newest first.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn list_seen(
    reads: &mut impl Reads,
    eyes: &Eyes,
    page: Page,
) -> Result<Vec<Outgoing>, Fault> {
    let mut rows = match page.walk() {
        Walk::Older(than) => {
            let sql = "SELECT mails.* FROM mails LEFT JOIN cases ON cases.id = mails.case_id
                       WHERE mails.id < $1
                       AND (mails.case_id IS NULL OR cases.team IN texts($2))
                       ORDER BY mails.id DESC LIMIT $3";
            reads.fetch_all(sql, (than, teams(eyes), page.limit)).await?
        }
        Walk::Newer(than) => {
            let sql = "SELECT mails.* FROM mails LEFT JOIN cases ON cases.id = mails.case_id
                       WHERE mails.id > $1
                       AND (mails.case_id IS NULL OR cases.team IN texts($2))
                       ORDER BY mails.id LIMIT $3";
            reads.fetch_all(sql, (than, teams(eyes), page.limit)).await?
        }
    };
    page.turn(&mut rows);
    rows.iter().map(read).collect()
}

fn teams(eyes: &Eyes) -> Vec<String> {
    eyes.teams().iter().map(ToString::to_string).collect()
}

/// Writes a mail; false if the same was written before.
pub(super) async fn insert(tx: &mut Tx, mail: &Outgoing) -> Result<bool, Fault> {
    let sql = "INSERT INTO mails (id, kind, about, to_address, language, subject, body_text,
               body_html, message_id, state, created_at, carriage, case_id)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
               ON CONFLICT (kind, about) DO NOTHING";
    let carriage = mail.carriage.as_ref().map(serde_json::to_string).transpose();
    let carriage = carriage.map_err(|error| Fault::of("write what a mail carries", error))?;
    let args = (
        mail.id,
        &mail.kind,
        mail.about.clone(),
        &mail.to,
        mail.language,
        &mail.subject,
        &mail.text,
        &mail.html,
        &mail.message_id,
        mail.state.as_str(),
        mail.created_at,
        carriage,
        mail.case(),
    );
    Ok(tx.execute(sql, args).await? == 1)
}

/// Keeps what became of a try, unless another worker was faster: then it is false.
pub(super) async fn tried(tx: &mut Tx, mail: &Outgoing) -> Result<bool, Fault> {
    let sql = "UPDATE mails SET state = $2, attempts = $3, last_error = $4, sent_at = $5
               WHERE id = $1 AND state = 'queued'";
    let Outgoing { id, state, attempts, last_error, sent_at, .. } = mail;
    let args = (*id, state.as_str(), *attempts, last_error.clone(), *sent_at);
    Ok(tx.execute(sql, args).await? == 1)
}

pub(super) async fn requeue(tx: &mut Tx, id: MailId) -> Result<(), Fault> {
    let sql = "UPDATE mails SET state = 'queued', attempts = 0 WHERE id = $1";
    tx.execute(sql, (id,)).await.map(|_| ())
}

fn read(row: &Row) -> Result<Outgoing, Fault> {
    Ok(Outgoing {
        id: row.id("id")?,
        to: row.text("to_address")?,
        language: row.parsed("language")?,
        kind: row.text("kind")?,
        about: row.opt_text("about")?,
        subject: row.text("subject")?,
        text: row.text("body_text")?,
        html: row.text("body_html")?,
        message_id: row.text("message_id")?,
        state: row.parsed::<State>("state")?,
        attempts: u32::try_from(row.int("attempts")?).unwrap_or(u32::MAX),
        last_error: row.opt_text("last_error")?,
        created_at: row.time("created_at")?,
        sent_at: row.opt_time("sent_at")?,
        carriage: carriage(row)?,
    })
}

fn carriage(row: &Row) -> Result<Option<Carriage>, Fault> {
    let Some(text) = row.opt_text("carriage")? else { return Ok(None) };
    let read = serde_json::from_str(&text);
    read.map(Some).map_err(|error| Fault::of("read what a mail carries", error))
}
