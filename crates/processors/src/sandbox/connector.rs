//! The connector's half: our calls as the sandbox wants them, its answers as the port wants them.

use async_trait::async_trait;
use processor::{
    Answer, Call, Capabilities, Done, FindBy, Finding, Found, FoundState, GoTo, Http, Notice,
    Processor, RawNotice, Refunding, Rejected, Reply, Sent, StartRequest, Started, SupportContact,
};
use serde::de::DeserializeOwned;
use serde_json::json;
use url::Url;

use super::config::SandboxConfig;
use super::postback;
use super::wire::{Problem, RefundRequest, RefundView, SaleRequest, SaleView};

/// A sandbox account, ready to be asked.
pub struct Sandbox {
    base: Url,
    config: SandboxConfig,
    http: Http,
}

impl Sandbox {
    /// An account at a house.
    ///
    /// # Errors
    /// A sentence that names the key that is wrong.
    pub fn new(config: SandboxConfig, http: Http) -> Result<Sandbox, String> {
        Ok(Sandbox { base: config.address()?, config, http })
    }

    fn address(&self, parts: &[&str]) -> Url {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(["sandbox", "api"]).extend(parts);
        }
        url
    }

    async fn post(&self, parts: &[&str], key: &str, body: &serde_json::Value) -> Sent {
        let call = Call::post(self.address(parts)).header("idempotency-key", key).json(body);
        self.http.send(call.bearer(&self.config.key)).await
    }
}

#[async_trait]
impl Processor for Sandbox {
    fn name(&self) -> &'static str {
        "sandbox"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            hosted_page: true,
            void: true,
            refund_full: true,
            refund_partial: true,
            find: true,
            // The house writes a sale down before it answers, and looks up in the same place.
            find_proves_absence: Some(60),
            // The same key with the same request is answered with the first sale, for good.
            keeps_keys: Some(7 * 86_400),
            disputes: true,
            ..Capabilities::default()
        }
    }

    fn support(&self) -> SupportContact {
        SupportContact { name: "Paydesk sandbox".to_owned(), ..SupportContact::default() }
    }

    async fn start(&self, request: &StartRequest) -> Answer<Started> {
        let sale = SaleRequest {
            reference: request.reference.clone(),
            amount: request.amount,
            product: request.product.clone(),
            description: request.description.clone(),
            lang: request.buyer.language,
            return_url: request.return_url.clone(),
            cancel_url: request.cancel_url.clone(),
            postback_url: request.postback_url.clone(),
        };
        let sent = self.post(&["sales"], &request.key, &json!(sale)).await;
        answered::<Opened>(sent)
            .map(|opened| Started { go_to: GoTo::Link(opened.page), transaction: Some(opened.id) })
    }

    async fn void(&self, key: &str, transaction: &str) -> Answer<Done> {
        let sent = self.post(&["sales", transaction, "void"], key, &json!({})).await;
        answered::<SaleView>(sent)
            .map(|view| Done { transaction: Some(view.id), amount: Some(view.amount) })
    }

    async fn refund(&self, refunding: &Refunding) -> Answer<Done> {
        let body = RefundRequest {
            sale: refunding.transaction.clone(),
            amount: refunding.amount,
            reason: refunding.reason.clone(),
        };
        let sent = self.post(&["refunds"], &refunding.key, &json!(body)).await;
        match answered::<RefundView>(sent) {
            Answer::Done(view) if view.state != "done" => Answer::Accepted,
            other => {
                other.map(|view| Done { transaction: Some(view.id), amount: Some(view.amount) })
            }
        }
    }

    async fn find(&self, by: &FindBy) -> Answer<Option<Found>> {
        let call = match by {
            FindBy::Transaction(id) => Call::get(self.address(&["sales", id])),
            FindBy::Reference(reference) => {
                Call::get(self.address(&["sales"])).query(&[("reference", reference)])
            }
        };
        match self.http.send(call.bearer(&self.config.key)).await {
            Sent::Answered(reply) if reply.status == 404 => match reply.json::<Problem>() {
                Ok(problem) if problem.code == "no_such_sale" => Answer::Done(None),
                _ => Answer::Unknown("there is no sandbox at this address".to_owned()),
            },
            sent => answered::<SaleView>(sent).map(|view| Some(found(view))),
        }
    }

    fn read_postback(&self, raw: &RawNotice) -> Result<Vec<Notice>, Rejected> {
        postback::read(&self.config.signing_secret, raw)
    }

    async fn check(&self, now: base::Timestamp) -> Vec<Finding> {
        let call = Call::get(self.address(&["settings"])).bearer(&self.config.key);
        match self.http.send(call).await {
            Sent::Answered(Reply { status: 200, date, .. }) => {
                vec![Finding::good("key", "the sandbox answers"), Finding::clock(date, now)]
            }
            Sent::Answered(Reply { status: 401, .. }) => {
                vec![Finding::bad("key", "the sandbox does not know this key")]
            }
            Sent::Answered(Reply { status, .. }) => {
                let says = format!("there is no sandbox at this address (answered {status})");
                vec![Finding::bad("base", says)]
            }
            Sent::NotExecuted(why) | Sent::Unknown(why) => vec![Finding::bad("base", why)],
        }
    }
}

/// What we need to know of a sale that was opened.
#[derive(serde::Deserialize)]
struct Opened {
    id: String,
    page: String,
}

/// Places an answer of the house's API. What is not on this list is unknown.
fn answered<T: DeserializeOwned>(sent: Sent) -> Answer<T> {
    let reply = match sent {
        Sent::Answered(reply) => reply,
        Sent::NotExecuted(why) => return Answer::NotExecuted(why),
        Sent::Unknown(why) => return Answer::Unknown(why),
    };
    match reply.status {
        200..=202 => reply.json().map_or_else(Answer::Unknown, Answer::Done),
        402 => match reply.json::<Problem>() {
            Ok(Problem { decline: Some(decline), .. }) => Answer::Declined(decline),
            _ => Answer::Unknown("declined without a reason".to_owned()),
        },
        400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 => {
            let problem = reply.json::<Problem>().unwrap_or_default();
            let Problem { code, detail, .. } = problem;
            Answer::NotExecuted(format!("the sandbox refused ({}): {code} {detail}", reply.status))
        }
        status => Answer::Unknown(format!("the sandbox answered {status}")),
    }
}

fn found(view: SaleView) -> Found {
    let state = match view.state.as_str() {
        "paid" => FoundState::Paid,
        "declined" | "given_up" | "expired" => FoundState::Declined,
        "voided" => FoundState::Voided,
        "refunded" => FoundState::Refunded,
        "charged_back" => FoundState::ChargedBack,
        _ => FoundState::Waiting,
    };
    Found {
        state,
        transaction: view.id,
        reference: Some(view.reference),
        amount: Some(view.amount),
        occurred_at: Some(view.created),
    }
}
