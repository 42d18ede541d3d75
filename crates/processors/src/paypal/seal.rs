//! Whether a message is PayPal's: what its headers alone tell, and what the certificate or
//! PayPal itself says.
//!
//! Follows "Integrate webhooks" at developer.paypal.com and the webhook verification of PayPal's
//! own SDKs: RSA-SHA256 over the transmission's id and time, the webhook's id and the CRC-32 of
//! the raw body in decimal, joined by `|`.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use base::{SignedDuration, Timestamp};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use processor::{Call, RawNotice, Rejected, Sent, Unproven};
use serde::Deserialize;
use serde_json::json;
use serde_json::value::RawValue;
use url::Url;

use super::account::Account;
use super::certificate::{self, Doubt};
use super::config::{Sound, Verify};

/// The only algorithm PayPal signs with.
const ALGORITHM: &str = "SHA256withRSA";

/// How old a message may be. PayPal redelivers for three days, and staff may ask for one again;
/// the same fact is applied once however often it comes.
const OLDEST: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How far its clock may be ahead of ours.
const AHEAD: SignedDuration = SignedDuration::from_mins(10);

/// The longest header that is looked at, and the largest body.
const HEADER: usize = 2048;
const BODY: usize = 1 << 20;

/// So many certificates are kept; PayPal uses a few.
const KEPT: usize = 16;

/// Certificates by their address: what lies at one never changes.
#[derive(Default)]
pub(super) struct Certificates(Mutex<BTreeMap<String, Arc<Vec<u8>>>>);

/// What the headers of a message say.
pub(super) struct Seal<'a> {
    id: &'a str,
    time: &'a str,
    signature: &'a str,
    certificate: Url,
    algorithm: &'a str,
}

impl<'a> Seal<'a> {
    /// Reads the headers and refuses what needs no asking: a header that is missing, another
    /// algorithm, a certificate that does not lie at PayPal, a time out of reach.
    ///
    /// # Errors
    /// [`Rejected::Signature`], [`Rejected::Stale`] or [`Rejected::Unreadable`].
    pub(super) fn read(raw: &'a RawNotice, config: &Sound) -> Result<Seal<'a>, Rejected> {
        if raw.body.len() > BODY {
            return Err(Rejected::Unreadable("more than 1 MiB".to_owned()));
        }
        let header = |name: &str| {
            let fits = |text: &&str| !text.is_empty() && text.len() <= HEADER;
            let plain = |text: &&str| text.bytes().all(|byte| byte.is_ascii_graphic());
            raw.header(name).map(str::trim).filter(fits).filter(plain).ok_or(Rejected::Signature)
        };
        let seal = Seal {
            id: header("paypal-transmission-id")?,
            time: header("paypal-transmission-time")?,
            signature: header("paypal-transmission-sig")?,
            certificate: lies_at_paypal(header("paypal-cert-url")?, &config.certificates)
                .ok_or(Rejected::Signature)?,
            algorithm: header("paypal-auth-algo")?,
        };
        if !seal.algorithm.eq_ignore_ascii_case(ALGORITHM) {
            return Err(Rejected::Signature);
        }
        let sent: Timestamp = seal.time.parse().map_err(|_| Rejected::Signature)?;
        let age = raw.received_at.duration_since(sent);
        if age > OLDEST || age < -AHEAD { Err(Rejected::Stale) } else { Ok(seal) }
    }

    /// What the signature covers.
    fn text(&self, webhook: &str, body: &[u8]) -> String {
        let sum = crc32fast::hash(body);
        format!("{}|{}|{webhook}|{sum}", self.id, self.time)
    }
}

/// Proves a message by its certificate or by asking PayPal.
///
/// # Errors
/// [`Unproven::Rejected`] if it is not PayPal's, [`Unproven::Unknown`] if nobody could tell.
pub(super) async fn prove(account: &Account, raw: &RawNotice) -> Result<(), Unproven> {
    let seal = Seal::read(raw, &account.config).map_err(Unproven::Rejected)?;
    match account.config.verify {
        Verify::Certificate => by_certificate(account, &seal, raw).await,
        Verify::Api => by_asking(account, &seal, raw).await,
    }
}

async fn by_certificate(
    account: &Account,
    seal: &Seal<'_>,
    raw: &RawNotice,
) -> Result<(), Unproven> {
    let forged = || Unproven::Rejected(Rejected::Signature);
    let signature = STANDARD.decode(seal.signature).map_err(|_| forged())?;
    let pem = certificate_at(account, &seal.certificate).await.map_err(Unproven::Unknown)?;
    let text = seal.text(&account.config.webhook_id, &raw.body);
    let signer = account.config.signer;
    match certificate::holds(&pem, &account.roots, signer, raw.received_at, &text, &signature) {
        Ok(()) => {
            account.certificates.keep(&seal.certificate, &pem);
            Ok(())
        }
        Err(Doubt::NoCertificate) => {
            Err(Unproven::Unknown("there is no certificate at the address PayPal names".to_owned()))
        }
        Err(Doubt::Untrusted | Doubt::Forged) => Err(forged()),
    }
}

/// The certificates at an address, kept or fetched.
async fn certificate_at(account: &Account, url: &Url) -> Result<Arc<Vec<u8>>, String> {
    if let Some(pem) = account.certificates.kept(url) {
        return Ok(pem);
    }
    match account.http.send(Call::get(url.clone())).await {
        Sent::Answered(reply) if reply.status == 200 => Ok(Arc::new(reply.body)),
        Sent::Answered(reply) => Err(format!("PayPal's certificate answered {}", reply.status)),
        Sent::NotExecuted(why) | Sent::Unknown(why) => {
            Err(format!("PayPal's certificate cannot be fetched: {why}"))
        }
    }
}

impl Certificates {
    fn kept(&self, url: &Url) -> Option<Arc<Vec<u8>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(url.as_str()).cloned()
    }

