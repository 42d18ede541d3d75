//! Money that is held: taking it, raising it, letting it go. Names follow "Capture", "Increment an
//! authorization" and "Cancel a payment intent" of the API reference at docs.stripe.com.

use base::Money;
use processor::{Answer, Done, Http};

use super::api::{self, Api, field};
use super::config::Sound;
use super::money;
use super::objects::{Intent, Session};

/// Takes what is held, a part of it, or more where the card has overcapture.
pub(super) async fn capture(
    config: &Sound,
    http: &Http,
    key: &str,
    transaction: &str,
    amount: Money,
) -> Answer<Done> {
    let intent = step(config, http, key, transaction, ("capture", "amount_to_capture"), amount);
    match intent.await {
        Ok(intent) if intent.status == "succeeded" => match intent.received() {
            Ok(taken) => done(intent, Some(taken)),
            Err(why) => Answer::Unknown(why),
        },
        Ok(intent) if intent.status == "processing" => Answer::Accepted,
        Ok(intent) => unknown(&intent),
        Err(answer) => answer,
    }
}

/// Raises what is held to a new total. A no leaves the former hold as it was.
pub(super) async fn increment(
    config: &Sound,
    http: &Http,
    key: &str,
    transaction: &str,
    total: Money,
) -> Answer<Done> {
    let intent = step(config, http, key, transaction, ("increment_authorization", "amount"), total);
    match intent.await {
        Ok(intent) if intent.status == "requires_capture" => match intent.held() {
            Ok(held) => done(intent, Some(held)),
            Err(why) => Answer::Unknown(why),
        },
        Ok(intent) => unknown(&intent),
        Err(answer) => answer,
    }
}

async fn step(
    config: &Sound,
    http: &Http,
    key: &str,
    transaction: &str,
    (deed, name): (&str, &str),
    amount: Money,
) -> Result<Intent, Answer<Done>> {
    let id = api::id(transaction, &["pi_"]).map_err(Answer::NotExecuted)?;
    let form = vec![field(name, money::amount(amount).map_err(Answer::NotExecuted)?)];
    let path = format!("v1/payment_intents/{id}/{deed}");
    api::object(Api { config, http }.post(&path, key, &form).await)
}

/// Lets go what is held; or closes a page on which nobody has paid yet.
pub(super) async fn void(
    config: &Sound,
    http: &Http,
    key: &str,
    transaction: &str,
) -> Answer<Done> {
    if transaction.starts_with("cs_") {
        return close(config, http, key, transaction).await;
    }
    let id = match api::id(transaction, &["pi_"]) {
        Ok(id) => id,
        Err(why) => return Answer::NotExecuted(why),
    };
    let path = format!("v1/payment_intents/{id}/cancel");
    match api::object::<Intent, Done>(Api { config, http }.post(&path, key, &Vec::new()).await) {
        Ok(intent) if intent.status == "canceled" => done(intent, None),
        Ok(intent) => unknown(&intent),
        Err(answer) => answer,
    }
}

async fn close(config: &Sound, http: &Http, key: &str, session: &str) -> Answer<Done> {
    let id = match api::id(session, &["cs_"]) {
        Ok(id) => id,
        Err(why) => return Answer::NotExecuted(why),
    };
    let path = format!("v1/checkout/sessions/{id}/expire");
    match api::object::<Session, Done>(Api { config, http }.post(&path, key, &Vec::new()).await) {
        Ok(session) if session.status.as_deref() == Some("expired") => {
            Answer::Done(Done { transaction: Some(session.id), amount: None })
        }
        Ok(_) => Answer::Unknown("Stripe's page is not closed".to_owned()),
        Err(answer) => answer,
    }
}

fn done(intent: Intent, amount: Option<Money>) -> Answer<Done> {
    Answer::Done(Done { transaction: Some(intent.id), amount })
}

fn unknown(intent: &Intent) -> Answer<Done> {
    let status: String = intent.status.chars().take(40).collect();
    Answer::Unknown(format!("afterwards Stripe's intent is {status}"))
}
