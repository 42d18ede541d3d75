//! Locks for houses that do not sign: who sent it, with which password, to which secret address.

use std::net::IpAddr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ipnet::IpNet;

use crate::sign::same;
use crate::{RawNotice, Rejected};

/// What must be true of a message before it is read. A lock that is not set is not looked at.
///
/// None of them proves the body: use as many together as the house can carry, and compare what
/// the message says with what we asked for.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Locks {
    /// Addresses or ranges (`192.0.2.7`, `192.0.2.0/24`) it may come from.
    #[serde(deserialize_with = "senders")]
    pub senders: Vec<IpNet>,
    /// User name and password of HTTP Basic.
    pub basic: Option<Basic>,
    /// The last part of the address that the house was given.
    pub path_secret: Option<String>,
}

/// User name and password of HTTP Basic.
#[derive(Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basic {
    /// The user name; it cannot hold a colon.
    pub user: String,
    /// The password.
    pub password: String,
}

impl Locks {
    /// Opens every lock that is set, or says which one stays shut.
    ///
    /// # Errors
    /// [`Rejected::Sender`], [`Rejected::Path`] or [`Rejected::Credentials`], looked at in this
    /// order.
    pub fn check(&self, raw: &RawNotice) -> Result<(), Rejected> {
        if !self.senders.is_empty() && !self.knows(raw.sender) {
            return Err(Rejected::Sender);
        }
        if let Some(secret) = &self.path_secret {
            let given = raw.path_secret.as_deref().unwrap_or_default();
            if !same(secret.as_bytes(), given.as_bytes()) {
                return Err(Rejected::Path);
            }
        }
        match &self.basic {
            Some(basic) if !basic.opens(raw) => Err(Rejected::Credentials),
            _ => Ok(()),
        }
    }

    /// Whether a sender is on the list, compared as whole addresses: an IPv4 address that came
    /// in the clothes of IPv6 is the same sender.
    #[must_use]
    pub fn knows(&self, sender: IpAddr) -> bool {
        let sender = sender.to_canonical();
        self.senders.iter().any(|range| range.contains(&sender))
    }

    /// Whether there is a lock that takes knowing a secret: an address alone is not enough.
    #[must_use]
    pub fn take_a_secret(&self) -> bool {
        self.basic.is_some() || self.path_secret.is_some()
    }

    /// What is too weak to stand, for the sentence the operator reads.
    ///
    /// # Errors
    /// A sentence that names the key.
    pub fn sound(&self) -> Result<(), String> {
        let weak = |secret: &str| secret.len() < 16;
        if self.path_secret.as_deref().is_some_and(weak) {
            return Err("locks.path_secret must have 16 characters or more".to_owned());
        }
        if let Some(basic) = &self.basic {
            if basic.user.is_empty() || basic.user.contains(':') {
                return Err("locks.basic.user must be a name without a colon".to_owned());
            }
            if weak(&basic.password) {
                return Err("locks.basic.password must have 16 characters or more".to_owned());
            }
        }
        Ok(())
    }
}

impl Basic {
    fn opens(&self, raw: &RawNotice) -> bool {
        let expected = format!("{}:{}", self.user, self.password);
        raw.header("authorization")
            .and_then(|header| header.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"))
            .and_then(|(_, code)| STANDARD.decode(code.trim()).ok())
            .is_some_and(|given| same(expected.as_bytes(), &given))
    }
}

impl std::fmt::Debug for Locks {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Locks")
            .field("senders", &self.senders)
            .field("basic", &self.basic.is_some())
            .field("path_secret", &self.path_secret.is_some())
            .finish()
    }
}

impl std::fmt::Debug for Basic {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Basic(…)")
    }
}

/// Reads ranges, and single addresses as ranges of one.
fn senders<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<IpNet>, D::Error> {
    let lines = <Vec<String> as serde::Deserialize>::deserialize(deserializer)?;
    let range = |line: &String| {
        let range = line.parse::<IpNet>().ok();
        range.or_else(|| line.parse::<IpAddr>().ok().map(IpNet::from)).ok_or_else(|| {
            serde::de::Error::custom(format!("{line:?} is not an address or a range"))
        })
    };
    lines.iter().map(range).collect()
}