    /// Keeps what was proven to be PayPal's; nothing else gets in.
    fn keep(&self, url: &Url, pem: &Arc<Vec<u8>>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT && !kept.contains_key(url.as_str()) {
            kept.clear();
        }
        kept.insert(url.as_str().to_owned(), Arc::clone(pem));
    }
}

/// PayPal's answer to the question.
#[derive(Deserialize)]
struct Verified {
    verification_status: String,
}

/// Asks PayPal. The body goes back byte for byte: written anew it would not verify any more.
///
/// Careful: what is not one whole value could end the question early and go on in its own words.
async fn by_asking(account: &Account, seal: &Seal<'_>, raw: &RawNotice) -> Result<(), Unproven> {
    if serde_json::from_slice::<&RawValue>(&raw.body).is_err() {
        let why = "the body is not one value in JSON".to_owned();
        return Err(Unproven::Rejected(Rejected::Unreadable(why)));
    }
    let head = json!({
        "auth_algo": seal.algorithm,
        "cert_url": seal.certificate.as_str(),
        "transmission_id": seal.id,
        "transmission_sig": seal.signature,
        "transmission_time": seal.time,
        "webhook_id": account.config.webhook_id,
    });
    let mut body = head.to_string().into_bytes();
    body.pop();
    body.extend_from_slice(b",\"webhook_event\":");
    body.extend_from_slice(&raw.body);
    body.push(b'}');
    let call = Call::post(account.at(&["v1", "notifications", "verify-webhook-signature"]))
        .body("application/json", body);
    let verified = match account.send(call).await {
        Sent::Answered(reply) if reply.status == 200 => reply.json::<Verified>(),
        Sent::Answered(reply) => Err(format!("PayPal answered {}", reply.status)),
        Sent::NotExecuted(why) | Sent::Unknown(why) => Err(why),
    };
    match verified.map_err(Unproven::Unknown)?.verification_status.as_str() {
        "SUCCESS" => Ok(()),
        "FAILURE" => Err(Unproven::Rejected(Rejected::Signature)),
        _ => Err(Unproven::Unknown("PayPal said neither yes nor no".to_owned())),
    }
}

/// The address of a certificate, if it lies where PayPal's do: another sender would name a
/// certificate of their own.
fn lies_at_paypal(text: &str, folder: &Url) -> Option<Url> {
    let url: Url = text.parse().ok()?;
    let same_place = url.scheme() == folder.scheme()
        && url.host() == folder.host()
        && url.port_or_known_default() == folder.port_or_known_default();
    let bare = url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    let name = url.path().strip_prefix(folder.path())?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (same_place && bare && !name.is_empty() && name.bytes().all(plain)).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_lies_at_paypal_or_is_not_looked_at() {
        let folder: Url = "https://api.paypal.com/v1/notifications/certs/".parse().unwrap();
        let good = "https://api.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-5a29e601";
        assert!(lies_at_paypal(good, &folder).is_some());
        for other in [
            "http://api.paypal.com/v1/notifications/certs/CERT-1",
            "https://api.paypal.com.example.net/v1/notifications/certs/CERT-1",
            "https://api.sandbox.paypal.com/v1/notifications/certs/CERT-1",
            "https://www.paypal.com/v1/notifications/certs/CERT-1",
            "https://api.paypal.com:8443/v1/notifications/certs/CERT-1",
            "https://api.paypal.com@example.net/v1/notifications/certs/CERT-1",
            "https://user@api.paypal.com/v1/notifications/certs/CERT-1",
            "https://api.paypal.com/v1/notifications/certs/../../x",
            "https://api.paypal.com/v1/notifications/certs/",
            "https://api.paypal.com/v1/notifications/certs/CERT-1?x=1",
            "https://api.paypal.com/elsewhere/CERT-1",
            "CERT-1",
        ] {
            assert!(lies_at_paypal(other, &folder).is_none(), "{other}");
        }
    }
}
