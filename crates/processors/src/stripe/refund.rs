//! Giving back, all or a part. Names follow "Create a refund" of the API reference at
//! docs.stripe.com.

use processor::{Answer, Done, Http, Refunding};

use super::api::{self, Api, field};
use super::config::Sound;
use super::objects::Refund;
use super::{declines, money};

/// Makes the refund.
pub(super) async fn refund(config: &Sound, http: &Http, refunding: &Refunding) -> Answer<Done> {
    let (id, name) = match api::id(&refunding.transaction, &["pi_", "ch_", "py_"]) {
        Ok(id) if id.starts_with("pi_") => (id, "payment_intent"),
        Ok(id) => (id, "charge"),
        Err(why) => return Answer::NotExecuted(why),
    };
    let amount = match money::amount(refunding.amount) {
        Ok(amount) => amount,
        Err(why) => return Answer::NotExecuted(why),
    };
    let form = vec![
        field(name, id),
        field("amount", amount),
        field("metadata[paydesk_operation]", api::text(&refunding.key)),
        field("metadata[reason]", api::text(&refunding.reason)),
    ];
    match api::object(Api { config, http }.post("v1/refunds", &refunding.key, &form).await) {
        Ok(refund) => placed(&refund),
        Err(answer) => answer,
    }
}

fn placed(refund: &Refund) -> Answer<Done> {
    match refund.status.as_deref() {
        Some("succeeded") => match money::positive(refund.amount, &refund.currency) {
            Ok(amount) => {
                Answer::Done(Done { transaction: Some(refund.id.clone()), amount: Some(amount) })
            }
            Err(why) => Answer::Unknown(why),
        },
        Some("pending" | "requires_action") => Answer::Accepted,
        Some("failed" | "canceled") => Answer::Declined(processor::Decline {
            raw: refund.failure_reason.clone().unwrap_or_default().chars().take(80).collect(),
            ..declines::word("charge_already_refunded")
        }),
        _ => Answer::Unknown("Stripe's refund is in a state we do not know".to_owned()),
    }
}
