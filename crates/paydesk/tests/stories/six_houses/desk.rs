//! The desk of the story: six accounts, the houses that are called over a wire, and postbacks as
//! they write them.

use base::Actor;
use base::time::SignedDuration;
use billing::routing::{self, RouteSet, Trace};
use serde_json::json;
use testkit::{Engine, Manner, WireHouse, World};

/// Six contracts. `CentroBill` and `WTSeTicket` are called; the others begin with a link.
const CONFIG: &str = r#"
    [site]
    name = "Story Shop"
    [api]
    requests_per_second = 100000
    trusted_proxies = ["127.0.0.1"]

    [[processors]]
    key = "paymentico"
    kind = "paymentico"
    descriptor = "PAYMENTICO*STORY"
    excluded_countries = ["US"]
    [processors.settings]
    look_up = false
    secrets = { key = "a-made-up-key-of-paymentico" }
    locks = { path_secret = "a-secret-of-our-address" }
    [processors.settings.record.start]
    method = "get"
    address = "https://pay.paymentico.test/buy"
    parameters = [
        { name = "ref", value = "{reference}", required = true },
        { name = "sum", value = "{amount}", required = true },
        { name = "cur", value = "{currency}", required = true },
        { name = "back", value = "{return_url}" },
    ]
    [processors.settings.record.start.digest]
    algorithm = "hmac_sha256"
    key = "hmac"
    fields = "sorted"
    pairs = "names_and_values"
    sent = { field = "sig" }
    [processors.settings.record.postback]
    body = "form"
    status = [{ when = { outcome = ["ok"] }, means = "paid" }]
    ids = { reference = "ref", transaction = "id", dedupe = ["id", "outcome"] }
    amount = { field = "sum", currency = "cur" }

    [[processors]]
    key = "epoch"
    kind = "epoch"
    descriptor = "EPOCH.COM *STORY"
    [processors.settings]
    co_code = "m1"
    start = "join"
    locks = { path_secret = "a-secret-of-our-address", senders = ["192.0.2.0/24"] }
    products = { tokens-100-1000 = { pi_code = "p1000", amount = "10.00", currency = "USD" } }

    [[processors]]
    key = "segpay"
    kind = "segpay"
    descriptor = "SEGPAY.COM*STORY"
    [processors.settings]
    look_up = false
    locks = { path_secret = "a-secret-of-our-address" }
    products = { tokens-100-1000 = { eticket = "1:2", amount = "10.00", currency = "USD" } }

    [[processors]]
    key = "centrobill"
    kind = "centrobill"
    descriptor = "centrohelp.com"
    [processors.settings]
    api_key = "a-made-up-key-of-centrobill"
    site_id = "77"
    address = "CENTROBILL"

    [[processors]]
    key = "webbilling"
    kind = "webbilling"
    descriptor = "WEBBILLING*STORY"
    [processors.settings]
    look_up = false
    values = { merchantid = "4711" }
    secrets = { merchantpass = "a-made-up-password", salt = "a-made-up-salt-of-length" }
    locks = { path_secret = "a-secret-of-our-address", senders = ["192.0.2.0/28"] }
    [processors.settings.record.postback]
    body = "form"
    status = [{ when = { outcome = ["ok"] }, means = "paid" }]
    ids = { reference = "transactionid", transaction = "id", dedupe = ["id", "outcome"] }
    amount = { field = "sum", currency = "cur" }

    [[processors]]
    key = "wts"
    kind = "wts"
    descriptor = "WTSeTicket.com 800-975-5616"
    [processors.settings]
    parent_id = "1"
    sub_id = "2"
    begin = "queue"
    address = "WTS"
    locks = { path_secret = "a-secret-of-our-address" }
"#;

/// The desk.
pub struct Six {
    /// The program.
    pub world: World,
    /// A house that is called for its page.
    pub centrobill: WireHouse,
    /// A house that is called for a check.
    pub wts: WireHouse,
    pack: String,
}

/// Somebody on the way to pay.
pub struct Buyer {
    /// Who.
    pub customer: String,
    /// What is to be collected.
    pub payment: String,
    url: String,
}

