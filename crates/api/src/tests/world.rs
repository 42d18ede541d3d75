//! What these tests start from: a desk on a fresh database, with a processor that does as it is
//! told, and a key that may do everything.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request};
use base::{Env, Money};
use billing::{Account, AccountStatus, Accounts, Billing, Site};
use http_body_util::BodyExt;
use identity::api_keys::{self, Scopes};
use identity::{Identity, Name};
use ledger::Ledger;
use processor::{
    Answer, Capabilities, Done, FindBy, Found, GoTo, Notice, NoticeKind, Processor, RawNotice,
    Refunding, Rejected, StartRequest, Started, SupportContact,
};
use serde_json::{Value, json};
use store::jobs::Workers;
use store::outbox::FanOut;
use store::scratch::Scratch;
use store::{Engine, Reads, Vault};
use tower::ServiceExt;

use crate::webhooks::Loopback;
use crate::{Api, ApiSettings};

pub(super) const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

/// A processor that believes any message from 192.0.2.1 and does what the test says.
pub(super) struct Paper {
    pub(super) refund: Mutex<Answer<Done>>,
    pub(super) found: Mutex<Answer<Option<Found>>>,
}

#[async_trait]
impl Processor for Paper {
    fn name(&self) -> &'static str {
        "paper"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            hosted_page: true,
            refund_full: true,
            refund_partial: true,
            find: true,
            ..Capabilities::default()
        }
    }

    fn support(&self) -> SupportContact {
        SupportContact { name: "Paper".to_owned(), ..SupportContact::default() }
    }

    async fn start(&self, request: &StartRequest) -> Answer<Started> {
        let go_to = GoTo::Link(format!("https://paper.example/{}", request.reference));
        Answer::Done(Started { go_to, transaction: None })
    }

    async fn refund(&self, _: &Refunding) -> Answer<Done> {
        self.refund.lock().unwrap().clone()
    }

    async fn find(&self, _: &FindBy) -> Answer<Option<Found>> {
        self.found.lock().unwrap().clone()
    }

    fn read_postback(&self, raw: &RawNotice) -> Result<Vec<Notice>, Rejected> {
        if raw.sender != std::net::Ipv4Addr::new(192, 0, 2, 1) {
            return Err(Rejected::Sender);
        }
        if raw.path_secret.as_deref().is_some_and(|secret| secret != "a-secret-of-length") {
            return Err(Rejected::Path);
        }
        let unreadable = |error: serde_json::Error| Rejected::Unreadable(error.to_string());
        let read: Value = serde_json::from_slice(&raw.body).map_err(unreadable)?;
        let text = |name: &str| read[name].as_str().map(str::to_owned);
        Ok(vec![Notice {
            kind: NoticeKind::Paid,
            dedupe: format!("paid {}", read["transaction"]),
            reference: text("reference"),
            transaction: text("transaction"),
            parent: None,
            subscription: None,
            amount: serde_json::from_value::<Money>(read["amount"].clone()).ok(),
            occurred_at: None,
            provisional: false,
            decline: None,
            card: None,
            also: Vec::new(),
            stored: None,
            words: "paid".to_owned(),
        }])
    }

    async fn check(&self, _: base::Timestamp) -> Vec<processor::Finding> {
        Vec::new()
    }
}

/// A desk with its doors open.
pub(super) struct World {
    pub(super) scratch: Scratch,
    pub(super) api: Api,
    pub(super) router: Router,
    pub(super) paper: Arc<Paper>,
    pub(super) key: String,
    pub(super) workers: Arc<Workers>,
    pub(super) fan_out: FanOut,
    nth: Mutex<u32>,
}

/// An answer, read.
#[derive(Debug)]
pub(super) struct Got {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) text: String,
    pub(super) json: Value,
}

