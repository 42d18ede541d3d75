//! How mail goes out: over a mail server, or not at all.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use base::Timestamp;
use lettre::message::Mailbox;
use tokio::sync::Semaphore;

use super::Outgoing;
use super::message::{Enclosed, message};
use super::server::{NotTaken, Server};

/// How long a check and a whole mail may take.
const CHECK: Duration = Duration::from_secs(30);
const ONE_MAIL: Duration = Duration::from_secs(90);
/// Connections to the server at once.
const CONNECTIONS: usize = 4;

/// How mail goes out.
#[derive(Clone, Debug)]
pub enum Post {
    /// Over a mail server.
    Smtp(Smtp),
    /// Nowhere: mail is kept and shown.
    Kept,
}

/// A mail server and whose name mail goes out in. Clones share the limit on its connections.
#[derive(Clone)]
pub struct Smtp {
    server: Arc<Server>,
    seats: Arc<Semaphore>,
    from: Mailbox,
    one_mail: Duration,
}

impl fmt::Debug for Smtp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Smtp(as {})", self.from)
    }
}

/// What became of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The server took it.
    Taken,
    /// Not now, or nobody knows: the same mail is tried again.
    Later(String),
    /// Not ever: the server knows no such reader.
    NoReader(String),
    /// Not ever, through no fault of the reader.
    Never(String),
    /// There is no server.
    Kept,
}

impl Post {
    /// Mail over the server at this address, in this name.
    ///
    /// `smtp://user:password@host:587?tls=required` upgrades the connection, `smtps://…` begins
    /// encrypted. A password goes over an encrypted connection only, unless the server is on this
    /// very machine. No connection is made yet.
    ///
    /// # Errors
    /// A sentence for the operator, without the password.
    pub fn smtp(address: &str, from: &str) -> Result<Post, String> {
        let from: Mailbox = from
            .parse()
            .map_err(|error| format!("from must look like Shop <shop@example.org>: {error}"))?;
        let server = Arc::new(Server::read(address)?);
        let seats = Arc::new(Semaphore::new(CONNECTIONS));
        Ok(Post::Smtp(Smtp { server, seats, from, one_mail: ONE_MAIL }))
    }

    /// Whether the server answers, lets us in and listens. Sends no mail.
    ///
    /// # Errors
    /// A sentence for the operator.
    pub async fn check(&self) -> Result<(), String> {
        let Post::Smtp(smtp) = self else { return Ok(()) };
        let asked = async {
            let mut connection = smtp.server.connect().await?;
            let listens = connection.test_connected().await;
            connection.abort().await;
            Ok::<bool, lettre::transport::smtp::Error>(listens)
        };
        match tokio::time::timeout(CHECK, asked).await {
            Ok(Ok(true)) => Ok(()),
            Ok(Ok(false)) => Err("the mail server hung up".to_owned()),
            Ok(Err(error)) => Err(format!("the mail server says no: {error}")),
            Err(_) => Err("the mail server does not answer".to_owned()),
        }
    }

    /// Hands one mail to the server.
    pub(super) async fn deliver(
        &self,
        mail: &Outgoing,
        reply_to: Option<&Mailbox>,
        enclosed: Vec<Enclosed>,
        now: Timestamp,
    ) -> Outcome {
        let Post::Smtp(smtp) = self else { return Outcome::Kept };
        let message = match message(mail, &smtp.from, reply_to, enclosed, now) {
            Ok(message) => message,
            Err(why) => return Outcome::Never(format!("cannot be written: {why}")),
        };
        let handed_over = async {
            let _seat = smtp.seats.acquire().await;
            smtp.server.hand_over(&message).await
        };
        match tokio::time::timeout(smtp.one_mail, handed_over).await {
            Ok(Ok(())) => Outcome::Taken,
            Ok(Err(NotTaken::Reader(error))) => Outcome::NoReader(error.to_string()),
            Ok(Err(NotTaken::Otherwise(error))) => Outcome::Later(error.to_string()),
            Err(_) => Outcome::Later("the mail server took too long".to_owned()),
        }
    }
}

#[cfg(test)]
impl Smtp {
    /// The same, but less patient.
    pub(super) fn one_mail_within(self, one_mail: Duration) -> Smtp {
        Smtp { one_mail, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_mail_goes_out_in_is_an_address() {
        let server = "smtp://mail.example.org";
        Post::smtp(server, "Shop <shop@example.org>").unwrap();
        for from in ["shop", "", "shop@example.org\r\nBcc: eve@example.org"] {
            let why = Post::smtp(server, from).unwrap_err();
            assert!(why.contains("from must look like"), "{why}");
        }
    }

    #[tokio::test]
    async fn without_a_server_there_is_nothing_to_check() {
        Post::Kept.check().await.unwrap();
    }
}
