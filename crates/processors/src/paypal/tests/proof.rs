//! Proving: a signature that leads to a root, PayPal's own word, and nothing else.

use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use processor::{Rejected, Unproven};
use rcgen::{
    BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, SigningKey,
};
use rustls::pki_types::CertificateDer;

use super::*;

const SIGNER: &str = "messageverificationcerts.paypal.com";
const FOLDER: &str = "/v1/notifications/certs/CERT-360caa42-1d18";

static KEY_PAIR: LazyLock<KeyPair> = LazyLock::new(|| {
    KeyPair::from_pem(include_str!("../samples/made-for-tests-only.pem")).unwrap()
});

/// A root, and what it signs.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    root: CertificateDer<'static>,
}

impl Authority {
    fn new() -> Authority {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let root = params.self_signed(&key).unwrap().der().clone();
        Authority { issuer: Issuer::new(params, key), root }
    }

    fn anchor(&self) -> TrustAnchor<'static> {
        webpki::anchor_from_trusted_cert(&self.root).unwrap().to_owned()
    }

    /// A certificate of the tests' key, made out to a name for a year.
    fn signs(&self, name: &str, year: i32) -> String {
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.not_before = rcgen::date_time_ymd(year, 1, 1);
        params.not_after = rcgen::date_time_ymd(year, 12, 31);
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.signed_by(&*KEY_PAIR, &self.issuer).unwrap().pem()
    }
}

/// A house with a certificate, an account that trusts the authority, and a signed message.
struct Scene {
    house: MockServer,
    account: PayPal,
    raw: RawNotice,
}

async fn scene(authority: &Authority, served: ResponseTemplate) -> Scene {
    let house = MockServer::start().await;
    Mock::given(method("GET")).and(path(FOLDER)).respond_with(served).mount(&house).await;
    let config = serde_json::from_value(config(&house.uri())).unwrap();
    let account = PayPal::with_roots(config, http(), vec![authority.anchor()]).unwrap();
    let raw = signed(&house, sample("capture completed"));
    Scene { house, account, raw }
}

fn signed(house: &MockServer, body: &str) -> RawNotice {
    let mut raw = raw(body);
    set(&mut raw, "paypal-cert-url", &format!("{}{FOLDER}", house.uri()));
    sign(&mut raw);
    raw
}

fn sign(raw: &mut RawNotice) {
    let (id, time) = (
        raw.header("paypal-transmission-id").unwrap(),
        raw.header("paypal-transmission-time").unwrap(),
    );
    let text = format!("{id}|{time}|{WEBHOOK}|{}", crc32fast::hash(&raw.body));
    let signature = STANDARD.encode(KEY_PAIR.sign(text.as_bytes()).unwrap());
    set(raw, "paypal-transmission-sig", &signature);
}

fn pem(text: impl Into<String>) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_string(text)
}

const FORGED: Result<(), Unproven> = Err(Unproven::Rejected(Rejected::Signature));

/// The check value of CRC-32 (ISO 3309), in decimal as PayPal wants it.
#[test]
fn the_checksum_is_the_usual_one() {
    assert_eq!(crc32fast::hash(b"123456789").to_string(), "3421780262");
}

#[tokio::test]
async fn a_signature_that_leads_to_a_root_is_believed_and_its_certificate_kept() {
    let authority = Authority::new();
    let Scene { house, account, raw } = scene(&authority, pem(authority.signs(SIGNER, 2026))).await;
    assert_eq!(account.prove(&raw).await, Ok(()));
    assert_eq!(account.prove(&signed(&house, sample("capture refunded"))).await, Ok(()));
    let fetched = house.received_requests().await.unwrap().len();
    assert_eq!(fetched, 1, "what was proven is kept");
}

#[tokio::test]
async fn nothing_that_is_signed_may_change() {
    let authority = Authority::new();
    let Scene { account, raw, .. } = scene(&authority, pem(authority.signs(SIGNER, 2026))).await;
    let changed = |change: fn(&mut RawNotice)| {
        let mut raw = raw.clone();
        change(&mut raw);
        raw
    };
    let table = [
        changed(|raw| raw.body = String::from_utf8_lossy(&raw.body).replace("9.95", "0.95").into()),
        changed(|raw| raw.body.push(b'\n')),
        changed(|raw| set(raw, "paypal-transmission-id", "69cd13f0-d67a-11e5-baa3-000000000000")),
        changed(|raw| set(raw, "paypal-transmission-time", "2026-11-21T15:04:07Z")),
        changed(|raw| set(raw, "paypal-transmission-sig", "bm90IGEgc2lnbmF0dXJl")),
        changed(|raw| set(raw, "paypal-transmission-sig", "%%%")),
        changed(|raw| set(raw, "paypal-cert-url", "http://127.0.0.1:9/elsewhere/CERT-1")),
    ];
    for raw in table {
        assert_eq!(account.prove(&raw).await, FORGED, "{:?}", raw.headers);
    }
    let mut other = config("http://127.0.0.1:9");
    other["webhook_id"] = "8PT597110X687430LKGECATA".into();
    other["addresses"]["certificates"] =
        raw.header("paypal-cert-url").unwrap().trim_end_matches("CERT-360caa42-1d18").into();
    let other = serde_json::from_value(other).unwrap();
    let other = PayPal::with_roots(other, http(), vec![authority.anchor()]).unwrap();
    assert_eq!(other.prove(&raw).await, FORGED, "signed for another webhook");
}

