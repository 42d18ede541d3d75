//! Both halves together over real sockets: a house, a shop that listens, a browser.

mod cards;
mod house;
mod suite;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode};
use base::{Currency, Env, Language, Money};
use processor::{
    Answer, Buyer, FindBy, Found, GoTo, Http, Limits, Notice, Processor, RawNotice, StartRequest,
};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use super::*;

const KEY: &str = "a key of the test shop";
const SIGNING: &str = "a secret between the two";

/// A house with its postbacks arriving at a shop of our own.
struct World {
    house: Arc<House>,
    shop: Sandbox,
    base: String,
    postbacks: String,
    inbox: mpsc::UnboundedReceiver<RawNotice>,
    refusals: Arc<AtomicU32>,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    running: tokio::task::JoinHandle<()>,
    serving: tokio::task::JoinHandle<()>,
}

fn http() -> Http {
    let seconds = Duration::from_secs;
    Http::with(Limits { connect: seconds(2), total: seconds(5), answer: 1 << 16 }).unwrap()
}

fn config(base: &str) -> SandboxConfig {
    let (key, signing_secret) = (KEY.to_owned(), SIGNING.to_owned());
    SandboxConfig { base: base.to_owned(), key, signing_secret }
}

async fn serve(app: axum::Router) -> (String, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let app = app.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    (format!("http://{at}"), at)
}

impl World {
    async fn open() -> World {
        World::with_file(None).await
    }

    async fn with_file(file: Option<std::path::PathBuf>) -> World {
        let (tell, inbox) = mpsc::unbounded_channel();
        let refusals = Arc::new(AtomicU32::new(0));
        let ears = Ears { tell, refusals: Arc::clone(&refusals), env: Env::system() };
        let listen = axum::Router::new().fallback(listen).with_state(ears);
        let (postbacks, _) = serve(listen).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let house = HouseConfig {
            base: base.clone(),
            key: KEY.to_owned(),
            signing_secret: SIGNING.to_owned(),
            file,
        };
        let house = Arc::new(House::open(house, Env::system(), http()).unwrap());
        let app = routes(Arc::clone(&house));
        let serving = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let runner = Arc::clone(&house);
        let running = tokio::spawn(async move {
            let stopped = async { drop(stopped.await) };
            runner.run(stopped).await;
        });
        house.set(Settings { delay_ms: 80, late_ms: 80, dispute_ms: 80, ..Settings::default() });
        let shop = Sandbox::new(config(&base), http()).unwrap();
        World { house, shop, base, postbacks, inbox, refusals, stop: Some(stop), running, serving }
    }

    fn wish(&self, reference: &str, minor: i64) -> StartRequest {
        StartRequest {
            key: format!("op_{reference}"),
            reference: reference.to_owned(),
            amount: Money::new(minor, Currency::EUR),
            product: "tokens-100".to_owned(),
            description: "100 tokens".to_owned(),
            buyer: Buyer { language: Language::De, ..Buyer::default() },
            capture: processor::CaptureWhen::AtOnce,
            renews: None,
            return_url: format!("{}/back", self.postbacks),
            cancel_url: format!("{}/no", self.postbacks),
            postback_url: format!("{}/postbacks/pac_1", self.postbacks),
        }
    }

    /// Begins a sale: the address of its page and the house's id.
    async fn begin(&self, reference: &str, minor: i64) -> (String, String) {
        let answer = self.shop.start(&self.wish(reference, minor)).await;
        let Answer::Done(started) = answer else { panic!("not begun: {answer:?}") };
        let GoTo::Link(page) = started.go_to else { panic!("a link was expected") };
        (page, started.transaction.unwrap())
    }

    /// The next postback, read by the connector with its locks.
    async fn heard(&mut self) -> Notice {
        let raw = tokio::time::timeout(Duration::from_secs(5), self.inbox.recv()).await;
        let raw = raw.expect("no postback came in five seconds").unwrap();
        self.shop.read_postback(&raw).unwrap().remove(0)
    }

    /// Nothing more comes for a while.
    async fn is_quiet(&mut self) {
        let more = tokio::time::timeout(Duration::from_millis(250), self.inbox.recv()).await;
        assert!(more.is_err(), "a postback came that was not expected: {more:?}");
    }

    async fn found(&self, reference: &str) -> Option<Found> {
        let by = FindBy::Reference(reference.to_owned());
        match self.shop.find(&by).await {
            Answer::Done(found) => found,
            other => panic!("the look-up failed: {other:?}"),
        }
    }

    /// The house closes, and nothing of it is left.
    async fn close(mut self) {
        self.stop.take().unwrap().send(()).unwrap();
        tokio::time::timeout(Duration::from_secs(2), self.running).await.unwrap().unwrap();
        self.serving.abort();
        let gone = async {
            while Arc::strong_count(&self.house) > 1 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(5), gone).await.expect("somebody is still there");
    }
}

/// Where postbacks arrive, after so many of them were refused.
#[derive(Clone)]
struct Ears {
    tell: mpsc::UnboundedSender<RawNotice>,
    refusals: Arc<AtomicU32>,
    env: Env,
}

async fn listen(
    State(ears): State<Ears>,
    ConnectInfo(sender): ConnectInfo<SocketAddr>,
    method: axum::http::Method,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let one_less = |left: u32| left.checked_sub(1);
    let refused = ears.refusals.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less);
    if refused.is_ok() {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    let headers = headers.iter();
    let headers = headers.map(|(key, value)| (key.to_string(), value.to_str().unwrap().to_owned()));
    let raw = RawNotice {
        method: method.to_string(),
        path_secret: None,
        query: String::new(),
        headers: headers.collect(),
        body: body.to_vec(),
        sender: sender.ip(),
        received_at: ears.env.now(),
    };
    ears.tell.send(raw).unwrap();
    StatusCode::OK
}

/// A browser that follows nothing by itself.
fn browser() -> reqwest::Client {
    let none = reqwest::redirect::Policy::none();
    reqwest::Client::builder().redirect(none).no_proxy().build().unwrap()
}

/// Opens the page, picks a card on it and pays: status, address it leads to, text.
async fn pay(page: &str, card: &str) -> (u16, Option<String>, String) {
    let shown = browser().get(page).send().await.unwrap();
    assert_eq!(shown.status(), 200);
    let html = shown.text().await.unwrap();
    assert!(
        html.contains(&format!("value=\"{card}\"")) || card == "other",
        "{card} is not offered"
    );
    post(page, &[("card", card), ("number", "5555 4444 3333 1111")]).await
}

async fn post(page: &str, fields: &[(&str, &str)]) -> (u16, Option<String>, String) {
    let answer = browser().post(page).form(fields).send().await.unwrap();
    let to = answer.headers().get("location").map(|to| to.to_str().unwrap().to_owned());
    (answer.status().as_u16(), to, answer.text().await.unwrap())
}
