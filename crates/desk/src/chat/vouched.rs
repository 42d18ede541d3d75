//! What the host site vouches for: who the visitor is, in a token signed with the channel's secret.
//!
//! The token is a JSON Web Token with `HS256`, so every language has a library that writes it.
//! Nothing else of that standard is accepted: no other algorithm, no keys inside the token.

use base::{Kind, Language, Refusal, SignedDuration, Timestamp};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use identity::Email;
use serde::Deserialize;
use sha2::Sha256;

use super::settings::Channel;

/// The token cannot be believed.
pub(super) const NOT_VOUCHED: Refusal = Refusal::new(
    Kind::Unauthenticated,
    "identity_not_valid",
    "the signed identity does not fit this channel, or its time is over; ask for a new one",
);

/// The longest token that is looked at.
const LONGEST: usize = 4_096;
/// How long a token may be good for.
const MOST: SignedDuration = SignedDuration::from_hours(24);
/// How far the host's clock may be off.
const SLACK: SignedDuration = SignedDuration::from_mins(1);

/// A visitor the host site knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vouched {
    /// The host's own id of this person.
    pub subject: String,
    /// What to call them.
    pub name: Option<String>,
    /// Their mail address, which the host has checked.
    pub mail: Option<Email>,
    /// The language they read.
    pub language: Option<Language>,
    /// The host vouches until then.
    pub until: Timestamp,
}

#[derive(Deserialize)]
struct Head {
    alg: String,
}

#[derive(Deserialize)]
struct Claims {
    sub: String,
    aud: String,
    exp: i64,
    name: Option<String>,
    email: Option<String>,
    lang: Option<String>,
}

impl Vouched {
    /// Reads a token and checks it: signature, channel, time.
    ///
    /// # Errors
    /// `identity_not_valid`, whatever is wrong with it.
    pub fn read(token: &str, channel: &Channel, now: Timestamp) -> Result<Vouched, Refusal> {
        Vouched::checked(token, channel, now).ok_or(NOT_VOUCHED)
    }

    fn checked(token: &str, channel: &Channel, now: Timestamp) -> Option<Vouched> {
        let secret = channel.secret.as_ref().filter(|_| token.len() <= LONGEST)?;
        let (signed, signature) = token.rsplit_once('.')?;
        let (head, claims) = signed.split_once('.')?;
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.reveal().as_bytes()).ok()?;
        mac.update(signed.as_bytes());
        mac.verify_slice(&URL_SAFE_NO_PAD.decode(signature).ok()?).ok()?;
        let head: Head = part(head)?;
        let claims: Claims = part(claims)?;
        let until = Timestamp::from_second(claims.exp).ok()?;
        let latest = now.checked_add(MOST).ok()?.checked_add(SLACK).ok()?;
        let fits = head.alg == "HS256"
            && claims.aud == channel.key
            && until.checked_add(SLACK).ok()? > now
            && until <= latest;
        let subject = plain(&claims.sub, 120).filter(|subject| *subject == claims.sub)?;
        let mail = match claims.email {
            Some(mail) => Some(Email::checked(&mail).ok()?),
            None => None,
        };
        fits.then(|| Vouched {
            subject,
            name: claims.name.and_then(|name| plain(&name, 80)),
            mail,
            language: claims.lang.and_then(|tag| tag.parse().ok()),
            until,
        })
    }
}

fn part<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()
}

/// One line of visible letters, cut to a length; nothing if none is left.
pub(super) fn plain(text: &str, most: usize) -> Option<String> {
    let kept: String = text.chars().filter(|letter| !letter.is_control()).take(most).collect();
    let kept = kept.trim();
    (!kept.is_empty()).then(|| kept.to_owned())
}

/// Signs what a host site would: for the demo's host page and for tests.
#[must_use]
pub fn vouch(channel: &Channel, claims: &serde_json::Value) -> Option<String> {
    let secret = channel.secret.as_ref()?;
    let head = URL_SAFE_NO_PAD.encode(br#"{"alg":"HS256","typ":"JWT"}"#);
    let signed = format!("{head}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.reveal().as_bytes()).ok()?;
    mac.update(signed.as_bytes());
    let signature = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
    Some(format!("{signed}.{signature}"))
}

#[cfg(test)]
mod tests {
    use base::Secret;
    use serde_json::json;

    use super::*;

    fn channel(key: &str, secret: &str) -> Channel {
        let secret = Some(Secret::from_text(secret));
        Channel { key: key.into(), name: "Shop".into(), origins: Vec::new(), secret }
    }

    fn now() -> Timestamp {
        "2026-11-21T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn what_the_host_signed_is_believed() {
        let site = channel("site", "s3cret");
        let exp = now().as_second() + 600;
        let claims = json!({ "sub": "user-7", "aud": "site", "exp": exp, "name": "Ana\u{7} Lind",
            "email": "Ana@Example.test", "lang": "da-DK" });
        let token = vouch(&site, &claims).unwrap();
        let vouched = Vouched::read(&token, &site, now()).unwrap();
        assert_eq!(vouched.subject, "user-7");
        assert_eq!(vouched.name.as_deref(), Some("Ana Lind"));
        assert_eq!(vouched.language, Some(Language::Da));
        assert_eq!(vouched.until.as_second(), exp);
        assert!(vouched.mail.is_some());
    }

    #[test]
    fn nothing_else_is_believed() {
        let site = channel("site", "s3cret");
        let second = now().as_second();
        let good = json!({ "sub": "u", "aud": "site", "exp": second + 60 });
        let with = |name: &str, value: serde_json::Value| {
            let mut claims = good.clone();
            claims[name] = value;
            vouch(&site, &claims).unwrap()
        };
        assert!(Vouched::read(&vouch(&site, &good).unwrap(), &site, now()).is_ok());
        let none = URL_SAFE_NO_PAD.encode(br#"{"alg":"none"}"#);
        let body = URL_SAFE_NO_PAD.encode(good.to_string());
        let bad = [
            ("another secret", vouch(&channel("site", "other"), &good).unwrap()),
            ("another channel", with("aud", json!("else"))),
            ("over", with("exp", json!(second - 61))),
            ("too long", with("exp", json!(second + 25 * 3_600))),
            ("no time", with("exp", json!(i64::MAX))),
            ("no subject", with("sub", json!(""))),
            ("a subject of control letters", with("sub", json!("a\u{0}b"))),
            ("a subject without end", with("sub", json!("x".repeat(121)))),
            ("no mail", with("email", json!("nobody"))),
            ("no algorithm", format!("{none}.{body}.")),
            ("no token", "..".to_owned()),
            ("nothing", String::new()),
        ];
        for (what, token) in bad {
            assert_eq!(Vouched::read(&token, &site, now()), Err(NOT_VOUCHED), "{what}");
        }
        let unsigned = Channel { secret: None, ..site.clone() };
        let token = vouch(&site, &good).unwrap();
        assert_eq!(Vouched::read(&token, &unsigned, now()), Err(NOT_VOUCHED));
    }
}