#[cfg(test)]
mod tests {
    use base::Timestamp;

    use super::*;

    fn raw(sender: &str, path: Option<&str>, authorization: Option<&str>) -> RawNotice {
        RawNotice {
            method: "POST".to_owned(),
            path_secret: path.map(str::to_owned),
            query: String::new(),
            headers: authorization
                .map(|value| ("authorization".to_owned(), value.to_owned()))
                .into_iter()
                .collect(),
            body: Vec::new(),
            sender: sender.parse().unwrap(),
            received_at: Timestamp::UNIX_EPOCH,
        }
    }

    fn locks() -> Locks {
        serde_json::from_value(serde_json::json!({
            "senders": ["192.0.2.0/28", "198.51.100.7", "2001:db8::/64"],
            "basic": {"user": "segpay", "password": "a password of length"},
            "path_secret": "k3y-in-the-path-of-us",
        }))
        .unwrap()
    }

    const GOOD: &str = "Basic c2VncGF5OmEgcGFzc3dvcmQgb2YgbGVuZ3Ro";
    const PATH: Option<&str> = Some("k3y-in-the-path-of-us");

    #[test]
    fn all_locks_must_open() {
        let table = [
            ("192.0.2.15", PATH, Some(GOOD), Ok(())),
            ("::ffff:198.51.100.7", PATH, Some(GOOD), Ok(())),
            ("2001:db8::1", PATH, Some("basic c2VncGF5OmEgcGFzc3dvcmQgb2YgbGVuZ3Ro"), Ok(())),
            ("192.0.2.16", PATH, Some(GOOD), Err(Rejected::Sender)),
            ("198.51.100.70", PATH, Some(GOOD), Err(Rejected::Sender)),
            ("192.0.2.1", None, Some(GOOD), Err(Rejected::Path)),
            ("192.0.2.1", Some("k3y-in-the-path-of-u"), Some(GOOD), Err(Rejected::Path)),
            ("192.0.2.1", PATH, None, Err(Rejected::Credentials)),
            ("192.0.2.1", PATH, Some("Basic c2VncGF5OnRydXN0"), Err(Rejected::Credentials)),
            ("192.0.2.1", PATH, Some("Basic %%%"), Err(Rejected::Credentials)),
            ("192.0.2.1", PATH, Some("Bearer c2VncGF5"), Err(Rejected::Credentials)),
        ];
        for (sender, path, authorization, verdict) in table {
            let raw = raw(sender, path, authorization);
            assert_eq!(locks().check(&raw), verdict, "{sender} {path:?} {authorization:?}");
        }
    }

    #[test]
    fn a_lock_that_is_not_set_is_not_looked_at() {
        assert_eq!(Locks::default().check(&raw("203.0.113.9", None, None)), Ok(()));
        assert!(!Locks::default().take_a_secret());
    }

    #[test]
    fn weak_and_misspelled_locks_are_refused_with_the_key() {
        let read = |value| serde_json::from_value::<Locks>(value).map_err(|no| no.to_string());
        let no = read(serde_json::json!({"sender": []})).unwrap_err();
        assert!(no.contains("unknown field `sender`"), "{no}");
        let no = read(serde_json::json!({"senders": ["192.0.2"]})).unwrap_err();
        assert!(no.contains("192.0.2") && no.contains("not an address"), "{no}");
        let short = read(serde_json::json!({"path_secret": "short"})).unwrap();
        assert!(short.sound().unwrap_err().contains("locks.path_secret"));
        assert_eq!(locks().sound(), Ok(()));
    }

    #[test]
    fn secrets_do_not_show_in_debug_output() {
        let text = format!("{:?} {:?}", locks(), locks().basic);
        assert!(!text.contains("k3y") && !text.contains("password of"), "{text}");
    }
}