impl Six {
    /// Opens it on an empty database.
    pub async fn open(engine: Engine) -> Six {
        let page = r#"{"url": "https://epayment.centrobill.test/page/1"}"#.to_owned();
        let centrobill = WireHouse::open(Manner::Answers("application/json", page)).await;
        let wts = WireHouse::open(Manner::HangsUp).await;
        let config = CONFIG
            .replace("CENTROBILL", &centrobill.base)
            .replace("WTS\"", &format!("{}\"", wts.base));
        let world = World::of(engine, &config).await;
        let pack = world.pack(100, 1000).await;
        Six { world, centrobill, wts, pack }
    }

    /// Makes these rules the live ones.
    pub async fn routes(&self, text: &str) {
        let set = RouteSet::from_toml(text).unwrap();
        let billing = &self.world.app.billing;
        let saved = store::write!(billing.store, |tx| {
            routing::save(tx, &billing.routes, &set, Actor::System).await
        });
        assert_eq!(saved.unwrap(), 1);
    }

    /// Somebody of that country opens a checkout over a hundred tokens for ten dollars.
    pub async fn checkout(&self, country: &str) -> Buyer {
        let nth = base::id::base32(&self.world.env.chance.bytes::<5>());
        let body = json!({
            "name": "Somebody", "email": format!("{nth}@example.test"), "language": "en",
            "country": country,
        });
        let customer = self.world.post("/v1/customers", body).await.good().text_at("/id");
        let opened = self.world.checkout(&customer, &self.pack).await;
        Buyer { customer, payment: opened.text_at("/payment"), url: opened.text_at("/url") }
    }

    /// Why the latest attempt went where it went.
    pub async fn trace(&self, buyer: &Buyer) -> Trace {
        let mut reader = self.world.app.billing.store.read().await.unwrap();
        let payment = buyer.payment.parse().unwrap();
        let traces = routing::traces_of(&mut reader, payment).await.unwrap();
        traces.last().unwrap().1.clone()
    }

    /// A notice as `WTSeTicket` posts it: what was posted at the start comes back, escaped twice.
    pub async fn wts_tells(&self, reference: &str, status: &str, amount: &str) -> u16 {
        let posted = format!("merordernumber%3D{reference}%26initial_amount%3D{amount}");
        let body = format!(
            "status={status}&toastcode=T77&history_id=5501&order_id=4401&authcode=A1&\
             PostedVars={}",
            posted.replace('%', "%25")
        );
        let address = "/postbacks/wts/a-secret-of-our-address";
        self.world.postback(address, "209.99.11.50", body).await.status
    }

    /// A postback as Epoch writes it.
    pub async fn epoch_tells(&self, reference: &str, word: &str, amount: &str) -> u16 {
        let id = u32::from_be_bytes(self.world.env.chance.bytes::<4>());
        let body = format!(
            "ans={word}%7C{id}&transaction_id={id}&pi_code=p1000&trans_amount={amount}&\
             localamount={amount}&currency=USD&x_reference={reference}"
        );
        let address = "/postbacks/epoch/a-secret-of-our-address";
        self.world.postback(address, "192.0.2.7", body).await.status
    }
}

impl Buyer {
    /// Presses "pay"; gives the host of the page the browser is sent to.
    pub async fn page(&self, six: &Six) -> String {
        // Attempts are put in order by the time they were made, and the clock stands still.
        six.world.env.clock.advance(SignedDuration::from_secs(1));
        let page = six.world.shopper(&self.url).goes_to_the_processor().await;
        let host = page.host_str().unwrap().to_owned();
        if six.world.base.host_str() == Some(host.as_str()) {
            let (attempts, trace) = (self.attempts(six).await, six.trace(self).await);
            panic!("sent nowhere: {attempts:?}\n{trace}");
        }
        host
    }

    /// Presses "pay"; gives the address the browser is sent to.
    pub async fn presses_pay(&self, six: &Six) -> String {
        six.world.shopper(&self.url).goes_to_the_processor().await.to_string()
    }

    /// What the page says that the browser comes back to.
    pub async fn outcome(&self, six: &Six) -> String {
        six.world.shopper(&self.url).sees_the_outcome().await
    }

    /// Every attempt with its account, its reference and its state, the oldest first.
    pub async fn attempts(&self, six: &Six) -> Vec<(String, String, String)> {
        let mut reader = six.world.app.billing.store.read().await.unwrap();
        let payment = self.payment.parse().unwrap();
        let attempts = billing::payments::attempts_of(&mut reader, payment).await.unwrap();
        let told = |one: billing::payments::Attempt| {
            (one.account, one.reference, one.state.as_str().to_owned())
        };
        attempts.into_iter().map(told).collect()
    }
}
