//! What billing would have written, written where a test wants it.

use base::id::{AttemptId, CustomerId, NoticeId, PaymentId};
use base::{Fault, Timestamp};
use store::Tx;

pub(super) async fn payment(
    tx: &mut Tx,
    payment: PaymentId,
    attempt: AttemptId,
    of: CustomerId,
    now: Timestamp,
) -> Result<(), Fault> {
    let pack = "INSERT INTO token_packs (id, code, tokens, prices, active, created_at) \
                VALUES ('tpk_00000000000000000000000001', 'tokens-100', 100, '[]', 1, 0) \
                ON CONFLICT DO NOTHING";
    tx.execute(pack, ()).await?;
    let sql = "INSERT INTO payments (id, customer, checkout, pack, tokens, amount, currency, \
               state, authorized, captured, refunded, disputed, outcome_known, version, \
               created_at, updated_at) VALUES ($1, $2, 'chk_00000000000000000000000001', \
               'tpk_00000000000000000000000001', 100, 1000, 'USD', \
               'captured', 1000, 1000, 0, 0, 1, 1, $3, $3)";
    tx.execute(sql, (payment, of, now)).await?;
    let sql = "INSERT INTO attempts (id, payment, account, state, amount, currency, captured, \
               refunded, disputed, provisional, version, created_at, updated_at, expires_at) \
               VALUES ($1, $2, 'fake', 'captured', 1000, 'USD', 1000, 0, 0, 0, 1, $3, $3, $3)";
    tx.execute(sql, (attempt, payment, now)).await?;
    Ok(())
}

pub(super) async fn needs(
    tx: &mut Tx,
    payment: PaymentId,
    says: Option<&str>,
    disputed: i64,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "UPDATE payments SET needs_attention = $2, disputed = $3, updated_at = $4 \
               WHERE id = $1";
    tx.execute(sql, (payment, says, disputed, now)).await?;
    Ok(())
}

pub(super) async fn attempt(
    tx: &mut Tx,
    payment: PaymentId,
    state: &str,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "UPDATE attempts SET state = $2, updated_at = $3 WHERE payment = $1";
    tx.execute(sql, (payment, state, now)).await?;
    Ok(())
}

pub(super) async fn notice(
    tx: &mut Tx,
    id: NoticeId,
    filed: &str,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO notices (id, account, received_at, method, sender, headers, query, \
               body_hash, filed, reason, words, reads) VALUES ($1, 'fake', $3, 'POST', \
               '192.0.2.1', '[]', '', '', $2, 'no attempt of that reference', '', '[]') \
               ON CONFLICT (id) DO UPDATE SET filed = $2";
    tx.execute(sql, (id, filed, now)).await?;
    Ok(())
}
