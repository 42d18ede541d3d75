//! Which address a mail of ours went to, by its Message-ID.

use base::Fault;
use store::Reads;

/// The address a mail of ours with this Message-ID was written to.
pub(in crate::mail_in) async fn sent_to(
    reads: &mut impl Reads,
    message_id: &str,
) -> Result<Option<String>, Fault> {
    let sql = "SELECT to_address FROM mails WHERE message_id = $1
               AND emptied_at IS NULL LIMIT 1";
    let row = reads.fetch_optional(sql, (message_id,)).await?;
    row.map(|row| row.text("to_address")).transpose()
}
