//! A connection to a mailbox: encrypted as configured, and let in.

use std::fmt;
use std::io::Cursor;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use async_imap::{Client, Session};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use crate::mail_in::settings::{Encryption, Mailbox};

/// How long connecting, and each single question, may take.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// Bytes both ways, encrypted or not.
pub(super) enum Wire {
    Plain(TcpStream),
    Sealed(Box<tokio_rustls::client::TlsStream<TcpStream>>),
}

impl fmt::Debug for Wire {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Wire")
    }
}

/// A folder that was opened.
pub(super) struct Folder {
    pub(super) session: Session<Wire>,
    /// The number that changes when UIDs begin anew.
    pub(super) validity: i64,
}

/// Opens the folder of a mailbox.
///
/// # Errors
/// A sentence for the operator, without the password.
pub(super) async fn open(mailbox: &Mailbox) -> Result<Folder, String> {
    let (client, server) = (connect(mailbox), &mailbox.host);
    let client = timeout(PATIENCE, client)
        .await
        .map_err(|_| format!("the mailbox's server {server} does not answer"))?
        .map_err(|why| format!("the mailbox's server {server} cannot be reached: {why}"))?;
    let entered = async {
        let (user, password) = (&mailbox.user, mailbox.password.reveal());
        let mut session = client
            .login(user, password)
            .await
            .map_err(|(error, _)| format!("the mailbox does not let us in: {error}"))?;
        let opened = session.select(&mailbox.folder).await;
        let opened = opened.map_err(|error| format!("the folder cannot be opened: {error}"))?;
        let validity = opened.uid_validity.map(i64::from);
        let validity = validity.ok_or("the server does not number its mails for good")?;
        Ok::<_, String>(Folder { session, validity })
    };
    let entered = timeout(PATIENCE, entered).await;
    entered.map_err(|_| format!("the mailbox's server {server} is silent"))?
}

/// Whether the mailbox can be read. Reads no mail.
///
/// # Errors
/// A sentence for the operator, without the password.
pub async fn check(mailbox: &Mailbox) -> Result<(), String> {
    let mut folder = open(mailbox).await?;
    // The answer to our goodbye changes nothing.
    let _ = timeout(PATIENCE, folder.session.logout()).await;
    Ok(())
}

async fn connect(mailbox: &Mailbox) -> Result<Client<Wire>, String> {
    let told = |error: &dyn fmt::Display| error.to_string();
    let stream = TcpStream::connect((mailbox.host.as_str(), mailbox.port))
        .await
        .map_err(|error| told(&error))?;
    if mailbox.encryption == Encryption::Whole {
        let mut client = Client::new(Wire::Sealed(Box::new(sealed(mailbox, stream).await?)));
        client.read_response().await.map_err(|error| told(&error))?.ok_or("it hung up")?;
        return Ok(client);
    }
    let mut client = Client::new(Wire::Plain(stream));
    client.read_response().await.map_err(|error| told(&error))?.ok_or("it hung up")?;
    if mailbox.encryption == Encryption::Never {
        return Ok(client);
    }
    let asked = client.run_command_and_check_ok("STARTTLS", None).await;
    asked.map_err(|error| format!("it does not encrypt: {error}"))?;
    match client.into_inner() {
        Wire::Plain(stream) => {
            Ok(Client::new(Wire::Sealed(Box::new(sealed(mailbox, stream).await?))))
        }
        sealed @ Wire::Sealed(_) => Ok(Client::new(sealed)),
    }
}

async fn sealed(
    mailbox: &Mailbox,
    stream: TcpStream,
) -> Result<tokio_rustls::client::TlsStream<TcpStream>, String> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(file) = &mailbox.ca {
        let named = |why: &dyn fmt::Display| format!("{}: {why}", file.display());
        let pem = tokio::fs::read(file).await.map_err(|error| named(&error))?;
        for certificate in CertificateDer::pem_reader_iter(Cursor::new(pem)) {
            let certificate = certificate.map_err(|error| named(&error))?;
            roots.add(certificate).map_err(|error| named(&error))?;
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(mailbox.host.clone()).map_err(|error| error.to_string())?;
    let connector = TlsConnector::from(Arc::new(config));
    connector.connect(name, stream).await.map_err(|error| error.to_string())
}

impl AsyncRead for Wire {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        match self.get_mut() {
            Wire::Plain(stream) => Pin::new(stream).poll_read(context, into),
            Wire::Sealed(stream) => Pin::new(stream).poll_read(context, into),
        }
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        match self.get_mut() {
            Wire::Plain(stream) => Pin::new(stream).poll_write(context, bytes),
            Wire::Sealed(stream) => Pin::new(stream).poll_write(context, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        match self.get_mut() {
            Wire::Plain(stream) => Pin::new(stream).poll_flush(context),
            Wire::Sealed(stream) => Pin::new(stream).poll_flush(context),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        match self.get_mut() {
            Wire::Plain(stream) => Pin::new(stream).poll_shutdown(context),
            Wire::Sealed(stream) => Pin::new(stream).poll_shutdown(context),
        }
    }
}
