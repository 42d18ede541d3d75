//! Every public digest scheme fits a recipe. The digests in `schemes.json` were made with Python's
//! `hashlib` and `hmac`, by the public description of each house.

use serde::Deserialize;

use super::*;
use crate::described::digest::{Signed, key};
use crate::described::record::{Covers, Output, Recipe, SentIn};

const HOUSE: &str = "k3y of the house";

type Pairs = Vec<(String, String)>;

#[derive(Deserialize)]
struct Scheme {
    name: String,
    recipe: Recipe,
    pairs: Pairs,
    headers: Pairs,
    body: String,
    digest: String,
}

fn schemes() -> Vec<Scheme> {
    serde_json::from_str(include_str!("schemes.json")).unwrap()
}

impl Scheme {
    fn secret(&self) -> Vec<u8> {
        let secret = if self.recipe.secret == "hex" { "00ff10" } else { HOUSE };
        key(&self.recipe, secret).unwrap()
    }

    /// The message as the house would send it, with this digest.
    fn sent(&self, digest: &str) -> (Pairs, Pairs) {
        let (mut pairs, mut headers) = (self.pairs.clone(), self.headers.clone());
        match &self.recipe.sent {
            SentIn::Field(field) => pairs.push((field.clone(), digest.to_owned())),
            SentIn::Header(name) => headers.push((name.to_lowercase(), digest.to_owned())),
            SentIn::Part { .. } => headers[0].1 = headers[0].1.replace("%s", digest),
        }
        (pairs, headers)
    }

    fn holds(&self, digest: &str, now: Timestamp) -> Result<(), Rejected> {
        let (pairs, headers) = self.sent(digest);
        let signed = Signed { pairs: &pairs, headers: &headers, body: self.body.as_bytes() };
        self.recipe.holds(&self.secret(), &signed, now)
    }
}

#[test]
fn every_scheme_is_made_and_checked_as_its_house_does() {
    let all = schemes();
    assert_eq!(all.len(), 12);
    for scheme in all {
        let name = &scheme.name;
        let (headers, body) = (&scheme.headers, scheme.body.as_bytes());
        let signed = Signed { pairs: &scheme.pairs, headers, body };
        let made = scheme.recipe.make(&scheme.secret(), &signed).unwrap();
        assert_eq!(made, scheme.digest, "{name}");
        assert_eq!(scheme.holds(&scheme.digest, now()), Ok(()), "{name}");
        if scheme.recipe.output != Output::Base64 {
            assert_eq!(scheme.holds(&scheme.digest.to_uppercase(), now()), Ok(()), "{name}");
        }
    }
}

#[test]
fn another_digest_or_none_or_another_key_does_not_open() {
    for scheme in schemes() {
        let name = &scheme.name;
        let mut other = scheme.digest.clone().into_bytes();
        other[0] = if other[0] == b'a' { b'b' } else { b'a' };
        let other = String::from_utf8(other).unwrap();
        for digest in [other.as_str(), "", "zz", &scheme.digest[..8]] {
            assert_eq!(scheme.holds(digest, now()), Err(Rejected::Signature), "{name}: {digest}");
        }
        let (pairs, headers) = scheme.sent(&scheme.digest);
        let signed = Signed { pairs: &pairs, headers: &headers, body: scheme.body.as_bytes() };
        let refused = scheme.recipe.holds(b"another key", &signed, now());
        assert_eq!(refused, Err(Rejected::Signature), "{name}");
        let bare = Signed { pairs: &scheme.pairs, headers: &[], body: scheme.body.as_bytes() };
        let refused = scheme.recipe.holds(&scheme.secret(), &bare, now());
        assert_eq!(refused, Err(Rejected::Signature), "{name}: without a digest");
    }
}

