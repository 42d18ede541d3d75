//! A deed: the last call after the customer has approved. It leaves once.

use base::id::AttemptId;
use base::time::SignedDuration;
use base::{Fault, Stop, Timestamp};
use processor::{CaptureWhen, Completing};

use super::attempt::Attempt;
use super::fact::Fact;
use super::operation::{Operation, OperationKind};
use super::settle::{Learned, settle_learning};
use super::{answered, rows};
use crate::{Account, Billing};

/// Where the house keeps keys, the call may leave again after this, to read the kept answer.
const AGAIN_AFTER: SignedDuration = SignedDuration::from_secs(90);

/// Takes the money of an attempt that its customer has approved. Does nothing for any other, nor
/// for one whose last call has left already.
///
/// # Errors
/// A fault if the database fails.
pub(crate) async fn complete(billing: &Billing, id: AttemptId) -> Result<(), Stop> {
    let attempt = rows::find_attempt(&mut billing.store.read().await?, id).await?;
    let Some(attempt) = attempt else { return Ok(()) };
    let Some(account) = billing.accounts.get(&attempt.account).cloned() else { return Ok(()) };
    let Some(transaction) = attempt.transaction.clone() else { return Ok(()) };
    if !account.connector.capabilities().completes || !attempt.state.is_unresolved() {
        return Ok(());
    }
    let now = billing.env.now();
    let again_before = again_before(&account, &attempt, now);
    let leaves =
        store::write!(
            billing.store,
            |tx| Ok(rows::may_complete(tx, id, now, again_before).await?)
        )?;
    if !leaves {
        return Ok(());
    }
    let completing = asked(billing, &attempt, transaction).await?;
    let billing = billing.clone();
    // Whoever asked may go away; the answer is written down all the same.
    let call = tokio::spawn(async move { call(&billing, &account, &attempt, &completing).await });
    call.await.map_err(|error| Fault::of("finish the last call to the processor", error))?
}

/// When a call must have left so that it may leave again: never, unless the house keeps keys.
fn again_before(account: &Account, attempt: &Attempt, now: Timestamp) -> Timestamp {
    let Some(seconds) = account.connector.capabilities().keeps_keys else { return Timestamp::MIN };
    let kept = SignedDuration::from_secs(i64::from(seconds)) - AGAIN_AFTER;
    if now.duration_since(attempt.created_at) > kept {
        return Timestamp::MIN;
    }
    now.checked_sub(AGAIN_AFTER).unwrap_or(Timestamp::MIN)
}

async fn asked(
    billing: &Billing,
    attempt: &Attempt,
    transaction: String,
) -> Result<Completing, Fault> {
    let mut reader = billing.store.read().await?;
    let calls = rows::operations_of_attempt(&mut reader, attempt.id).await?;
    let sale = calls.iter().find(|one: &&Operation| one.kind == OperationKind::Sale);
    let sale = sale.ok_or_else(|| Fault::new(format!("find the call of {}", attempt.id)))?;
    let later = rows::is_captured_later(&mut reader, attempt.id).await?;
    Ok(Completing {
        key: sale.id.to_string(),
        reference: attempt.reference.clone(),
        transaction,
        amount: attempt.amount,
        capture: if later { CaptureWhen::Later } else { CaptureWhen::AtOnce },
    })
}

async fn call(
    billing: &Billing,
    account: &Account,
    attempt: &Attempt,
    completing: &Completing,
) -> Result<(), Stop> {
    let answer = account.connector.complete(completing).await;
    let (ids, stored) = answered::learned(&answer);
    let fact = match answered::charged(answer, attempt.amount) {
        Fact::NeverRan(why) => {
            tracing::warn!(attempt = %attempt.id, why, "the last call was not executed");
            return store::write!(billing.store, |tx| {
                Ok(rows::not_completed(tx, attempt.id).await?)
            });
        }
        Fact::Lost(why) => Fact::Unsure(why),
        fact => fact,
    };
    let learned = Learned { ids: &ids, stored: stored.as_deref() };
    let settled = store::write!(billing.store, |tx| {
        let proof = "the processor's answer";
        settle_learning(tx, billing, attempt.id, &fact, proof, learned).await
    })?;
    settled.count();
    Ok(())
}
