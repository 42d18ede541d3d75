//! Charging from the server what CentroBill keeps, or a token that its own script made.
//!
//! Follows `POST /payment` of the quick starts and of the open SDK, and "Error handling": a decline
//! is a `201` whose payment says so; code 0 and status success together are a yes.

use processor::{Answer, Call, Charge, ChargeOutcome, Charged, GoTo, Http, Instrument, NoticeKind};
use serde::Serialize;
use serde_json::json;
use url::Url;

use super::config::Sound;
use super::request::{self, Addresses, Consumer, Sku, Wish};
use super::said::{self, Said};
use super::words;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Payment {
    payment_source: Source,
    sku: Sku,
    consumer: Consumer,
    url: Addresses,
    metadata: serde_json::Value,
}

/// What is charged.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
enum Source {
    /// A customer of theirs, with whatever they paid with last.
    Consumer { value: String },
    /// A card or account that CentroBill keeps.
    PaymentAccountId { payment_account_id: String },
    /// A token of its own script.
    Token { value: String },
}

/// Charges.
pub(super) async fn charge(config: &Sound, http: &Http, charge: &Charge) -> Answer<Charged> {
    let payment = match asking(config, charge) {
        Ok(payment) => payment,
        Err(why) => return Answer::NotExecuted(why),
    };
    let Ok(at) = config.base.join("payment") else {
        return Answer::NotExecuted("address takes no paths".to_owned());
    };
    let call = request::with_keys(config, Call::post(at), &charge.key);
    match request::send(http, call, &payment).await {
        Ok(reply) => match said::of_reply(&reply.body) {
            Ok(said) => placed(config, &said),
            Err(why) => Answer::Unknown(why),
        },
        Err(failed) => failed.into(),
    }
}

fn asking(config: &Sound, charge: &Charge) -> Result<Payment, String> {
    let source = match &charge.instrument {
        // A customer's id in place of an account's is told twice.
        Instrument::Stored { id, customer } if customer.as_deref() == Some(id) => {
            Source::Consumer { value: id.clone() }
        }
        Instrument::Stored { id, .. } => {
            Source::PaymentAccountId { payment_account_id: id.clone() }
        }
        Instrument::Token { token } => Source::Token { value: token.clone() },
        Instrument::GooglePay { .. } => {
            return Err("CentroBill takes no Google Pay tokens that are publicly known".to_owned());
        }
    };
    let wish = Wish {
        product: &charge.product,
        description: &charge.description,
        amount: charge.amount,
        capture: charge.capture,
        renews: None,
    };
    Ok(Payment {
        payment_source: source,
        sku: request::sku(config, &wish)?,
        consumer: Consumer::of(&charge.buyer),
        url: Addresses {
            ipn_url: charge.postback_url.clone(),
            redirect_url: charge.return_url.clone(),
        },
        metadata: json!({ request::REFERENCE: charge.reference }),
    })
}

/// What the answer says became of it. Anything that is not on the list is not known.
fn placed(config: &Sound, said: &Said) -> Answer<Charged> {
    let done = |outcome| {
        Answer::Done(Charged {
            outcome,
            transaction: said.transaction.clone(),
            amount: said.money().ok().flatten(),
            stored: said.stored.clone(),
            card: said.card.clone(),
        })
    };
    if said.action == "redirect" {
        return match said.url.as_deref().filter(|link| is_safe(link)) {
            Some(link) => done(ChargeOutcome::MustAct(GoTo::Link(link.to_owned()))),
            None => Answer::Unknown("CentroBill sends the customer to no address".to_owned()),
        };
    }
    let approved = said.code.as_deref() == Some("0") && said.transaction.is_some();
    match words::kind(&said.action, &said.mode, &said.status) {
        NoticeKind::Paid if approved && words::is_provisional(config, said) => {
            done(ChargeOutcome::Pending)
        }
        NoticeKind::Paid if approved => done(ChargeOutcome::Paid),
        NoticeKind::Authorized if approved => done(ChargeOutcome::Authorized),
        NoticeKind::Declined => Answer::Declined(words::decline(said)),
        _ if said.action == "charge" && said.status == "pending" && said.transaction.is_some() => {
            done(ChargeOutcome::Pending)
        }
        _ => Answer::Unknown(format!("CentroBill answered {:?}", said.words())),
    }
}

fn is_safe(link: &str) -> bool {
    let url = link.parse::<Url>();
    url.is_ok_and(|url| {
        url.scheme() == "https" || (url.scheme() == "http" && processor::is_loopback(&url))
    })
}
