//! What an operator sets of the mail that comes in.

use std::net::SocketAddr;
use std::path::PathBuf;

/// Mail in, as configured. Without addresses of our own no mail is taken in.
#[derive(Clone, Debug)]
pub struct MailIn {
    /// Where people write to; an answer's address is one of these with a plus part.
    pub addresses: Vec<String>,
    /// The name our own receiving server signs its Authentication-Results with.
    pub authserv: Option<String>,
    /// IMAP folders to read.
    pub mailboxes: Vec<Mailbox>,
    /// Where to listen for LMTP.
    pub lmtp: Option<SocketAddr>,
    /// The largest mail that is fetched whole, in bytes.
    pub largest: usize,
    /// Mails of one domain in an hour that are read at once; more wait for a person.
    pub domain_hour: u32,
    /// Form mailers, in whose mails Reply-To is who wrote.
    pub form_mailers: Vec<String>,
    /// Those of our addresses to which staff pass on what customers wrote to them.
    pub forward_in: Vec<String>,
    /// Mailing lists, in whose mails X-Original-From is who wrote: addresses, or `@` and a domain.
    pub lists: Vec<String>,
}

/// An IMAP folder that is read.
#[derive(Clone, Debug)]
pub struct Mailbox {
    /// What we call it.
    pub name: String,
    /// The server's name.
    pub host: String,
    /// The server's port.
    pub port: u16,
    /// How the connection is encrypted.
    pub encryption: Encryption,
    /// Whose mailbox.
    pub user: String,
    /// What opens it.
    pub password: base::Secret,
    /// Which folder of it.
    pub folder: String,
    /// A certificate to trust besides the known ones, as PEM.
    pub ca: Option<PathBuf>,
    /// Who put the mail there, where the server writes no Delivered-To.
    pub address: Option<String>,
}

/// How a connection to a mail server is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// Not at all; only to this very machine.
    Never,
    /// After a plain beginning; without it nothing goes on.
    Upgraded,
    /// From the first byte.
    Whole,
}

impl Default for MailIn {
    fn default() -> MailIn {
        MailIn {
            addresses: Vec::new(),
            authserv: None,
            mailboxes: Vec::new(),
            lmtp: None,
            largest: super::LARGEST,
            domain_hour: 500,
            form_mailers: Vec::new(),
            forward_in: Vec::new(),
            lists: Vec::new(),
        }
    }
}

impl MailIn {
    /// Which of our addresses this is, its plus part left out; none if it is not ours.
    #[must_use]
    pub fn own(&self, address: &str) -> Option<&str> {
        let (local, host) = halves(address)?;
        let bare = local.split('+').next().unwrap_or(local);
        self.addresses.iter().map(String::as_str).find(|own| {
            halves(own).is_some_and(|(own_local, own_host)| {
                own_host.eq_ignore_ascii_case(host)
                    && (own_local.eq_ignore_ascii_case(bare)
                        || own_local.eq_ignore_ascii_case(local))
            })
        })
    }

    /// Whether an address is one to which staff pass mail on.
    #[must_use]
    pub fn is_forward_in(&self, address: &str) -> bool {
        let own = self.own(address);
        own.is_some_and(|own| self.forward_in.iter().any(|one| one.eq_ignore_ascii_case(own)))
    }

    /// The address people write to first.
    #[must_use]
    pub fn first(&self) -> Option<&str> {
        self.addresses.first().map(String::as_str)
    }
}

/// An address with a plus part; none if it would be longer than mail allows.
#[must_use]
pub fn with_plus(address: &str, plus: &str) -> Option<String> {
    let (local, host) = halves(address)?;
    let local = format!("{local}+{plus}");
    (local.len() <= 64).then(|| format!("{local}@{host}"))
}

/// The plus part of an address.
#[must_use]
pub fn plus_of(address: &str) -> Option<&str> {
    halves(address)?.0.split_once('+').map(|(_, plus)| plus)
}

/// What stands before and behind the last `@`.
#[must_use]
pub fn halves(address: &str) -> Option<(&str, &str)> {
    let (local, host) = address.trim().rsplit_once('@')?;
    (!local.is_empty() && !host.is_empty()).then_some((local, host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_ours_with_and_without_a_plus_part_in_any_case() {
        let addresses = vec!["Help@Shop.example".to_owned(), "a+b@shop.example".to_owned()];
        let mail = MailIn { addresses, ..MailIn::default() };
        for address in ["help@shop.example", "HELP+abc@SHOP.example", " help@shop.example "] {
            assert_eq!(mail.own(address), Some("Help@Shop.example"), "{address}");
        }
        assert_eq!(mail.own("a+b@shop.example"), Some("a+b@shop.example"));
        for address in ["help@other.example", "helper@shop.example", "help", "@shop.example", ""] {
            assert_eq!(mail.own(address), None, "{address}");
        }
    }

    #[test]
    fn a_plus_part_goes_in_and_comes_out_unless_it_is_too_long() {
        let written = with_plus("help@shop.example", "abc").unwrap();
        assert_eq!((written.as_str(), plus_of(&written)), ("help+abc@shop.example", Some("abc")));
        assert_eq!(plus_of("help@shop.example"), None);
        assert_eq!(with_plus("help@shop.example", &"x".repeat(60)), None);
    }
}