#[test]
fn whatever_is_covered_cannot_be_changed() {
    let mut changed = 0;
    for scheme in schemes() {
        let (pairs, headers) = scheme.sent(&scheme.digest);
        for nth in 0..scheme.pairs.len() {
            let field = &scheme.pairs[nth].0;
            let before = Signed { pairs: &pairs, headers: &headers, body: b"" };
            let covered = scheme.recipe.covers(field, Some(&before));
            let mut pairs = pairs.clone();
            pairs[nth].1.push('0');
            let signed = Signed { pairs: &pairs, ..before };
            let holds = scheme.recipe.holds(&scheme.secret(), &signed, now());
            let list = scheme.recipe.key_ids.as_ref().is_some_and(|ids| ids.field == *field);
            if covered || list {
                assert_eq!(holds, Err(Rejected::Signature), "{}: {field}", scheme.name);
                changed += 1;
            } else {
                assert_eq!(holds, Ok(()), "{}: {field} is not covered", scheme.name);
            }
        }
        if !scheme.body.is_empty() {
            let body = format!("{} ", scheme.body);
            let signed = Signed { pairs: &pairs, headers: &headers, body: body.as_bytes() };
            let holds = scheme.recipe.holds(&scheme.secret(), &signed, now());
            assert_eq!(holds, Err(Rejected::Signature), "{}: the body", scheme.name);
        }
    }
    assert!(changed > 25, "{changed}");
}

#[test]
fn old_and_future_messages_are_stale_and_a_nonce_is_no_time() {
    let all = schemes();
    let of = |name: &str| all.iter().find(|scheme| scheme.name == name).unwrap();
    let stripe = of("Stripe");
    let at = |seconds: i64| Timestamp::from_second(1_732_201_445 + seconds).unwrap();
    let fresh = stripe.digest.as_str();
    for (seconds, expected) in
        [(300, Ok(())), (-300, Ok(())), (301, Err(Rejected::Stale)), (-301, Err(Rejected::Stale))]
    {
        assert_eq!(stripe.holds(fresh, at(seconds)), expected, "{seconds}");
    }
    assert_eq!(of("NMI").holds(&of("NMI").digest, at(1 << 30)), Ok(()));
}

#[test]
fn two_parameters_of_equal_value_are_both_protected() {
    let all = schemes();
    let webbilling = all.iter().find(|scheme| scheme.name == "Webbilling").unwrap();
    let pairs = &webbilling.pairs[..webbilling.pairs.len() - 1];
    let (field, list) = webbilling.recipe.list(pairs).unwrap();
    assert_eq!((field.as_str(), list.as_str()), ("sectokenkeys", "0e21200809"));
}

#[test]
fn a_list_of_covered_fields_that_is_broken_covers_nothing() {
    let all = schemes();
    let webbilling = all.iter().find(|scheme| scheme.name == "Webbilling").unwrap();
    for list in ["", "0", "0e21200809ff", "0e0e21200809", "0e2120080902", "é", "zz"] {
        let (mut pairs, headers) = webbilling.sent(&webbilling.digest);
        let at = pairs.iter().position(|(name, _)| name == "sectokenkeys").unwrap();
        pairs[at].1 = list.to_owned();
        let signed = Signed { pairs: &pairs, headers: &headers, body: b"" };
        let holds = webbilling.recipe.holds(&webbilling.secret(), &signed, now());
        assert_eq!(holds, Err(Rejected::Signature), "{list}");
    }
}

#[test]
fn segpay_signs_nothing_and_so_needs_a_secret_lock() {
    let mut record: Value = serde_json::to_value(
        toml::from_str::<toml::Value>(&acme("https://api.acme.example")).unwrap(),
    )
    .unwrap();
    record["postback"].as_object_mut().unwrap().remove("digest");
    let unsigned = settings(record.clone());
    let account = Described::new("described", None, unsigned, http()).unwrap();
    let mut raw = signed(b"event=ping&tx=1");
    raw.headers.clear();
    assert!(account.read_postback(&raw).is_ok());
    raw.path_secret = None;
    assert_eq!(account.read_postback(&raw), Err(Rejected::Path));
    let mut open = settings(record);
    open["locks"] = json!({"senders": ["192.0.2.0/28"]});
    let why = Described::new("described", None, open, http()).err().unwrap();
    assert!(why.contains("record.postback.digest") && why.contains("locks.path_secret"), "{why}");
}

#[test]
fn lists_name_what_they_cover() {
    let covers = |name: &str, field: &str| {
        let all = schemes();
        let scheme = all.iter().find(|scheme| scheme.name == name).unwrap();
        assert!(matches!(scheme.recipe.fields, Covers::List(_)));
        scheme.recipe.covers(field, None)
    };
    assert!(covers("CentroBill", "payment.status"));
    assert!(!covers("CentroBill", "payment.amount"), "the amount is not covered, as is public");
    assert!(covers("Stripe", "anything in the body"));
}