impl Got {
    #[track_caller]
    pub(super) fn is(self, status: u16) -> Got {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// Checks that this is a problem with all that a problem has.
    #[track_caller]
    pub(super) fn problem(self, status: u16, code: &str) -> Got {
        assert_eq!(
            (self.status, self.json["code"].as_str()),
            (status, Some(code)),
            "{}",
            self.text
        );
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.json["status"], status);
        assert_eq!(self.json["type"], format!("/problems/{code}"));
        assert_eq!(self.json["request_id"], self.json["instance"]);
        for field in ["title", "detail"] {
            assert!(self.json[field].as_str().is_some_and(|text| !text.is_empty()), "{field}");
        }
        self
    }

    #[track_caller]
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    #[track_caller]
    pub(super) fn id(&self) -> String {
        self.json["id"].as_str().expect("an id").to_owned()
    }
}

pub(super) fn settings() -> ApiSettings {
    ApiSettings {
        trusted_proxies: vec!["10.0.0.0/8".parse().unwrap()],
        loopback_webhooks: Loopback::Allowed,
        ..ApiSettings::default()
    }
}

impl World {
    pub(super) async fn new(engine: Engine) -> World {
        World::with(engine, settings(), "2026-11-21T12:00:00Z").await
    }

    pub(super) async fn with(engine: Engine, settings: ApiSettings, now: &str) -> World {
        let scratch = Scratch::new(engine).await;
        let env = Env::fixed(now.parse().unwrap(), 11);
        let store = scratch.store.clone();
        let ledger = Ledger::open(&store, env.clock.clone()).await.unwrap();
        let paper = Arc::new(Paper {
            refund: Mutex::new(Answer::Done(Done { transaction: None, amount: None })),
            found: Mutex::new(Answer::Done(None)),
        });
        let account = Account {
            key: "paper".to_owned(),
            connector: Arc::clone(&paper) as Arc<dyn Processor>,
            descriptor: "PAPER*DESK".to_owned(),
            currencies: Vec::new(),
            terms: billing::routing::Terms::default(),
            status: AccountStatus::Live,
            path_secret: None,
        };
        let accounts = Accounts::new(vec![account]).unwrap();
        let site = Site {
            name: "Shop".to_owned(),
            base_url: "https://pay.example.org/".parse().unwrap(),
            support_mail: "help@example.org".to_owned(),
            legal_name: "Shop Ltd".to_owned(),
        };
        let billing = Billing::new(store.clone(), ledger, env.clone(), accounts, site);
        let identity = Identity::new(store.clone(), env.clone(), Vault::new(&[7; 32]));
        let api = Api { billing, identity, livemode: false, settings };
        let mut workers = Workers::new(store.clone(), env.clone());
        for work in crate::works(&api).into_iter().chain(billing::works(&api.billing)) {
            workers = workers.with(work);
        }
        let fan_out = FanOut::new(store, env, crate::listeners(&api));
        let router = crate::routes(api.clone());
        let (workers, nth) = (Arc::new(workers), Mutex::new(0));
        let mut world =
            World { scratch, api, router, paper, key: String::new(), workers, fan_out, nth };
        world.key = world.key_for(Scopes::all()).await;
        world
    }

    /// A new key.
    pub(super) async fn key_for(&self, scopes: Scopes) -> String {
        let env = &self.api.billing.env;
        let name = Name::checked("test").unwrap();
        let made = store::write!(self.scratch.store, |tx| {
            api_keys::make(tx, env, name.clone(), scopes).await
        });
        made.unwrap().1.reveal().to_owned()
    }

    pub(super) async fn send(&self, request: Request<Body>) -> Got {
        let mut request = request;
        let peer: SocketAddr = "10.0.0.1:4711".parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let json = serde_json::from_str(&text).unwrap_or(Value::Null);
        Got { status: parts.status.as_u16(), headers: parts.headers, text, json }
    }

