//! Statements about visitors' sessions and the files they hand in.

use base::id::{CaseId, ChatSessionId, FileId, MessageId};
use base::{Fault, Hashed, Secret, Timestamp};
use store::{Reads, Row, Tx};

use crate::chat::Session;

/// The session this secret opens now, if it does.
pub(in crate::chat) async fn opened(
    reads: &mut impl Reads,
    now: Timestamp,
    secret: &Secret,
) -> Result<Option<Session>, Fault> {
    let sql = "SELECT * FROM chat_sessions WHERE hash = $1 AND expires_at > $2";
    let row = reads.fetch_optional(sql, (secret.hashed().as_str(), now)).await?;
    row.as_ref().map(read).transpose()
}

pub(in crate::chat) async fn find(
    reads: &mut impl Reads,
    id: ChatSessionId,
) -> Result<Option<Session>, Fault> {
    let row = reads.fetch_optional("SELECT * FROM chat_sessions WHERE id = $1", (id,)).await?;
    row.as_ref().map(read).transpose()
}

/// The newest session that talks about a case.
pub(in crate::chat) async fn of_case(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Option<Session>, Fault> {
    let sql = "SELECT * FROM chat_sessions WHERE case_id = $1 ORDER BY id DESC LIMIT 1";
    reads.fetch_optional(sql, (case,)).await?.as_ref().map(read).transpose()
}

/// The newest talk of somebody the host site knows, begun in whatever browser.
pub(in crate::chat) async fn of_subject(
    reads: &mut impl Reads,
    channel: &str,
    subject: &str,
    since: Timestamp,
) -> Result<Option<Session>, Fault> {
    let sql = "SELECT * FROM chat_sessions
               WHERE channel = $1 AND subject = $2 AND case_id IS NOT NULL AND seen_at > $3
               ORDER BY id DESC LIMIT 1";
    reads.fetch_optional(sql, (channel, subject, since)).await?.as_ref().map(read).transpose()
}

pub(in crate::chat) async fn insert(
    tx: &mut Tx,
    session: &Session,
    hash: &Hashed,
) -> Result<(), Fault> {
    let sql = "INSERT INTO chat_sessions (id, hash, channel, subject, name, vouched_mail, language,
                 page, person, address, case_id, turn, from_seq, seen_seq, created_at, seen_at,
                 expires_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    let args = (
        session.id,
        hash.as_str(),
        &session.channel,
        session.subject.clone(),
        session.name.clone(),
        session.vouched_mail.clone(),
        session.language,
        session.page.clone(),
        session.person,
        session.address,
        session.case,
        session.turn,
        session.from_seq,
        session.seen_seq,
        session.created_at,
        session.seen_at,
        session.expires_at,
    );
    tx.execute(sql, args).await.map(|_| ())
}

/// The visitor is back.
pub(in crate::chat) async fn resume(tx: &mut Tx, session: &Session) -> Result<(), Fault> {
    let sql = "UPDATE chat_sessions SET name = $2, vouched_mail = $3, language = $4, page = $5,
                 seen_at = $6, expires_at = $7, left_at = NULL
               WHERE id = $1";
    let args = (
        session.id,
        session.name.clone(),
        session.vouched_mail.clone(),
        session.language,
        session.page.clone(),
        session.seen_at,
        session.expires_at,
    );
    tx.execute(sql, args).await.map(|_| ())
}

/// The session talks about a case now.
pub(in crate::chat) async fn talks(tx: &mut Tx, session: &Session) -> Result<(), Fault> {
    let sql = "UPDATE chat_sessions SET person = $2, address = $3, case_id = $4, turn = $5,
                 from_seq = $6, seen_seq = $7, desk_seen_seq = $8, mailed_seq = $9
               WHERE id = $1";
    let args = (
        session.id,
        session.person,
        session.address,
        session.case,
        session.turn,
        session.from_seq,
        session.seen_seq,
        session.desk_seen_seq,
        session.mailed_seq,
    );
    tx.execute(sql, args).await.map(|_| ())
}

/// Something was heard of the visitor.
pub(in crate::chat) async fn heard(
    tx: &mut Tx,
    id: ChatSessionId,
    now: Timestamp,
) -> Result<u64, Fault> {
    let sql = "UPDATE chat_sessions SET seen_at = $2, left_at = NULL
               WHERE id = $1 AND (seen_at <= $2 OR left_at IS NOT NULL)";
    tx.execute(sql, (id, now)).await
}

pub(in crate::chat) async fn leave(
    tx: &mut Tx,
    id: ChatSessionId,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "UPDATE chat_sessions SET left_at = $2 WHERE id = $1 AND left_at IS NULL";
    tx.execute(sql, (id, now)).await.map(|_| ())
}

/// Everybody of whom nothing was heard since then has left.
pub(in crate::chat) async fn leave_silent(
    tx: &mut Tx,
    since: Timestamp,
    now: Timestamp,
) -> Result<u64, Fault> {
    let sql = "UPDATE chat_sessions SET left_at = $2 WHERE left_at IS NULL AND seen_at < $1";
    tx.execute(sql, (since, now)).await
}

/// The visitor has had everything up to there before their eyes.
pub(in crate::chat) async fn saw(tx: &mut Tx, session: &Session, seq: i64) -> Result<u64, Fault> {
    let sql = "UPDATE chat_sessions SET seen_seq = $3
               WHERE id = $1 AND turn = $2 AND seen_seq < $3";
    tx.execute(sql, (session.id, session.turn, seq)).await
}

/// Somebody of the desk has.
pub(in crate::chat) async fn desk_saw(tx: &mut Tx, case: CaseId, seq: i64) -> Result<u64, Fault> {
    let sql = "UPDATE chat_sessions SET desk_seen_seq = $2
               WHERE case_id = $1 AND desk_seen_seq < $2";
    tx.execute(sql, (case, seq)).await
}

/// The visitor asks for mail; what proves the address is on its way.
pub(in crate::chat) async fn ask_for_mail(
    tx: &mut Tx,
    id: ChatSessionId,
    mail: &str,
    hash: &Hashed,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "UPDATE chat_sessions SET mail = $2, mail_hash = $3, mail_asked_at = $4,
                 mail_proved_at = NULL
               WHERE id = $1";
    tx.execute(sql, (id, mail, hash.as_str(), now)).await.map(|_| ())
}

/// When a session last asked for mail.
pub(in crate::chat) async fn asked_at(
    reads: &mut impl Reads,
    id: ChatSessionId,
) -> Result<Option<Timestamp>, Fault> {
    let sql = "SELECT mail_asked_at FROM chat_sessions WHERE id = $1";
    let row = reads.fetch_optional(sql, (id,)).await?;
    row.map_or(Ok(None), |row| row.opt_time("mail_asked_at"))
}

/// The session whose mail address this secret proves, if it was sent since then.
pub(in crate::chat) async fn asked_with(
    reads: &mut impl Reads,
    secret: &Secret,
    since: Timestamp,
) -> Result<Option<Session>, Fault> {
    let sql = "SELECT * FROM chat_sessions WHERE mail_hash = $1 AND mail_asked_at > $2";
    let row = reads.fetch_optional(sql, (secret.hashed().as_str(), since)).await?;
    row.as_ref().map(read).transpose()
}

pub(in crate::chat) async fn prove_mail(
    tx: &mut Tx,
    id: ChatSessionId,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "UPDATE chat_sessions SET mail_proved_at = $2
               WHERE id = $1 AND mail_proved_at IS NULL";
    tx.execute(sql, (id, now)).await.map(|_| ())
}

/// Sessions with a proved mail address whose visitor is not there and may have missed an answer.
pub(in crate::chat) async fn to_mail(
    reads: &mut impl Reads,
    heard_before: Timestamp,
    mailed_before: Timestamp,
    since: Timestamp,
) -> Result<Vec<Session>, Fault> {
    let sql = "SELECT * FROM chat_sessions
               WHERE case_id IS NOT NULL
                 AND (mail_proved_at IS NOT NULL OR vouched_mail IS NOT NULL)
                 AND (seen_at < $1 OR left_at IS NOT NULL)
                 AND (mailed_at IS NULL OR mailed_at < $2) AND seen_at > $3
                 AND EXISTS (SELECT 1 FROM cases WHERE cases.id = chat_sessions.case_id
                   AND cases.last_staff_at IS NOT NULL
                   AND cases.seq > chat_sessions.seen_seq AND cases.seq > chat_sessions.mailed_seq)
               ORDER BY id LIMIT 200";
    reads.fetch_all(sql, (heard_before, mailed_before, since)).await?.iter().map(read).collect()
}

pub(in crate::chat) async fn mailed(
    tx: &mut Tx,
    session: &Session,
    seq: i64,
    at: Option<Timestamp>,
) -> Result<(), Fault> {
    let sql = "UPDATE chat_sessions SET mailed_seq = $3, mailed_at = COALESCE($4, mailed_at)
               WHERE id = $1 AND turn = $2 AND mailed_seq < $3";
    tx.execute(sql, (session.id, session.turn, seq, at)).await.map(|_| ())
}

/// A visitor hands in a file.
pub(in crate::chat) async fn hand_in(
    tx: &mut Tx,
    session: ChatSessionId,
    file: FileId,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO chat_files (file, session, created_at) VALUES ($1, $2, $3)";
    tx.execute(sql, (file, session, now)).await.map(|_| ())
}

/// How many files a session has handed in since then.
pub(in crate::chat) async fn handed_in(
    reads: &mut impl Reads,
    session: ChatSessionId,
    since: Timestamp,
) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(*) AS many FROM chat_files WHERE session = $1 AND created_at > $2";
    reads.fetch_one(sql, (session, since)).await?.int("many")
}

