//! Sums over the rows of other rooms, for comparing them with the books. It only reads.

use base::id::{CreatorId, PaymentId};
use base::{Currency, Fault};
use store::Reads;

/// What was taken and what is open on one processor account.
pub(super) struct Sum {
    pub(super) account: String,
    pub(super) currency: Currency,
    pub(super) taken: i64,
    pub(super) open: i64,
}

/// All tokens that were bought and not taken back.
pub(super) async fn tokens_in_lots(reads: &mut impl Reads) -> Result<i64, Fault> {
    let sql = "SELECT CAST(COALESCE(SUM(tokens - removed), 0) AS BIGINT) AS many FROM lots";
    reads.fetch_one(sql, ()).await?.int("many")
}

/// All tokens that were given out of goodwill.
pub(super) async fn tokens_given(reads: &mut impl Reads) -> Result<i64, Fault> {
    let sql = "SELECT CAST(COALESCE(SUM(tokens), 0) AS BIGINT) AS many FROM goodwill_credits";
    reads.fetch_one(sql, ()).await?.int("many")
}

/// What each creator earned by tips, and what the house kept.
pub(super) async fn tips_by_creator(
    reads: &mut impl Reads,
) -> Result<Vec<(CreatorId, i64, i64)>, Fault> {
    let sql = "SELECT creator, CAST(SUM(creator_share) AS BIGINT) AS earned, \
               CAST(SUM(tokens - creator_share) AS BIGINT) AS kept FROM tips GROUP BY creator";
    let rows = reads.fetch_all(sql, ()).await?;
    rows.iter().map(|row| Ok((row.id("creator")?, row.int("earned")?, row.int("kept")?))).collect()
}

/// What was taken and what is open, by processor account and currency.
pub(super) async fn sums_by_account(reads: &mut impl Reads) -> Result<Vec<Sum>, Fault> {
    let sql = "SELECT account, currency, \
               CAST(SUM(captured - refunded - disputed) AS BIGINT) AS taken, \
               CAST(SUM(CASE WHEN state IN ('created', 'sent', 'action_required', 'pending', \
               'unknown', 'authorized') THEN amount ELSE 0 END) AS BIGINT) AS open \
               FROM attempts GROUP BY account, currency";
    let rows = reads.fetch_all(sql, ()).await?;
    rows.iter()
        .map(|row| {
            Ok(Sum {
                account: row.text("account")?,
                currency: row.parsed("currency")?,
                taken: row.int("taken")?,
                open: row.int("open")?,
            })
        })
        .collect()
}

/// Payments whose sums are not those of their attempts.
pub(super) async fn payments_unlike_their_attempts(
    reads: &mut impl Reads,
) -> Result<Vec<(PaymentId, (i64, i64))>, Fault> {
    let sql = "SELECT payments.id AS id, payments.captured - payments.refunded - \
               payments.disputed AS ours, CAST(SUM(attempts.captured - attempts.refunded - \
               attempts.disputed) AS BIGINT) AS theirs FROM payments JOIN attempts \
               ON attempts.payment = payments.id GROUP BY payments.id, payments.captured, \
               payments.refunded, payments.disputed HAVING payments.captured - \
               payments.refunded - payments.disputed <> SUM(attempts.captured - \
               attempts.refunded - attempts.disputed)";
    let rows = reads.fetch_all(sql, ()).await?;
    rows.iter().map(|row| Ok((row.id("id")?, (row.int("ours")?, row.int("theirs")?)))).collect()
}
