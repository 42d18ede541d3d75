//! Statements about everything that names a person, wherever in the desk it is.

use base::id::{CaseId, FileId, MessageId, PaymentId, PersonId};
use base::{Fault, Timestamp};
use store::{Reads, Tx};

use crate::retention::whose::Whose;

/// Whether a case of theirs, one they wrote in, or one about their money is held.
pub(in crate::retention) async fn has_held_case(
    reads: &mut impl Reads,
    whose: &Whose,
) -> Result<bool, Fault> {
    let sql = "SELECT 1 AS one FROM cases WHERE legal_hold IS NOT NULL AND (
                 requester IN texts($1)
                 OR EXISTS (SELECT 1 FROM case_messages WHERE case_messages.case_id = cases.id
                   AND (author IN texts($1) OR address IN texts($2)))
                 OR EXISTS (SELECT 1 FROM case_refs WHERE case_refs.case_id = cases.id
                   AND ((kind = 'customer' AND ref IN texts($3)) OR (kind = 'payment'
                     AND ref IN (SELECT id FROM payments WHERE customer IN texts($3))))))
               LIMIT 1";
    let args = (whose.ids(), whose.address_ids(), whose.customer_ids());
    Ok(reads.fetch_optional(sql, args).await?.is_some())
}

/// Their payments that somebody must look at.
pub(in crate::retention) async fn payments_amiss(
    reads: &mut impl Reads,
    whose: &Whose,
) -> Result<Vec<PaymentId>, Fault> {
    let sql = "SELECT id FROM payments WHERE customer IN texts($1)
               AND needs_attention IS NOT NULL
               UNION SELECT payments.id FROM payments JOIN case_refs
                 ON case_refs.kind = 'payment' AND case_refs.ref = payments.id
               JOIN cases ON cases.id = case_refs.case_id
               WHERE cases.requester IN texts($2) AND payments.needs_attention IS NOT NULL";
    let rows = reads.fetch_all(sql, (whose.customer_ids(), whose.ids())).await?;
    rows.iter().map(|row| row.id("id")).collect()
}

/// Whether a case of theirs that is not done is about money.
pub(in crate::retention) async fn has_open_case_with_money(
    reads: &mut impl Reads,
    whose: &Whose,
) -> Result<bool, Fault> {
    let sql = "SELECT 1 AS one FROM cases WHERE requester IN texts($1)
               AND state NOT IN ('solved', 'closed') AND merged_into IS NULL AND spam_at IS NULL
               AND EXISTS (SELECT 1 FROM case_refs WHERE case_refs.case_id = cases.id
                 AND kind IN ('payment', 'order', 'item', 'tab', 'subscription', 'refund',
                   'dispute')) LIMIT 1";
    Ok(reads.fetch_optional(sql, (whose.ids(),)).await?.is_some())
}

/// Whether an answer or a mail to them, written since then, has not left yet.
pub(in crate::retention) async fn has_something_on_its_way(
    reads: &mut impl Reads,
    whose: &Whose,
    since: Timestamp,
) -> Result<bool, Fault> {
    let sql = "SELECT 1 AS one FROM case_messages JOIN cases ON cases.id = case_messages.case_id
               WHERE cases.requester IN texts($1) AND delivery IN ('waiting', 'queued')
               AND withdrawn_at IS NULL AND redacted_at IS NULL
               AND case_messages.created_at > $2 LIMIT 1";
    if reads.fetch_optional(sql, (whose.ids(), since)).await?.is_some() {
        return Ok(true);
    }
    let sql = "SELECT 1 AS one FROM mails WHERE to_address IN texts($1) AND state = 'queued'
               AND emptied_at IS NULL AND created_at > $2 LIMIT 1";
    Ok(reads.fetch_optional(sql, (whose.mails(), since)).await?.is_some())
}

/// Their cases that still have words, the oldest first.
pub(in crate::retention) async fn cases_of(
    reads: &mut impl Reads,
    whose: &Whose,
    most: u32,
) -> Result<Vec<CaseId>, Fault> {
    let sql = "SELECT id FROM cases WHERE requester IN texts($1) AND emptied_at IS NULL
               ORDER BY id LIMIT $2";
    let rows = reads.fetch_all(sql, (whose.ids(), most)).await?;
    rows.iter().map(|row| row.id("id")).collect()
}

/// What they wrote, or what was written to them, in cases of others.
pub(in crate::retention) async fn messages_elsewhere(
    reads: &mut impl Reads,
    whose: &Whose,
    most: u32,
) -> Result<Vec<MessageId>, Fault> {
    let sql = "SELECT id FROM case_messages WHERE author IN texts($1) AND redacted_at IS NULL
               UNION SELECT id FROM case_messages WHERE address IN texts($2)
                 AND redacted_at IS NULL
               ORDER BY id LIMIT $3";
    let rows = reads.fetch_all(sql, (whose.ids(), whose.address_ids(), most)).await?;
    rows.iter().map(|row| row.id("id")).collect()
}

/// The files of a message.
pub(in crate::retention) async fn files_of(
    reads: &mut impl Reads,
    message: MessageId,
) -> Result<Vec<FileId>, Fault> {
    let sql = "SELECT file FROM message_files WHERE message = $1";
    reads.fetch_all(sql, (message,)).await?.iter().map(|row| row.id("file")).collect()
}