/// Whether a session has handed in that file.
pub(in crate::chat) async fn has_handed_in(
    reads: &mut impl Reads,
    session: ChatSessionId,
    file: FileId,
) -> Result<bool, Fault> {
    let sql = "SELECT file FROM chat_files WHERE session = $1 AND file = $2";
    Ok(reads.fetch_optional(sql, (session, file)).await?.is_some())
}

/// Names a file in a message; false if the session has no such file, or it is named already.
pub(in crate::chat) async fn name_file(
    tx: &mut Tx,
    session: ChatSessionId,
    file: FileId,
    message: MessageId,
) -> Result<bool, Fault> {
    let sql = "UPDATE chat_files SET message = $3
               WHERE session = $1 AND file = $2 AND message IS NULL";
    Ok(tx.execute(sql, (session, file, message)).await? == 1)
}

/// Forgets sessions that opened nothing since then. Their cases stay.
pub(in crate::chat) async fn sweep(tx: &mut Tx, until: Timestamp) -> Result<(), Fault> {
    let sql = "DELETE FROM chat_files WHERE session IN
                 (SELECT id FROM chat_sessions WHERE expires_at < $1)";
    tx.execute(sql, (until,)).await?;
    tx.execute("DELETE FROM chat_sessions WHERE expires_at < $1", (until,)).await?;
    tx.execute("DELETE FROM chat_signs WHERE until < $1", (until,)).await.map(|_| ())
}

fn read(row: &Row) -> Result<Session, Fault> {
    Ok(Session {
        id: row.id("id")?,
        channel: row.text("channel")?,
        subject: row.opt_text("subject")?,
        name: row.opt_text("name")?,
        vouched_mail: row.opt_text("vouched_mail")?,
        language: row.parsed("language")?,
        page: row.opt_text("page")?,
        person: row.opt_id("person")?,
        address: row.opt_id("address")?,
        case: row.opt_id("case_id")?,
        turn: row.int("turn")?,
        from_seq: row.int("from_seq")?,
        seen_seq: row.int("seen_seq")?,
        desk_seen_seq: row.int("desk_seen_seq")?,
        mailed_seq: row.int("mailed_seq")?,
        mailed_at: row.opt_time("mailed_at")?,
        mail: row.opt_text("mail")?,
        mail_proved_at: row.opt_time("mail_proved_at")?,
        created_at: row.time("created_at")?,
        seen_at: row.time("seen_at")?,
        left_at: row.opt_time("left_at")?,
        expires_at: row.time("expires_at")?,
    })
}
