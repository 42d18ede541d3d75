//! Subscriptions that Stripe renews: ending and changing them. Names follow "Update" and "Cancel a
//! subscription" of the API reference at docs.stripe.com.

use base::Money;
use processor::{Answer, Cancellation, ChangeTo, Done, Http, SubscriptionChange};

use super::api::{self, Api, Form, field};
use super::config::Sound;
use super::money;
use super::objects::{self, Subscription};

/// A day in seconds.
const DAY: i64 = 86_400;

/// Ends a subscription, at once or when what was paid for is over.
pub(super) async fn cancel(
    config: &Sound,
    http: &Http,
    cancellation: &Cancellation,
) -> Answer<Done> {
    let path = match path(&cancellation.subscription) {
        Ok(path) => path,
        Err(why) => return Answer::NotExecuted(why),
    };
    let stripe = Api { config, http };
    let sent = if cancellation.at_once {
        stripe.delete(&path).await
    } else {
        let form = vec![field("cancel_at_period_end", "true")];
        stripe.post(&path, &cancellation.key, &form).await
    };
    match api::object::<Subscription, Done>(sent) {
        Ok(left) if left.status.as_deref() == Some("canceled") => done(),
        Ok(left) if !cancellation.at_once && left.cancel_at_period_end => done(),
        Ok(_) => Answer::Unknown("Stripe's subscription still renews".to_owned()),
        Err(answer) => answer,
    }
}

/// Changes a subscription, without charging or crediting for the period that runs.
pub(super) async fn change(
    config: &Sound,
    http: &Http,
    change: &SubscriptionChange,
) -> Answer<Done> {
    let path = match path(&change.subscription) {
        Ok(path) => path,
        Err(why) => return Answer::NotExecuted(why),
    };
    let stripe = Api { config, http };
    let now = match &change.change {
        ChangeTo::Renewing | ChangeTo::Instrument(_) => None,
        ChangeTo::Longer(_) | ChangeTo::Price(_) => {
            match api::object::<Subscription, Done>(stripe.get(&path, &[]).await) {
                Ok(now) => Some(now),
                // Reading changes nothing, whatever went wrong.
                Err(Answer::Unknown(why)) => return Answer::NotExecuted(why),
                Err(answer) => return answer,
            }
        }
    };
    let form = match form(&change.change, now.as_ref()) {
        Ok(form) => form,
        Err(why) => return Answer::NotExecuted(why),
    };
    match api::object::<Subscription, Done>(stripe.post(&path, &change.key, &form).await) {
        Ok(_) => done(),
        Err(answer) => answer,
    }
}

fn form(change: &ChangeTo, now: Option<&Subscription>) -> Result<Form, String> {
    let unchanged = || field("proration_behavior", "none");
    match change {
        ChangeTo::Renewing => Ok(vec![field("cancel_at_period_end", "false")]),
        ChangeTo::Instrument(id) => {
            let method = id.rsplit(':').next().unwrap_or(id);
            Ok(vec![field("default_payment_method", api::id(method, &["pm_"])?)])
        }
        ChangeTo::Longer(days) => {
            let end = now.and_then(|now| now.current_period_end).ok_or("it has no period now")?;
            let end = end.checked_add(i64::from(*days) * DAY).ok_or("it would last too long")?;
            Ok(vec![field("trial_end", end.to_string()), unchanged()])
        }
        ChangeTo::Price(price) => {
            let mut form = priced(now, *price)?;
            form.push(unchanged());
            Ok(form)
        }
    }
}

/// The one thing that is renewed, for another price.
fn priced(now: Option<&Subscription>, price: Money) -> Result<Form, String> {
    let no = "Stripe's subscription does not renew exactly one thing";
    let items = now.and_then(|now| now.items.as_ref()).ok_or(no)?;
    let [item] = &items.data[..] else { return Err(no.to_owned()) };
    let old = item.price.as_ref().ok_or(no)?;
    let every = old.recurring.as_ref().ok_or(no)?;
    let product = objects::id(old.product.as_ref()).ok_or(no)?;
    let count = every.interval_count.unwrap_or(1).to_string();
    Ok(vec![
        field("items[0][id]", &item.id),
        field("items[0][price_data][currency]", money::code(price.currency)),
        field("items[0][price_data][product]", product),
        field("items[0][price_data][unit_amount]", money::amount(price)?),
        field("items[0][price_data][recurring][interval]", &every.interval),
        field("items[0][price_data][recurring][interval_count]", count),
    ])
}

fn path(subscription: &str) -> Result<String, String> {
    Ok(format!("v1/subscriptions/{}", api::id(subscription, &["sub_"])?))
}

fn done() -> Answer<Done> {
    Answer::Done(Done { transaction: None, amount: None })
}
