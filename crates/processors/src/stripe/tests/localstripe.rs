//! Against the `localstripe` server from `PyPI`, started by the test itself: a charge, its webhook
//! as signed by the server, and a refund.
//!
//! The server sends no event about a refund. So the test asks it for the refund it keeps, puts
//! that into an event as Stripe does, and signs it with the secret that the server was given.

use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::http::HeaderMap;
use processor::{Charge, ChargeOutcome, FoundState, Instrument, NoticeKind, Sent};
use tokio::sync::mpsc;

use super::*;

const SECRET: &str = "whsec_of_localstripe_0001";

/// The server, ended with the test.
struct Server {
    child: Child,
    base: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn installed() -> PathBuf {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/localstripe.sh");
    let output = Command::new(script).output().expect("scripts/localstripe.sh can be run");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "localstripe cannot be installed: {said}");
    PathBuf::from(String::from_utf8(output.stdout).unwrap().trim())
}

async fn started() -> Server {
    let port = {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        free.local_addr().unwrap().port()
    };
    let child = Command::new(installed())
        .args(["--from-scratch", "--port", &port.to_string()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("localstripe starts");
    let server = Server { child, base: format!("http://127.0.0.1:{port}") };
    for _ in 0..200 {
        if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
            return server;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("localstripe does not answer after 20 seconds");
}

/// A listener for webhooks: its address, and the messages as they come, byte by byte.
async fn listener() -> (String, mpsc::UnboundedReceiver<RawNotice>) {
    let (tell, told) = mpsc::unbounded_channel();
    let hear = async move |headers: HeaderMap, body: Bytes| {
        let header = |(name, value): (&axum::http::HeaderName, &axum::http::HeaderValue)| {
            (name.as_str().to_owned(), value.to_str().unwrap().to_owned())
        };
        let headers = headers.iter().map(header).collect();
        let received_at = base::Clock::system().now();
        let raw = RawNotice { headers, ..check::post(body.to_vec(), received_at) };
        tell.send(raw).unwrap();
    };
    let socket = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = format!("http://{}/", socket.local_addr().unwrap());
    let router = Router::new().fallback(hear);
    tokio::spawn(async move { axum::serve(socket, router).await });
    (address, told)
}

/// Asks the server for something that the connector has no call for.
async fn ask(server: &Server, path: &str, form: Option<&[(&str, &str)]>) -> Value {
    use processor::Call;
    let url = format!("{}{path}", server.base).parse().unwrap();
    let call = match form {
        Some(form) => Call::post(url).form(form),
        None => Call::get(url),
    };
    match Http::new().unwrap().send(call.bearer(KEY)).await {
        Sent::Answered(reply) if reply.status == 200 => reply.json().unwrap_or(Value::Null),
        other => panic!("{path}: {other:?}"),
    }
}

fn account_at(server: &Server) -> Stripe {
    let mut config = config(&server.base);
    config["webhook_secrets"] = json!([SECRET]);
    Stripe::new(serde_json::from_value(config).unwrap(), Http::new().unwrap()).unwrap()
}

fn charge(method: &str, customer: &str) -> Charge {
    let request = wish(usd(995));
    Charge {
        key: request.key,
        reference: request.reference,
        amount: request.amount,
        product: request.product,
        description: request.description,
        buyer: request.buyer,
        instrument: Instrument::Stored {
            id: method.to_owned(),
            customer: Some(customer.to_owned()),
        },
        capture: request.capture,
        return_url: request.return_url,
        postback_url: request.postback_url,
    }
}

/// The next event of a kind that comes in, with the signature it came with.
async fn heard(told: &mut mpsc::UnboundedReceiver<RawNotice>, kind: &str) -> RawNotice {
    let wanted = format!("\"type\": \"{kind}\"");
    let next = async {
        loop {
            let raw = told.recv().await.expect("the listener listens");
            if String::from_utf8_lossy(&raw.body).contains(&wanted) {
                return raw;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), next).await.expect("the webhook comes")
}

/// A card that a customer of the server has given.
async fn card(server: &Server, customer: &str, number: &str) -> String {
    let card = [
        ("type", "card"),
        ("card[number]", number),
        ("card[exp_month]", "12"),
        ("card[exp_year]", "2039"),
        ("card[cvc]", "123"),
    ];
    let method = ask(server, "/v1/payment_methods", Some(&card)).await;
    let id = method["id"].as_str().unwrap().to_owned();
    let attach = format!("/v1/payment_methods/{id}/attach");
    ask(server, &attach, Some(&[("customer", customer)])).await;
    id
}

/// The refund that the server keeps, as Stripe would tell it.
async fn told_of_refund(server: &Server, refund: &str) -> RawNotice {
    let kept = ask(server, &format!("/v1/refunds/{refund}"), None).await;
    let received_at = base::Clock::system().now();
    let event = json!({
        "id": "evt_of_the_test", "object": "event", "type": "refund.created", "livemode": false,
        "created": received_at.as_second(), "data": {"object": kept},
    });
    let body = serde_json::to_vec(&event).unwrap();
    let header = signed_at(SECRET, received_at.as_second(), &body);
    let headers = vec![("stripe-signature".to_owned(), header)];
    RawNotice { headers, ..check::post(body, received_at) }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn localstripe_charges_tells_and_gives_back() {
    let server = started().await;
    let (address, mut told) = listener().await;
    let hook = [("url", address.as_str()), ("secret", SECRET)];
    ask(&server, "/_config/webhooks/paydesk", Some(&hook)).await;
    let customer = ask(&server, "/v1/customers", Some(&[("email", "ana@example.com")])).await;
    let customer = customer["id"].as_str().unwrap().to_owned();
    let method = card(&server, &customer, "4242424242424242").await;
    let stripe = account_at(&server);

    let Answer::Done(charged) = stripe.charge(&charge(&method, &customer)).await else {
        panic!("not charged")
    };
    assert_eq!((&charged.outcome, charged.amount), (&ChargeOutcome::Paid, Some(usd(995))));
    let intent = charged.transaction.unwrap();

    let raw = heard(&mut told, "payment_intent.succeeded").await;
    let paid = stripe.read_postback(&raw).unwrap().remove(0);
    assert_eq!((paid.kind, paid.amount), (NoticeKind::Paid, Some(usd(995))));
    assert_eq!(paid.reference.as_deref(), Some(ATTEMPT));
    assert_eq!(paid.transaction.as_ref(), Some(&intent));
    let mut forged = raw.clone();
    forged.body = String::from_utf8(forged.body).unwrap().replace("995", "1").into_bytes();
    assert_eq!(stripe.read_postback(&forged), Err(Rejected::Signature));
    let by = FindBy::Transaction(intent.clone());
    let found = stripe.find(&by).await;
    assert!(
        matches!(&found, Answer::Done(Some(one)) if one.state == FoundState::Paid),
        "{found:?}"
    );

    let back = |key: &str, minor| Refunding {
        key: key.to_owned(),
        transaction: intent.clone(),
        amount: usd(minor),
        paid: usd(995),
        reason: "asked for".to_owned(),
    };
    let Answer::Done(done) = stripe.refund(&back("op_part", 400)).await else {
        panic!("not given back")
    };
    assert_eq!(done.amount, Some(usd(400)));
    let refund = done.transaction.unwrap();
    let raw = told_of_refund(&server, &refund).await;
    let refunded = stripe.read_postback(&raw).unwrap().remove(0);
    assert_eq!((refunded.kind, refunded.amount), (NoticeKind::Refunded, Some(usd(400))));
    assert_eq!(refunded.transaction.as_ref(), Some(&refund));
    assert_eq!(refunded.parent.as_ref(), Some(&intent));
    assert!(matches!(stripe.refund(&back("op_rest", 595)).await, Answer::Done(_)));
    let found = stripe.find(&by).await;
    let all_back = matches!(&found, Answer::Done(Some(one)) if one.state == FoundState::Refunded);
    assert!(all_back, "{found:?}");

    let bad = card(&server, &customer, "4000000000000341").await;
    let answer = stripe.charge(&charge(&bad, &customer)).await;
    assert!(matches!(&answer, Answer::Declined(no) if no.cause == "declined"), "{answer:?}");
    let raw = heard(&mut told, "payment_intent.payment_failed").await;
    let declined = stripe.read_postback(&raw).unwrap().remove(0);
    assert_eq!(declined.kind, NoticeKind::Declined);
    assert_eq!(declined.reference.as_deref(), Some(ATTEMPT));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn localstripe_holds_and_captures() {
    let server = started().await;
    let (address, mut told) = listener().await;
    let hook = [("url", address.as_str()), ("secret", SECRET)];
    ask(&server, "/_config/webhooks/paydesk", Some(&hook)).await;
    let customer = ask(&server, "/v1/customers", Some(&[("email", "bo@example.com")])).await;
    let customer = customer["id"].as_str().unwrap().to_owned();
    let method = card(&server, &customer, "4242424242424242").await;
    let stripe = account_at(&server);
    let mut hold = charge(&method, &customer);
    hold.capture = CaptureWhen::Later;

    let Answer::Done(held) = stripe.charge(&hold).await else { panic!("not held") };
    assert_eq!((held.outcome, held.amount), (ChargeOutcome::Authorized, Some(usd(995))));
    let intent = held.transaction.unwrap();
    // The server answers a capture without the amount that was captured, so the answer is no
    // proof; its event has the same gap. That the money was taken is seen at the server.
    let answer = stripe.capture("op_capture", &intent, usd(995)).await;
    assert!(matches!(&answer, Answer::Unknown(why) if why.contains("captured")), "{answer:?}");
    let raw = heard(&mut told, "payment_intent.succeeded").await;
    assert!(matches!(stripe.read_postback(&raw), Err(Rejected::Unreadable(_))));
    let kept = ask(&server, &format!("/v1/payment_intents/{intent}"), None).await;
    assert_eq!(kept["status"], "succeeded");

    let Answer::Done(held) = stripe.charge(&hold).await else { panic!("not held") };
    let intent = held.transaction.unwrap();
    let answer = stripe.void("op_void", &intent).await;
    assert!(matches!(answer, Answer::Done(_)), "{answer:?}");
}
