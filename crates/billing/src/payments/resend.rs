//! A deed: the same call with the same key, to read the answer that got lost.
//!
//! Allowed only while the processor keeps keys, for it then executes nothing twice. What was asked
//! is kept for this alone, and forgotten with the first answer.

use std::net::IpAddr;

use base::id::AttemptId;
use base::time::SignedDuration;
use base::{Fault, Language, Money, Stop};
use processor::{Buyer, CaptureWhen, Charge, Instrument, StartRequest};
use store::Tx;

use super::attempt::{Attempt, AttemptState};
use super::fact::Fact;
use super::settle::{Learned, settle_learning};
use super::{answered, rows};
use crate::{Account, Billing};

/// So long before the end of the time for which keys are kept, nothing is sent again.
const MARGIN: i64 = 120;

/// What was asked, as it is kept.
#[derive(serde::Serialize, serde::Deserialize)]
struct Asked {
    key: String,
    reference: String,
    amount: Money,
    product: String,
    description: String,
    customer: String,
    name: Option<String>,
    email: Option<String>,
    ip: Option<IpAddr>,
    country: Option<String>,
    language: Language,
    capture: CaptureWhen,
    return_url: String,
    postback_url: String,
    /// Of a start.
    cancel_url: Option<String>,
    /// Of a charge: the name of what the processor keeps. A token that is good once is not kept.
    stored: Option<(String, Option<String>)>,
}

/// Keeps what an attempt is about to ask for, where the same may be asked again.
pub(super) async fn keep(
    tx: &mut Tx,
    account: &Account,
    attempt: &Attempt,
    request: &StartRequest,
) -> Result<(), Fault> {
    if request.renews.is_some() {
        return Ok(());
    }
    let StartRequest { key, reference, amount, product, description, .. } = request.clone();
    let asked = Asked {
        cancel_url: Some(request.cancel_url.clone()),
        stored: None,
        capture: request.capture,
        return_url: request.return_url.clone(),
        postback_url: request.postback_url.clone(),
        ..Asked::by(request.buyer.clone(), key, reference, amount, product, description)
    };
    write(tx, account, attempt, &asked).await
}

/// As [`keep`], for a charge of something that the processor keeps.
pub(super) async fn keep_charge(
    tx: &mut Tx,
    account: &Account,
    attempt: &Attempt,
    charge: &Charge,
) -> Result<(), Fault> {
    let Instrument::Stored { id, customer } = charge.instrument.clone() else { return Ok(()) };
    let Charge { key, reference, amount, product, description, .. } = charge.clone();
    let asked = Asked {
        cancel_url: None,
        stored: Some((id, customer)),
        capture: charge.capture,
        return_url: charge.return_url.clone(),
        postback_url: charge.postback_url.clone(),
        ..Asked::by(charge.buyer.clone(), key, reference, amount, product, description)
    };
    write(tx, account, attempt, &asked).await
}

async fn write(
    tx: &mut Tx,
    account: &Account,
    attempt: &Attempt,
    asked: &Asked,
) -> Result<(), Fault> {
    if account.connector.capabilities().keeps_keys.is_none() {
        return Ok(());
    }
    rows::keep_asked(tx, attempt.id, &crate::rows::json(asked)?).await
}

/// Sends the call of an attempt whose answer was lost once more, and hears what was kept.
///
/// # Errors
/// A fault if the database fails.
pub(super) async fn resend(billing: &Billing, id: AttemptId) -> Result<(), Stop> {
    let (attempt, asked) = {
        let mut reader = billing.store.read().await?;
        let attempt = rows::find_attempt(&mut reader, id).await?;
        let unknown = attempt.filter(|attempt| attempt.state == AttemptState::Unknown);
        let Some(attempt) = unknown else { return Ok(()) };
        let Some(asked) = rows::asked(&mut reader, id).await? else { return Ok(()) };
        (attempt, asked)
    };
    let Some(account) = billing.accounts.get(&attempt.account).cloned() else { return Ok(()) };
    let Some(seconds) = account.connector.capabilities().keeps_keys else { return Ok(()) };
    let kept = SignedDuration::from_secs(i64::from(seconds) - MARGIN);
    if billing.env.now().duration_since(attempt.created_at) > kept {
        return Ok(());
    }
    let asked: Asked = serde_json::from_str(&asked)
        .map_err(|error| Fault::of(format!("read what {id} asked for"), error))?;
    let proof = format!("the answer that was kept under the key {}", asked.key);
    let (fact, ids, stored) = call(&account, asked, attempt.amount).await;
    if !answered::was_kept(&fact) {
        return Ok(());
    }
    let learned = Learned { ids: &ids, stored: stored.as_deref() };
    let settled = store::write!(billing.store, |tx| {
        settle_learning(tx, billing, id, &fact, &proof, learned).await
    })?;
    settled.count();
    Ok(())
}

async fn call(
    account: &Account,
    asked: Asked,
    amount: Money,
) -> (Fact, Vec<String>, Option<String>) {
    match asked.stored.clone() {
        None => {
            let answer = account.connector.start(&asked.into_start()).await;
            (answered::started(answer), Vec::new(), None)
        }
        Some((id, customer)) => {
            let charge = asked.into_charge(Instrument::Stored { id, customer });
            let answer = account.connector.charge(&charge).await;
            let (ids, stored) = answered::learned(&answer);
            (answered::charged(answer, amount), ids, stored)
        }
    }
}

impl Asked {
    fn by(
        buyer: Buyer,
        key: String,
        reference: String,
        amount: Money,
        product: String,
        description: String,
    ) -> Asked {
        let Buyer { customer, name, email, ip, country, language } = buyer;
        Asked {
            key,
            reference,
            amount,
            product,
            description,
            customer,
            name,
            email,
            ip,
            country,
            language,
            capture: CaptureWhen::AtOnce,
            return_url: String::new(),
            postback_url: String::new(),
            cancel_url: None,
            stored: None,
        }
    }

    fn buyer(&self) -> Buyer {
        Buyer {
            customer: self.customer.clone(),
            name: self.name.clone(),
            email: self.email.clone(),
            ip: self.ip,
            country: self.country.clone(),
            language: self.language,
        }
    }

    fn into_start(self) -> StartRequest {
        StartRequest {
            buyer: self.buyer(),
            key: self.key,
            reference: self.reference,
            amount: self.amount,
            product: self.product,
            description: self.description,
            capture: self.capture,
            renews: None,
            return_url: self.return_url,
            cancel_url: self.cancel_url.unwrap_or_default(),
            postback_url: self.postback_url,
        }
    }

    fn into_charge(self, instrument: Instrument) -> Charge {
        Charge {
            buyer: self.buyer(),
            key: self.key,
            reference: self.reference,
            amount: self.amount,
            product: self.product,
            description: self.description,
            instrument,
            capture: self.capture,
            return_url: self.return_url,
            postback_url: self.postback_url,
        }
    }
}
