//! Every way a call can fail, over real sockets.

use std::time::Instant;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use wiremock::matchers::{body_string, header, method, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;

const SECRET: &str = "s3cret-key";

fn short() -> Http {
    let millis = Duration::from_millis;
    Http::with(Limits { connect: millis(300), total: millis(600), answer: 1000 }).unwrap()
}

/// A house that reads the request up to its end and then does what it is told.
async fn house<F>(then: impl FnOnce(TcpStream) -> F + Send + 'static) -> Url
where
    F: Future<Output = ()> + Send,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut seen = Vec::new();
        while !seen.ends_with(b"THE-END") {
            let mut bytes = [0; 1024];
            let count = stream.read(&mut bytes).await.unwrap();
            assert!(count > 0, "the client hung up before its body was sent");
            seen.extend_from_slice(&bytes[..count]);
        }
        then(stream).await;
    });
    format!("http://127.0.0.1:{port}/pay?key={SECRET}").parse().unwrap()
}

async fn charge(url: Url) -> Sent {
    short().send(Call::post(url).body("text/plain", b"amount=1 THE-END".to_vec())).await
}

fn unknown(sent: Sent) -> String {
    let Sent::Unknown(why) = sent else { panic!("not unknown: {sent:?}") };
    assert!(!why.contains(SECRET), "the address leaked: {why}");
    why
}

fn not_executed(sent: Sent) -> String {
    let Sent::NotExecuted(why) = sent else { panic!("not proven: {sent:?}") };
    assert!(!why.contains(SECRET), "the address leaked: {why}");
    why
}

#[tokio::test]
async fn a_refused_connection_is_proof_that_nothing_happened() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let url = format!("http://127.0.0.1:{port}/pay?key={SECRET}").parse().unwrap();
    not_executed(charge(url).await);
}

#[tokio::test]
async fn a_name_that_does_not_exist_is_proof_that_nothing_happened() {
    not_executed(charge(format!("https://no.such.invalid/?k={SECRET}").parse().unwrap()).await);
}

#[tokio::test]
async fn a_failed_tls_handshake_is_proof_that_nothing_happened() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
    });
    not_executed(charge(format!("https://127.0.0.1:{port}/?k={SECRET}").parse().unwrap()).await);
}

#[tokio::test]
async fn a_handshake_that_never_ends_is_proof_too_and_does_not_wait_for_the_total() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let kept = tokio::spawn(async move { listener.accept().await.unwrap() });
    let limits = Limits { total: Duration::from_secs(20), ..short().limits };
    let url = format!("https://127.0.0.1:{port}/?k={SECRET}").parse().unwrap();
    let begun = Instant::now();
    not_executed(Http::with(limits).unwrap().send(Call::post(url)).await);
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    drop(kept);
}

#[tokio::test]
async fn a_reset_after_the_body_is_unknown() {
    let url = house(|stream| async move {
        stream.set_zero_linger().unwrap();
        drop(stream);
    });
    unknown(charge(url.await).await);
}

#[tokio::test]
async fn a_connection_closed_without_an_answer_is_unknown() {
    let url = house(|stream| async move { drop(stream) });
    unknown(charge(url.await).await);
}

#[tokio::test]
async fn silence_after_the_body_is_unknown_and_ends_in_time() {
    let url = house(|stream| async move {
        tokio::time::sleep(Duration::from_secs(20)).await;
        drop(stream);
    });
    let begun = Instant::now();
    unknown(charge(url.await).await);
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn an_answer_that_drips_for_ever_is_unknown_and_ends_in_time() {
    let url = house(|mut stream| async move {
        let head = b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n";
        stream.write_all(head).await.unwrap();
        while stream.write_all(b".").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    unknown(charge(url.await).await);
}

#[tokio::test]
async fn bytes_that_are_no_http_are_unknown() {
    let url = house(|mut stream| async move {
        stream.write_all(b"\x00\xff\x00 what? \r\n\r\n").await.unwrap();
    });
    unknown(charge(url.await).await);
}

#[tokio::test]
async fn an_answer_that_is_cut_short_is_unknown() {
    let url = house(|mut stream| async move {
        let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\nSuccess";
        stream.write_all(answer).await.unwrap();
    });
    unknown(charge(url.await).await);
}

#[tokio::test]
async fn server_errors_redirects_and_large_answers_are_unknown() {
    for (status, body) in [(500, 3), (503, 3), (302, 3), (200, 1001)] {
        let server = MockServer::start().await;
        let answer = ResponseTemplate::new(status)
            .insert_header("location", "/elsewhere")
            .set_body_string("x".repeat(body));
        Mock::given(method("POST")).respond_with(answer).expect(1).mount(&server).await;
        unknown(charge(server.uri().parse().unwrap()).await);
    }
}

#[tokio::test]
async fn answers_and_client_errors_are_read_whole() {
    for (status, size) in [(200, 1000), (402, 5), (404, 0)] {
        let server = MockServer::start().await;
        let answer = ResponseTemplate::new(status).set_body_string("y".repeat(size));
        Mock::given(method("POST")).respond_with(answer).mount(&server).await;
        let Sent::Answered(reply) = charge(server.uri().parse().unwrap()).await else {
            panic!("{status} was not answered");
        };
        assert_eq!((reply.status, reply.body.len()), (status, size));
    }
}

#[tokio::test]
async fn what_was_asked_is_what_leaves() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(query_param("a b", "c&d=é"))
        .and(header("authorization", "Basic dTpwOng="))
        .and(header("content-type", "application/x-www-form-urlencoded"))
        .and(body_string("x=1%262&y=%C3%A9"))
        .respond_with(ResponseTemplate::new(200))
        .expect(1)
        .mount(&server)
        .await;
    let call = Call::post(server.uri().parse().unwrap())
        .query(&[("a b", "c&d=é")])
        .basic("u", "p:x")
        .form(&[("x", "1&2"), ("y", "é")]);
    let Sent::Answered(reply) = short().send(call).await else { panic!("not answered") };
    assert_eq!(reply.status, 200);
}

#[tokio::test]
async fn plain_http_leaves_only_for_this_machine_and_headers_cannot_be_broken() {
    for address in ["http://192.0.2.1/", "http://example.com/", "ftp://localhost/"] {
        let why = not_executed(charge(address.parse().unwrap()).await);
        assert!(why.contains("https"), "{why}");
    }
    let url: Url = "http://127.0.0.1:9/".parse().unwrap();
    let call = Call::get(url).header("idempotency-key", "a\r\nb: c");
    let why = not_executed(short().send(call).await);
    assert!(why.contains("header"), "{why}");
}

#[test]
fn machines_without_certificates_get_the_bundled_ones() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = builder(Limits::default()).tls_backend_preconfigured(bundled_roots()).build();
    assert!(client.is_ok(), "{client:?}");
}
