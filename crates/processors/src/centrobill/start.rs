//! Beginning a payment: CentroBill is asked for the address of a page that is good for one payment.
//!
//! Follows "Hosted payment page quickstart". Asking moves no money: whatever goes wrong, nobody
//! was given an address to pay at.

use processor::{Answer, Call, GoTo, Http, StartRequest, Started};
use serde::Serialize;
use url::Url;

use super::config::Sound;
use super::request::{self, Addresses, Consumer, Failed, Sku, Wish};

#[derive(Serialize)]
struct Page {
    sku: [Sku; 1],
    consumer: Consumer,
    metadata: serde_json::Value,
}

#[derive(serde::Deserialize)]
struct Made {
    url: String,
}

/// Asks for the page.
pub(super) async fn start(config: &Sound, http: &Http, request: &StartRequest) -> Answer<Started> {
    match asked(config, http, request).await {
        Ok(link) => Answer::Done(Started { go_to: GoTo::Link(link), transaction: None }),
        Err(why) => Answer::NotExecuted(why),
    }
}

async fn asked(config: &Sound, http: &Http, request: &StartRequest) -> Result<String, String> {
    let mut sku = request::sku(
        config,
        &Wish {
            product: &request.product,
            description: &request.description,
            amount: request.amount,
            capture: request.capture,
            renews: request.renews.as_ref(),
        },
    )?;
    sku.url = Some(Addresses {
        ipn_url: request.postback_url.clone(),
        redirect_url: request.return_url.clone(),
    });
    let page = Page {
        sku: [sku],
        consumer: Consumer::of(&request.buyer),
        metadata: serde_json::json!({ request::REFERENCE: request.reference }),
    };
    let at = config.base.join("paymentPage").map_err(|error| format!("address: {error}"))?;
    let call = request::with_keys(config, Call::post(at), &request.key);
    let reply = request::send(http, call, &page).await.map_err(|failed| match failed {
        Failed::NotExecuted(why) | Failed::Unknown(why) => {
            format!("CentroBill gave no page to pay at: {why}")
        }
    })?;
    let made: Made = reply.json()?;
    let url: Url = made.url.parse().map_err(|_| "CentroBill's page has no address".to_owned())?;
    let sound = url.scheme() == "https" || (url.scheme() == "http" && processor::is_loopback(&url));
    if sound { Ok(made.url) } else { Err("CentroBill's page is not on a safe line".to_owned()) }
}
