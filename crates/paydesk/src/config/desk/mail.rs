//! `[desk.mail]`: the addresses people write to, and the doors their mail comes in by.

use std::net::SocketAddr;
use std::path::PathBuf;

use base::Secret;
use desk::MailInSettings;
use desk::mail_in::{Encryption, Mailbox as Folder};
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use url::Url;

/// Mail that comes in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mail {
    /// Where people write to; answers come back to one of these with a plus part.
    pub addresses: Vec<String>,
    /// The name our receiving server writes into its Authentication-Results.
    pub authserv: Option<String>,
    /// Where to listen for LMTP, `127.0.0.1:8424`; without it nobody does.
    pub lmtp: Option<SocketAddr>,
    /// The largest mail that is fetched whole, in megabytes; 35 at most.
    pub largest_mb: Option<usize>,
    /// Mails of one domain in an hour that are read at once.
    pub domain_per_hour: Option<u32>,
    /// Form mailers, in whose mails Reply-To is who wrote.
    pub form_mailers: Vec<String>,
    /// Those of the addresses to which staff pass on what customers wrote to them.
    pub forward_in: Vec<String>,
    /// Mailing lists, in whose mails X-Original-From is who wrote: addresses, or `@` and a domain.
    pub lists: Vec<String>,
    /// IMAP folders to read.
    pub mailboxes: Vec<Mailbox>,
}

/// An IMAP folder to read.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mailbox {
    /// What we call it: small letters, digits and dashes.
    pub name: String,
    /// `imaps://user:password@host`, or `imap://…?tls=required`; `%40` stands for an at sign.
    pub server: String,
    /// Which folder of it.
    #[serde(default = "inbox")]
    pub folder: String,
    /// The address whose mail is there, where the server does not note it.
    pub address: Option<String>,
    /// A certificate to trust besides the known ones, as PEM.
    pub ca: Option<PathBuf>,
}

fn inbox() -> String {
    "INBOX".to_owned()
}

impl Mail {
    /// The same as the desk takes it.
    ///
    /// # Errors
    /// A sentence for the operator, without a password.
    pub fn settings(&self) -> Result<MailInSettings, String> {
        for address in &self.addresses {
            let fits = identity::Email::checked(address).is_ok_and(|_| !address.contains('+'));
            if !fits {
                return Err(format!("addresses: {address} must look like help@example.org"));
            }
        }
        if self.addresses.is_empty() && (self.lmtp.is_some() || !self.mailboxes.is_empty()) {
            return Err("addresses: say which addresses people write to".to_owned());
        }
        if let Some(other) = self.forward_in.iter().find(|one| !self.addresses.contains(one)) {
            return Err(format!("forward_in: {other} must be one of the addresses"));
        }
        if !self.forward_in.is_empty() && self.forward_in.first() == self.addresses.first() {
            return Err("forward_in: answers come back to the first address, take another".into());
        }
        let mailboxes = self.mailboxes.iter().map(Mailbox::folder).collect::<Result<_, _>>()?;
        let usual = MailInSettings::default();
        let largest =
            self.largest_mb.map_or(usual.largest, |size| size.saturating_mul(1024 * 1024));
        if largest == 0 || largest > usual.largest {
            return Err("largest_mb: give a number from 1 to 35".to_owned());
        }
        Ok(MailInSettings {
            addresses: self.addresses.clone(),
            authserv: self.authserv.clone(),
            mailboxes,
            lmtp: self.lmtp,
            largest,
            domain_hour: self.domain_per_hour.unwrap_or(usual.domain_hour),
            form_mailers: self.form_mailers.clone(),
            forward_in: self.forward_in.clone(),
            lists: self.lists.clone(),
        })
    }
}

impl Mailbox {
    fn folder(&self) -> Result<Folder, String> {
        let named = |why: &str| format!("mailboxes: {}: {why}", self.name);
        let fits =
            |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        if self.name.is_empty() || self.name.len() > 40 || !self.name.chars().all(fits) {
            return Err(named("a name has small letters, digits and dashes, 40 at most"));
        }
        let looks = "the server must look like imaps://user:password@host";
        let url = Url::parse(&self.server).map_err(|_| named(looks))?;
        let tls = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value);
        let (encryption, port) = match (url.scheme(), tls.as_deref()) {
            ("imaps", None) => (Encryption::Whole, 993),
            ("imap", Some("required")) => (Encryption::Upgraded, 143),
            ("imap", None | Some("none")) => (Encryption::Never, 143),
            _ => return Err(named(looks)),
        };
        let (Some(host), Some(password)) = (url.host_str(), url.password()) else {
            return Err(named(looks));
        };
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let ip = host.parse::<std::net::IpAddr>();
        let here = ip.map_or(host == "localhost", |ip| ip.is_loopback());
        if encryption == Encryption::Never && !here {
            let why = "the password would travel unencrypted: use imaps://, or add ?tls=required";
            return Err(named(why));
        }
        Ok(Folder {
            name: self.name.clone(),
            host,
            port: url.port().unwrap_or(port),
            encryption,
            user: decoded(url.username()),
            password: Secret::from_text(decoded(password)),
            folder: self.folder.clone(),
            ca: self.ca.clone(),
            address: self.address.clone(),
        })
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(server: &str) -> Result<Folder, String> {
        let mailbox = Mailbox {
            name: "support".to_owned(),
            server: server.to_owned(),
            folder: inbox(),
            address: None,
            ca: None,
        };
        mailbox.folder()
    }

    #[test]
    fn a_mailbox_says_where_it_is_and_what_opens_it() {
        let folder = read("imaps://help%40shop.example:p%2Fss@mail.example.org").unwrap();
        assert_eq!((folder.host.as_str(), folder.port), ("mail.example.org", 993));
        assert_eq!((folder.user.as_str(), folder.password.reveal()), ("help@shop.example", "p/ss"));
        assert_eq!(folder.encryption, Encryption::Whole);
        let folder = read("imap://a:b@mail.example.org:1143?tls=required").unwrap();
        assert_eq!((folder.port, folder.encryption), (1143, Encryption::Upgraded));
        assert_eq!(read("imap://a:b@[::1]").unwrap().host, "::1");
    }

    #[test]
    fn a_mistake_is_explained_without_the_password() {
        for server in ["imap://a:geheim@mail.example.org", "pop://a:geheim@h", "imaps://h", "x"] {
            let why = read(server).unwrap_err();
            assert!(why.starts_with("mailboxes: support:") && !why.contains("geheim"), "{why}");
        }
        let mail = Mail { lmtp: Some(([127, 0, 0, 1], 1).into()), ..Mail::default() };
        assert!(mail.settings().unwrap_err().contains("addresses"));
        let mail = Mail { addresses: vec!["help+a@shop.example".to_owned()], ..Mail::default() };
        assert!(mail.settings().unwrap_err().contains("help+a"));
        let forward_in = vec!["pass@shop.example".to_owned()];
        let mail = Mail { forward_in, ..Mail::default() };
        assert!(mail.settings().unwrap_err().contains("pass@shop.example"));
        let mail = Mail { largest_mb: Some(36), ..Mail::default() };
        assert!(mail.settings().unwrap_err().contains("35"));
    }
}
