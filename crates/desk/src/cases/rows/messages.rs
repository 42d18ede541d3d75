//! Statements about messages.

use base::id::{AddressId, CaseId, MessageId, PersonId, ThreadId};
use base::{Fault, Timestamp};
use store::{Reads, Row, Tx, Value};

use crate::cases::{Author, Delivery, Message, Origin};

pub(in crate::cases) async fn find(
    reads: &mut impl Reads,
    id: MessageId,
) -> Result<Option<Message>, Fault> {
    let row = reads.fetch_optional("SELECT * FROM case_messages WHERE id = $1", (id,)).await?;
    row.as_ref().map(read).transpose()
}

pub(in crate::cases) async fn by_source(
    reads: &mut impl Reads,
    channel: Origin,
    source_id: &str,
) -> Result<Option<Message>, Fault> {
    let sql = "SELECT * FROM case_messages WHERE channel = $1 AND source_id = $2";
    reads.fetch_optional(sql, (channel, source_id)).await?.as_ref().map(read).transpose()
}

pub(in crate::cases) async fn by_mail_id(
    reads: &mut impl Reads,
    mail_id: &str,
) -> Result<Option<Message>, Fault> {
    let sql = "SELECT * FROM case_messages WHERE mail_id = $1 ORDER BY id LIMIT 1";
    reads.fetch_optional(sql, (mail_id,)).await?.as_ref().map(read).transpose()
}

/// Messages of some kinds of threads of a case, as staff see them.
pub(in crate::cases) async fn after(
    reads: &mut impl Reads,
    case: CaseId,
    kinds: Vec<String>,
    seq: i64,
    limit: u32,
) -> Result<Vec<Message>, Fault> {
    let sql = "SELECT * FROM case_messages WHERE case_id = $1 AND thread_kind IN texts($2)
               AND seq > $3 ORDER BY seq LIMIT $4";
    reads.fetch_all(sql, (case, kinds, seq, limit)).await?.iter().map(read).collect()
}

/// Messages of one thread, as those outside see it.
pub(in crate::cases) async fn shown_in(
    reads: &mut impl Reads,
    thread: ThreadId,
    after: i64,
    limit: u32,
) -> Result<Vec<Message>, Fault> {
    let sql = "SELECT * FROM case_messages WHERE thread = $1 AND shown_seq > $2
               AND direction IN ('in', 'out') ORDER BY shown_seq LIMIT $3";
    reads.fetch_all(sql, (thread, after, limit)).await?.iter().map(read).collect()
}

/// Messages of the customer's thread, as who asked sees it.
pub(in crate::cases) async fn shown(
    reads: &mut impl Reads,
    case: CaseId,
    after: i64,
    limit: u32,
) -> Result<Vec<Message>, Fault> {
    let sql = "SELECT * FROM case_messages WHERE case_id = $1 AND thread_kind = 'customer'
               AND shown_seq > $2 AND direction IN ('in', 'out')
               ORDER BY shown_seq LIMIT $3";
    reads.fetch_all(sql, (case, after, limit)).await?.iter().map(read).collect()
}

/// As [`shown`], only what came from this address or went to it.
pub(in crate::cases) async fn shown_to(
    reads: &mut impl Reads,
    case: CaseId,
    address: AddressId,
    after: i64,
    limit: u32,
) -> Result<Vec<Message>, Fault> {
    let sql = "SELECT * FROM case_messages WHERE case_id = $1 AND thread_kind = 'customer'
               AND shown_seq > $2 AND direction IN ('in', 'out') AND address = $3
               ORDER BY shown_seq LIMIT $4";
    reads.fetch_all(sql, (case, after, address, limit)).await?.iter().map(read).collect()
}

/// The number of the newest message of a thread that somebody else wrote by hand.
pub(in crate::cases) async fn newest_of_others(
    reads: &mut impl Reads,
    thread: ThreadId,
    author: Author,
) -> Result<i64, Fault> {
    let sql = "SELECT COALESCE(MAX(seq), 0) AS newest FROM case_messages
               WHERE thread = $1 AND author <> $2 AND automatic IS NULL AND withdrawn_at IS NULL
               AND direction IN ('in', 'out')";
    reads.fetch_one(sql, (thread, author)).await?.int("newest")
}