#[tokio::test]
async fn a_certificate_of_somebody_else_is_worth_nothing() {
    let authority = Authority::new();
    let stranger = Authority::new();
    let own = {
        let mut params = CertificateParams::new(vec![SIGNER.to_owned()]).unwrap();
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.self_signed(&*KEY_PAIR).unwrap().pem()
    };
    let table = [
        ("another root", stranger.signs(SIGNER, 2026)),
        ("signed by itself", own),
        ("another name", authority.signs("www.example.com", 2026)),
        ("the sandbox's", authority.signs("messageverificationcerts.sandbox.paypal.com", 2026)),
        ("expired", authority.signs(SIGNER, 2025)),
        ("not yet valid", authority.signs(SIGNER, 2027)),
    ];
    for (name, served) in table {
        let Scene { account, raw, .. } = scene(&authority, pem(served)).await;
        assert_eq!(account.prove(&raw).await, FORGED, "{name}");
    }
}

#[tokio::test]
async fn a_certificate_that_cannot_be_had_proves_nothing_yet() {
    let authority = Authority::new();
    let table = [
        ResponseTemplate::new(404),
        ResponseTemplate::new(502).set_body_string("<html>Bad Gateway</html>"),
        pem("<html>maintenance</html>"),
        pem(""),
        pem("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
        pem(authority.signs(SIGNER, 2026)).set_delay(Duration::from_secs(5)),
    ];
    for served in table {
        let label = format!("{served:?}");
        let Scene { account, raw, .. } = scene(&authority, served).await;
        let proven = account.prove(&raw).await;
        assert!(matches!(proven, Err(Unproven::Unknown(_))), "{label}: {proven:?}");
    }
}

async fn asked(answer: ResponseTemplate) -> (MockServer, Result<(), Unproven>) {
    let house = house(1).await;
    answers(&house, "POST", "/v1/notifications/verify-webhook-signature", answer).await;
    let mut config = config(&house.uri());
    config["verify"] = "api".into();
    let mut raw = raw(odd_body());
    set(&mut raw, "paypal-cert-url", &format!("{}{FOLDER}", house.uri()));
    let proven = account_of(config).prove(&raw).await;
    (house, proven)
}

/// A body that no two programs would write alike.
fn odd_body() -> String {
    sample("capture completed").replace("\"9.95\"", " 9.950 ").replace("made-up", "m\\u0061de\\/up")
}

#[tokio::test]
async fn paypal_is_asked_with_the_raw_bytes() {
    let (house, proven) = asked(said(200, &json!({"verification_status": "SUCCESS"}))).await;
    assert_eq!(proven, Ok(()));
    let calls = house.received_requests().await.unwrap();
    let call = calls.iter().find(|call| call.url.path().ends_with("signature")).unwrap();
    let text = std::str::from_utf8(&call.body).unwrap();
    assert!(text.ends_with(&format!(",\"webhook_event\":{}}}", odd_body())), "{text}");
    let asked: Value = serde_json::from_str(text).unwrap();
    let head = json!({
        "auth_algo": "SHA256withRSA",
        "cert_url": format!("{}{FOLDER}", house.uri()),
        "transmission_id": "69cd13f0-d67a-11e5-baa3-778b53f4ae55",
        "transmission_sig": "bm90IGEgc2lnbmF0dXJl",
        "transmission_time": "2026-11-21T15:04:06Z",
        "webhook_id": WEBHOOK,
    });
    for (name, value) in head.as_object().unwrap() {
        assert_eq!(&asked[name], value, "{name}");
    }
}

#[tokio::test]
async fn only_paypals_yes_is_a_yes() {
    let (_house, proven) = asked(said(200, &json!({"verification_status": "FAILURE"}))).await;
    assert_eq!(proven, FORGED);
    let table = [
        said(200, &json!({"verification_status": "success?"})),
        said(200, &json!({})),
        pem("<html>"),
        error(400, "INVALID_REQUEST", "INVALID_PARAMETER_VALUE"),
        ResponseTemplate::new(500),
        said(200, &json!({"verification_status": "SUCCESS"})).set_delay(Duration::from_secs(5)),
    ];
    for answer in table {
        let label = format!("{answer:?}");
        let (_house, proven) = asked(answer).await;
        assert!(matches!(proven, Err(Unproven::Unknown(_))), "{label}: {proven:?}");
    }
    let Err(proven) = account().prove(&raw(sample("capture completed"))).await else {
        panic!("proven by nobody")
    };
    assert!(matches!(proven, Unproven::Unknown(_)), "{proven:?}");
}

#[tokio::test]
async fn a_body_cannot_put_words_into_our_question() {
    let mut config = config("http://127.0.0.1:9");
    config["verify"] = "api".into();
    let account = account_of(config);
    for body in ["{}},\"webhook_id\":\"X\",\"webhook_event\":{}", "{} {}", "", "{\"a\":"] {
        let proven = account.prove(&raw(body)).await;
        let refused = matches!(proven, Err(Unproven::Rejected(Rejected::Unreadable(_))));
        assert!(refused, "{body}: {proven:?}");
    }
}
