//! Every statement about acknowledgments that were sent.

use base::{Env, Fault, Timestamp};
use store::{Reads, Tx};

/// How many acknowledgments were sent lately, each count up to a limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::mail_in) struct Sent {
    /// To this address, in a day.
    pub(in crate::mail_in) address_day: i64,
    /// To this domain, in an hour.
    pub(in crate::mail_in) domain_hour: i64,
}

pub(in crate::mail_in) async fn sent(
    reads: &mut impl Reads,
    address: &str,
    domain: &str,
    day: Timestamp,
    hour: Timestamp,
) -> Result<Sent, Fault> {
    let sql = "SELECT
        (SELECT COUNT(*) FROM (SELECT 1 AS one FROM mail_acks
          WHERE address = $1 AND sent_at > $2 LIMIT 10) AS a) AS address_day,
        (SELECT COUNT(*) FROM (SELECT 1 AS one FROM mail_acks
          WHERE domain = $3 AND sent_at > $4 LIMIT 300) AS d) AS domain_hour";
    let row = reads.fetch_one(sql, (address, day, domain, hour)).await?;
    Ok(Sent { address_day: row.int("address_day")?, domain_hour: row.int("domain_hour")? })
}

pub(in crate::mail_in) async fn note(
    tx: &mut Tx,
    env: &Env,
    address: &str,
    domain: &str,
) -> Result<(), Fault> {
    // Nobody asks for one of these rows by its name; any id that sorts by time will do.
    let id: base::id::MailId = env.id();
    let sql = "INSERT INTO mail_acks (id, address, domain, sent_at) VALUES ($1, $2, $3, $4)";
    tx.execute(sql, (id, address, domain, env.now())).await.map(|_| ())
}

/// Forgets what no limit looks at any more.
pub(in crate::mail_in) async fn forget(tx: &mut Tx, before: Timestamp) -> Result<u64, Fault> {
    tx.execute("DELETE FROM mail_acks WHERE sent_at < $1", (before,)).await
}