/// Where who asks last wrote from.
pub(in crate::cases) async fn last_sender(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Option<AddressId>, Fault> {
    let sql = "SELECT case_messages.address FROM case_messages
               JOIN case_people ON case_people.case_id = case_messages.case_id
               AND case_people.address = case_messages.address
               WHERE case_messages.case_id = $1 AND thread_kind = 'customer'
               AND direction = 'in' AND bounce IS NULL AND may_read = 1 AND role = 'requester'
               ORDER BY seq DESC LIMIT 1";
    let row = reads.fetch_optional(sql, (case,)).await?;
    row.map(|row| row.id("address")).transpose()
}

/// When staff first and last answered who asked, by what has not been taken back.
pub(in crate::cases) async fn answered(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<(Option<Timestamp>, Option<Timestamp>), Fault> {
    let sql = "SELECT MIN(created_at) AS first, MAX(created_at) AS last FROM case_messages
               WHERE case_id = $1 AND thread_kind = 'customer' AND direction = 'out'
               AND withdrawn_at IS NULL AND automatic IS NULL
               AND SUBSTR(author, 1, 4) IN ('stf_', 'key_')";
    let row = reads.fetch_one(sql, (case,)).await?;
    Ok((row.opt_time("first")?, row.opt_time("last")?))
}

/// When who asked last wrote by hand.
pub(in crate::cases) async fn asked(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Option<Timestamp>, Fault> {
    let sql = "SELECT MAX(created_at) AS last FROM case_messages
               WHERE case_id = $1 AND thread_kind = 'customer' AND direction = 'in'
               AND automatic IS NULL AND bounce IS NULL";
    reads.fetch_one(sql, (case,)).await?.opt_time("last")
}

/// What somebody last wrote by hand in the customer's thread.
pub(in crate::cases) async fn last_of(
    reads: &mut impl Reads,
    case: CaseId,
    person: PersonId,
) -> Result<Option<Message>, Fault> {
    let sql = "SELECT * FROM case_messages WHERE case_id = $1 AND thread_kind = 'customer'
               AND direction = 'in' AND author = $2 AND automatic IS NULL AND bounce IS NULL
               ORDER BY seq DESC LIMIT 1";
    let row = reads.fetch_optional(sql, (case, Author::Person(person))).await?;
    row.as_ref().map(read).transpose()
}

/// Whether a case has an earlier message than this one.
pub(in crate::cases) async fn is_first(
    reads: &mut impl Reads,
    message: &Message,
) -> Result<bool, Fault> {
    let sql = "SELECT 1 AS one FROM case_messages WHERE case_id = $1 AND seq < $2 LIMIT 1";
    Ok(reads.fetch_optional(sql, (message.case, message.seq)).await?.is_none())
}

/// All messages of a case, up to a number of them.
pub(in crate::cases) async fn all(
    reads: &mut impl Reads,
    case: CaseId,
    limit: u32,
) -> Result<Vec<Message>, Fault> {
    let sql = "SELECT * FROM case_messages WHERE case_id = $1 ORDER BY seq LIMIT $2";
    reads.fetch_all(sql, (case, limit)).await?.iter().map(read).collect()
}

/// The newest messages of a case, up to a number of them, the last first.
pub(in crate::cases) async fn newest(
    reads: &mut impl Reads,
    case: CaseId,
    limit: u32,
) -> Result<Vec<Message>, Fault> {
    let sql = "SELECT * FROM case_messages WHERE case_id = $1 ORDER BY seq DESC LIMIT $2";
    reads.fetch_all(sql, (case, limit)).await?.iter().map(read).collect()
}

/// The messages that were written in one of these cases and came over to another.
pub(in crate::cases) async fn with_home(
    reads: &mut impl Reads,
    homes: &[CaseId],
) -> Result<Vec<Message>, Fault> {
    let homes: Vec<String> = homes.iter().map(ToString::to_string).collect();
    let sql = "SELECT * FROM case_messages WHERE home IN texts($1) ORDER BY seq";
    reads.fetch_all(sql, (homes,)).await?.iter().map(read).collect()
}

/// Which case a message was written in, if it came over from another.
pub(in crate::cases) async fn home(
    reads: &mut impl Reads,
    id: MessageId,
) -> Result<Option<CaseId>, Fault> {
    let sql = "SELECT home FROM case_messages WHERE id = $1";
    reads.fetch_one(sql, (id,)).await?.opt_id("home")
}

/// Puts a message, as it is now, into another thread.
pub(in crate::cases) async fn put(
    tx: &mut Tx,
    message: &Message,
    home: Option<CaseId>,
) -> Result<(), Fault> {
    let sql = "UPDATE case_messages SET case_id = $2, thread = $3, seq = $4, shown_seq = $5,
               home = $6 WHERE id = $1";
    let Message { id, case, thread, seq, shown_seq, .. } = message;
    tx.execute(sql, (*id, *case, *thread, *seq, *shown_seq, home)).await.map(|_| ())
}

/// Keeps how far a message has come.
pub(in crate::cases) async fn went(tx: &mut Tx, message: &Message) -> Result<(), Fault> {
    let sql = "UPDATE case_messages SET delivery = $2, shown_seq = $3, withdrawn_at = $4
               WHERE id = $1";
    let Message { id, delivery, shown_seq, withdrawn_at, .. } = message;
    tx.execute(sql, (*id, *delivery, *shown_seq, *withdrawn_at)).await.map(|_| ())
}

pub(in crate::cases) async fn set_mail_id(
    tx: &mut Tx,
    id: MessageId,
    mail_id: &str,
) -> Result<u64, Fault> {
    tx.execute("UPDATE case_messages SET mail_id = $2 WHERE id = $1", (id, mail_id)).await
}

/// Removes what a message says.
pub(in crate::cases) async fn empty(
    tx: &mut Tx,
    id: MessageId,
    at: Timestamp,
) -> Result<(), Fault> {
    let sql = "UPDATE case_messages SET body_text = '', fresh = '', body_html = NULL,
               translated = NULL, mail_id = NULL, redacted_at = $2,
               source_id = CASE WHEN channel IN ('whatsapp', 'telegram', 'other') THEN NULL
                 ELSE source_id END
               WHERE id = $1";
    tx.execute(sql, (id, at)).await.map(|_| ())
}

/// Removes what all messages of a case say; how many said something. A messenger's own name for
/// a message tells whose it was, so it goes as well; what came is not taken in again by its bytes.
pub(in crate::cases) async fn empty_all(
    tx: &mut Tx,
    case: CaseId,
    at: Timestamp,
) -> Result<u64, Fault> {
    let sql = "UPDATE case_messages SET body_text = '', fresh = '', body_html = NULL,
               translated = NULL, mail_id = NULL, redacted_at = $2,
               source_id = CASE WHEN channel IN ('whatsapp', 'telegram', 'other') THEN NULL
                 ELSE source_id END
               WHERE case_id = $1 AND redacted_at IS NULL";
    tx.execute(sql, (case, at)).await
}

pub(in crate::cases) async fn insert(tx: &mut Tx, message: &Message) -> Result<(), Fault> {
    let sql = "INSERT INTO case_messages (id, case_id, thread, thread_kind, seq, shown_seq,
               direction, author, channel, address, body_text, fresh, body_html, language,
               source_id, mail_id, automatic, bounce, verdict, delivery, undo_until, created_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
               $18, $19, $20, $21, $22)";
    let args: Vec<Value> = vec![
        message.id.into(),
        message.case.into(),
        message.thread.into(),
        message.thread_kind.into(),
        message.seq.into(),
        message.shown_seq.into(),
        message.direction.into(),
        message.author.into(),
        message.channel.into(),
        message.address.into(),
        message.text.as_str().into(),
        message.fresh.as_str().into(),
        message.html.clone().into(),
        message.language.into(),
        message.source_id.clone().into(),
        message.mail_id.clone().into(),
        message.automatic.clone().into(),
        message.bounce.clone().into(),
        message.verdict.clone().into(),
        message.delivery.into(),
        message.undo_until.into(),
        message.created_at.into(),
    ];
    tx.execute(sql, args).await.map(|_| ())
}

fn read(row: &Row) -> Result<Message, Fault> {
    Ok(Message {
        id: row.id("id")?,
        case: row.id("case_id")?,
        thread: row.id("thread")?,
        thread_kind: row.parsed("thread_kind")?,
        seq: row.int("seq")?,
        shown_seq: row.opt_int("shown_seq")?,
        direction: row.parsed("direction")?,
        author: row.parsed("author")?,
        channel: row.parsed("channel")?,
        address: row.opt_id("address")?,
        text: row.text("body_text")?,
        fresh: row.text("fresh")?,
        html: row.opt_text("body_html")?,
        language: row.parsed("language")?,
        source_id: row.opt_text("source_id")?,
        mail_id: row.opt_text("mail_id")?,
        automatic: row.opt_text("automatic")?,
        bounce: row.opt_text("bounce")?,
        verdict: row.opt_text("verdict")?,
        delivery: row.parsed::<Delivery>("delivery")?,
        undo_until: row.opt_time("undo_until")?,
        translated: row.opt_text("translated")?,
        created_at: row.time("created_at")?,
        withdrawn_at: row.opt_time("withdrawn_at")?,
        redacted_at: row.opt_time("redacted_at")?,
    })
}