/// How many of what is theirs: cases, messages and files, chats, mails that went out.
pub(in crate::retention) async fn counted(
    reads: &mut impl Reads,
    whose: &Whose,
) -> Result<[i64; 6], Fault> {
    let sql = "SELECT
        (SELECT COUNT(*) FROM cases WHERE requester IN texts($1) AND emptied_at IS NULL) AS cases,
        (SELECT COUNT(*) FROM case_messages JOIN cases ON cases.id = case_messages.case_id
          WHERE cases.requester IN texts($1) AND redacted_at IS NULL) AS messages,
        (SELECT COUNT(*) FROM message_files JOIN case_messages
          ON case_messages.id = message_files.message JOIN cases
          ON cases.id = case_messages.case_id WHERE cases.requester IN texts($1)) AS files,
        (SELECT COUNT(*) FROM case_messages JOIN cases ON cases.id = case_messages.case_id
          WHERE author IN texts($1) AND NOT (cases.requester IN texts($1))
          AND redacted_at IS NULL) AS elsewhere,
        (SELECT COUNT(*) FROM chat_sessions WHERE person IN texts($1)) AS chats,
        (SELECT COUNT(*) FROM mails WHERE to_address IN texts($2)
          AND emptied_at IS NULL) AS mails";
    let row = reads.fetch_one(sql, (whose.ids(), whose.mails())).await?;
    Ok([
        row.int("cases")?,
        row.int("messages")?,
        row.int("files")?,
        row.int("elsewhere")?,
        row.int("chats")?,
        row.int("mails")?,
    ])
}

/// Removes their chats, wherever they were known by a name, an account or a mail address.
pub(in crate::retention) async fn clear_chats(tx: &mut Tx, whose: &Whose) -> Result<u64, Fault> {
    let sql = "DELETE FROM chat_files WHERE session IN (SELECT id FROM chat_sessions
               WHERE person IN texts($1) OR subject IN texts($2) OR mail IN texts($3)
               OR vouched_mail IN texts($3))";
    tx.execute(sql, (whose.ids(), whose.subjects(), whose.mails())).await?;
    let sql = "DELETE FROM chat_sessions WHERE person IN texts($1) OR subject IN texts($2)
               OR mail IN texts($3) OR vouched_mail IN texts($3)";
    tx.execute(sql, (whose.ids(), whose.subjects(), whose.mails())).await
}

/// Removes what opens pages for them, what they said of our help, and by what limits and lists
/// know their addresses. That an address may not write to us stays: staff said so.
pub(in crate::retention) async fn clear(tx: &mut Tx, whose: &Whose) -> Result<(), Fault> {
    tx.execute("DELETE FROM case_keys WHERE person IN texts($1)", (whose.ids(),)).await?;
    let sql = "UPDATE contact_ratings SET said = NULL WHERE person IN texts($1)";
    tx.execute(sql, (whose.ids(),)).await?;
    let sql = "DELETE FROM social_heard WHERE address IN texts($1)";
    tx.execute(sql, (whose.address_ids(),)).await?;
    // What was still to be fetched for them is fetched no more.
    let sql = "UPDATE social_media SET name = NULL, source = '', reason = NULL,
               state = CASE WHEN state = 'waiting' THEN 'failed' ELSE state END
               WHERE message IN (SELECT id FROM case_messages WHERE author IN texts($1))";
    tx.execute(sql, (whose.ids(),)).await?;
    let sql = "UPDATE social_sends SET recipient = '', provider_id = NULL, last_error = NULL
               WHERE message IN (SELECT id FROM case_messages WHERE address IN texts($1))";
    tx.execute(sql, (whose.address_ids(),)).await?;
    let sql = "DELETE FROM social_codes WHERE customer IN texts($1)";
    tx.execute(sql, (whose.customer_ids(),)).await?;
    for sql in [
        "DELETE FROM mail_acks WHERE address IN texts($1)",
        "DELETE FROM suppressions WHERE address IN texts($1)",
        "DELETE FROM mail_mutes WHERE what IN texts($1)",
        "DELETE FROM mail_senders WHERE value IN texts($1) AND rule = 'allow'",
    ] {
        tx.execute(sql, (whose.mails(),)).await?;
    }
    Ok(())
}

/// Whether nothing is left that is worth a name: no account, no case with words, no word elsewhere.
pub(in crate::retention) async fn is_nobody_now(
    reads: &mut impl Reads,
    id: PersonId,
) -> Result<bool, Fault> {
    let sql = "SELECT 1 AS one FROM people WHERE id = $1 AND erased_at IS NULL
               AND customer IS NULL AND creator IS NULL AND blocked_at IS NULL
               AND NOT EXISTS (SELECT 1 FROM cases WHERE requester = $1 AND emptied_at IS NULL
                 AND merged_into IS NULL)
               AND NOT EXISTS (SELECT 1 FROM case_messages
                 WHERE author = $1 AND redacted_at IS NULL)
               AND NOT EXISTS (SELECT 1 FROM addresses WHERE person = $1
                 AND value = 'paydesk:billing')
               AND NOT EXISTS (SELECT 1 FROM case_people JOIN addresses
                 ON addresses.id = case_people.address JOIN cases
                 ON cases.id = case_people.case_id
                 WHERE addresses.person = $1 AND cases.emptied_at IS NULL)";
    Ok(reads.fetch_optional(sql, (id,)).await?.is_some())
}

/// Whether a person is the house itself, or somebody who must not lose their name.
pub(in crate::retention) async fn is_the_house(
    reads: &mut impl Reads,
    id: PersonId,
) -> Result<bool, Fault> {
    let sql = "SELECT 1 AS one FROM addresses WHERE person = $1 AND value = 'paydesk:billing'";
    Ok(reads.fetch_optional(sql, (id,)).await?.is_some())
}