    /// A request with the key that may do everything.
    pub(super) fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let bearer = format!("Bearer {}", self.key);
        Request::builder().method(method).uri(path).header("authorization", bearer)
    }

    pub(super) async fn get(&self, path: &str) -> Got {
        self.send(self.request("GET", path).body(Body::empty()).unwrap()).await
    }

    /// A POST with a new idempotency key.
    pub(super) async fn post(&self, path: &str, body: &Value) -> Got {
        let nth = {
            let mut nth = self.nth.lock().unwrap();
            *nth += 1;
            *nth
        };
        self.post_as(path, body, &format!("test-{nth}")).await
    }

    pub(super) async fn post_as(&self, path: &str, body: &Value, key: &str) -> Got {
        let request = self
            .request("POST", path)
            .header("content-type", "application/json")
            .header("idempotency-key", key);
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    pub(super) async fn patch(&self, path: &str, body: &Value) -> Got {
        let request = self.request("PATCH", path).header("content-type", "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// A postback from somebody behind our proxy.
    pub(super) async fn postback(&self, path: &str, from: &str, body: impl Into<Body>) -> Got {
        let request = Request::post(path).header("x-forwarded-for", from);
        self.send(request.body(body.into()).unwrap()).await
    }

    /// How many rows the tables hold that an operation may write to.
    pub(super) async fn rows(&self) -> Vec<i64> {
        let sql = "SELECT (SELECT COUNT(*) FROM customers) AS a, \
                   (SELECT COUNT(*) FROM creators) AS b, (SELECT COUNT(*) FROM token_packs) AS c, \
                   (SELECT COUNT(*) FROM checkouts) AS d, (SELECT COUNT(*) FROM payments) AS e, \
                   (SELECT COUNT(*) FROM tips) AS f, (SELECT COUNT(*) FROM events) AS g, \
                   (SELECT COUNT(*) FROM webhook_endpoints) AS h, \
                   (SELECT COUNT(*) FROM jobs) AS i, (SELECT COUNT(*) FROM replays) AS j, \
                   (SELECT COUNT(*) FROM operations) AS k, (SELECT COUNT(*) FROM notices) AS l";
        let row = self.scratch.store.read().await.unwrap().fetch_one(sql, ()).await.unwrap();
        ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"]
            .map(|name| row.int(name).unwrap())
            .to_vec()
    }

    pub(super) async fn customer(&self) -> String {
        self.post("/v1/customers", &json!({"name": "Ana", "language": "da"})).await.is(201).id()
    }

    pub(super) async fn creator(&self) -> String {
        let body = json!({"name": "Ben", "share_basis_points": 6000});
        self.post("/v1/creators", &body).await.is(201).id()
    }

    pub(super) async fn pack(&self, code: &str) -> String {
        let body = json!({"code": code, "tokens": {"amount": 100, "unit": "TOK"},
            "prices": [{"amount": 1000, "currency": "USD"}]});
        self.post("/v1/token_packs", &body).await.is(201).id()
    }

    /// A payment that the customer has begun: its id and its attempt's.
    pub(super) async fn begun(&self, customer: &str, pack: &str) -> (String, String) {
        let body = json!({"customer": customer, "token_pack": pack, "currency": "USD"});
        let checkout = self.post("/v1/checkouts", &body).await.is(201);
        let payment = checkout.json["payment"].as_str().unwrap().to_owned();
        let billing = &self.api.billing;
        let links = billing::payments::Links {
            return_url: "https://pay.example.org/back".to_owned(),
            cancel_url: "https://pay.example.org/no".to_owned(),
        };
        let id = payment.parse().unwrap();
        let (attempt, _) = billing::payments::start(billing, id, None, links).await.unwrap();
        (payment, attempt.id.to_string())
    }

    /// A customer with 100 tokens: their id and the payment's.
    pub(super) async fn customer_with_tokens(&self) -> (String, String) {
        let customer = self.customer().await;
        let code = format!("tokens-{}", &customer[20..]);
        let pack = self.pack(&code).await;
        let (payment, attempt) = self.begun(&customer, &pack).await;
        let paid = json!({"reference": attempt, "transaction": format!("t-{payment}"),
            "amount": {"amount": 1000, "currency": "USD"}});
        self.postback("/postbacks/paper", "192.0.2.1", paid.to_string()).await.is(200);
        (customer, payment)
    }
}
