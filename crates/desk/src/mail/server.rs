//! A mail server: where it is, and how one mail is handed to it.
//!
//! Every mail gets a connection of its own, because a connection on which somebody stopped waiting
//! may still answer the mail before, and that answer must not be taken for the next one's.

use std::borrow::Cow;
use std::time::Duration;

use lettre::Message;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use percent_encoding::percent_decode_str;
use url::{Host, Url};

/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(20);
/// How long we wait for a server to say goodbye once it took a mail.
const GOODBYE: Duration = Duration::from_secs(2);

/// A mail server.
pub(super) struct Server {
    host: String,
    port: u16,
    encryption: Encryption,
    credentials: Option<Credentials>,
}

/// How a connection is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encryption {
    /// Not at all.
    Never,
    /// After a plain beginning; without it nothing goes on.
    Upgraded,
    /// From the first byte.
    Whole,
}

/// Why a mail was not taken, or not surely.
pub(super) enum NotTaken {
    /// The server does not know the reader.
    Reader(Error),
    /// Anything else: ours or the server's to mend, or a line that was cut.
    Otherwise(Error),
}

impl From<Error> for NotTaken {
    fn from(error: Error) -> NotTaken {
        NotTaken::Otherwise(error)
    }
}

impl Server {
    /// Reads an address such as `smtp://user:password@host:587?tls=required` or `smtps://host`.
    ///
    /// # Errors
    /// A sentence for the operator, without the password.
    pub(super) fn read(address: &str) -> Result<Server, String> {
        let url = Url::parse(address).map_err(|error| {
            format!("the server's address must look like smtp://host:587?tls=required: {error}")
        })?;
        let tls: Vec<_> = url.query_pairs().collect();
        let tls: Vec<_> = tls.iter().map(|(name, value)| (&**name, &**value)).collect();
        let (encryption, port) = match (url.scheme(), tls.as_slice()) {
            ("smtps", []) => (Encryption::Whole, 465),
            ("smtp", [("tls", "required")]) => (Encryption::Upgraded, 587),
            ("smtp", [] | [("tls", "none")]) => (Encryption::Never, 25),
            _ => {
                let ways = "smtps://host, smtp://host?tls=required or smtp://host?tls=none";
                return Err(format!("the server's address must be one of {ways}"));
            }
        };
        let (host, here) = match url.host() {
            Some(Host::Ipv4(four)) => (four.to_string(), four.is_loopback()),
            Some(Host::Ipv6(six)) => (six.to_string(), six.is_loopback()),
            Some(Host::Domain(name)) => named(name)?,
            None => return Err("the server's address names no host".to_owned()),
        };
        if url.password().is_some() && encryption == Encryption::Never && !here {
            let why = "the password would travel unencrypted: add ?tls=required, or use smtps://";
            return Err(why.to_owned());
        }
        let credentials = url
            .password()
            .map(|password| Credentials::new(decoded(url.username()), decoded(password)));
        Ok(Server { host, port: url.port().unwrap_or(port), encryption, credentials })
    }

    /// Connects, and is let in.
    pub(super) async fn connect(&self) -> Result<AsyncSmtpConnection, Error> {
        let hello = ClientId::default();
        let tls = || TlsParameters::new(self.host.clone());
        let whole = (self.encryption == Encryption::Whole).then(tls).transpose()?;
        let server = (self.host.as_str(), self.port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(server, Some(CONNECT), &hello, whole, None).await?;
        if self.encryption == Encryption::Upgraded {
            connection.starttls(tls()?, &hello).await?;
        }
        if let Some(credentials) = &self.credentials {
            let ways = [Mechanism::Plain, Mechanism::Login];
            connection.auth(&ways, credentials).await?;
        }
        Ok(connection)
    }

    /// Hands a mail over.
    pub(super) async fn hand_over(&self, message: &Message) -> Result<(), NotTaken> {
        let mut connection = self.connect().await?;
        let envelope = message.envelope();
        connection.command(Mail::new(envelope.from().cloned(), Vec::new())).await?;
        for reader in envelope.to() {
            let answer = connection.command(Rcpt::new(reader.clone(), Vec::new())).await;
            answer.map_err(judged)?;
        }
        connection.command(Data).await?;
        connection.message(&message.formatted()).await?;
        // It is taken. What the server says to our goodbye changes nothing.
        let _ = tokio::time::timeout(GOODBYE, connection.quit()).await;
        Ok(())
    }
}

/// A host by name; this scheme's addresses keep `127.0.0.1` as a name too.
fn named(name: &str) -> Result<(String, bool), String> {
    if name.is_empty() {
        return Err("the server's address names no host".to_owned());
    }
    let loopback = name.parse::<std::net::Ipv4Addr>().is_ok_and(|four| four.is_loopback());
    Ok((name.to_owned(), loopback || name.eq_ignore_ascii_case("localhost")))
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), Cow::into_owned)
}

/// What a server says to the reader's address: some words mean that there is no such reader.
fn judged(error: Error) -> NotTaken {
    match error.status().map(|code| code.to_string()).as_deref() {
        Some("550" | "551" | "553" | "556") => NotTaken::Reader(error),
        _ => NotTaken::Otherwise(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(address: &str) -> String {
        Server::read(address).err().unwrap()
    }

    #[test]
    fn an_address_says_where_and_how() {
        let read = |address: &str| {
            let server = Server::read(address).unwrap();
            (server.host, server.port, server.encryption)
        };
        let host = || "mail.example.org".to_owned();
        assert_eq!(
            read("smtp://mail.example.org?tls=required"),
            (host(), 587, Encryption::Upgraded)
        );
        assert_eq!(read("smtps://u:p%40@mail.example.org"), (host(), 465, Encryption::Whole));
        assert_eq!(read("smtp://mail.example.org"), (host(), 25, Encryption::Never));
        assert_eq!(read("smtp://[::1]:1025"), ("::1".to_owned(), 1025, Encryption::Never));
        Server::read("smtp://u:p@127.0.0.1:1025").unwrap();
        Server::read("smtp://u:p@localhost:1025?tls=none").unwrap();
    }

    #[test]
    fn a_mistake_is_explained_without_the_password() {
        for open in ["", "?tls=none"] {
            let why = refused(&format!("smtp://user:geheim@mail.example.org{open}"));
            assert!(why.contains("unencrypted") && !why.contains("geheim"), "{why}");
        }
        for address in
            ["http://mail.example.org", "smtp://host?tls=opportunistic", "smtps://host?tls=none"]
        {
            assert!(refused(address).contains("must be one of"), "{address}");
        }
        assert!(refused("mail.example.org").contains("must look like smtp://"));
        assert!(refused("smtp:///x").contains("names no host"));
    }
}
