//! Every statement that counts mail, for limits. No count goes further than its limit needs.

use base::{Fault, Timestamp};
use store::Reads;

/// Mails of one address since then, up to 100.
pub(in crate::mail_in) async fn of_sender(
    reads: &mut impl Reads,
    sender: &str,
    since: Timestamp,
) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(*) AS mails FROM (SELECT 1 AS one FROM raw_mails
               WHERE sender = $1 AND received_at > $2 LIMIT 100) AS few";
    reads.fetch_one(sql, (sender, since)).await?.int("mails")
}

/// Mails of one domain since then, up to a number.
pub(in crate::mail_in) async fn of_domain(
    reads: &mut impl Reads,
    domain: &str,
    since: Timestamp,
    most: u32,
) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(*) AS mails FROM (SELECT 1 AS one FROM raw_mails
               WHERE sender_domain = $1 AND received_at > $2 LIMIT $3) AS few";
    reads.fetch_one(sql, (domain, since, most)).await?.int("mails")
}

/// Mails that joined one case since then, up to 100.
pub(in crate::mail_in) async fn of_case(
    reads: &mut impl Reads,
    case: &str,
    since: Timestamp,
) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(*) AS mails FROM (SELECT 1 AS one FROM raw_mails
               WHERE case_id = $1 AND received_at > $2 LIMIT 100) AS few";
    reads.fetch_one(sql, (case, since)).await?.int("mails")
}

/// Mails that were filed between two times.
pub(in crate::mail_in) async fn acknowledged(
    reads: &mut impl Reads,
    from: Timestamp,
    until: Timestamp,
    most: u32,
) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(*) AS mails FROM (SELECT 1 AS one FROM mail_acks
               WHERE sent_at > $1 AND sent_at <= $2 LIMIT $3) AS few";
    reads.fetch_one(sql, (from, until, most)).await?.int("mails")
}
