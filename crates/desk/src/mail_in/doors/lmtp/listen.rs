//! Listening for mail servers: so many connections at once, until somebody says to stop.

use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use base::Env;
use store::Store;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use super::talk;
use crate::mail_in::settings::MailIn;

/// Connections at once. The next one waits until one of them ends.
const CONNECTIONS: usize = 32;
/// How long we rest when no connection can be taken (too many open files, for instance).
const REST: Duration = Duration::from_millis(200);

/// A door that is open.
pub struct Listening {
    listener: TcpListener,
    store: Store,
    env: Env,
    mail_in: Arc<MailIn>,
}

impl Listening {
    /// Opens the door.
    ///
    /// # Errors
    /// If the address is taken or none of ours.
    pub async fn open(
        address: SocketAddr,
        store: Store,
        env: Env,
        mail_in: Arc<MailIn>,
    ) -> io::Result<Listening> {
        let listener = TcpListener::bind(address).await?;
        Ok(Listening { listener, store, env, mail_in })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// If the operating system does not say.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Takes mail until `shutdown` is ready. A mail that is under way then is not answered, and
    /// comes again.
    #[expect(clippy::integer_division_remainder_used, reason = "inside of tokio's select")]
    pub async fn run(self, shutdown: impl Future<Output = ()> + Send) {
        let mut shutdown = pin!(shutdown);
        let seats = Arc::new(Semaphore::new(CONNECTIONS));
        let mut talks = tokio::task::JoinSet::new();
        loop {
            while talks.try_join_next().is_some() {}
            let next = async {
                let seat = Arc::clone(&seats).acquire_owned().await;
                (seat, self.listener.accept().await)
            };
            let (seat, accepted) = tokio::select! {
                () = &mut shutdown => break,
                next = next => next,
            };
            let Ok((stream, _)) = accepted else {
                tokio::time::sleep(REST).await;
                continue;
            };
            let (store, env) = (self.store.clone(), self.env.clone());
            let mail_in = Arc::clone(&self.mail_in);
            talks.spawn(async move {
                let _seat = seat;
                if let Err(error) = talk(stream, &store, &env, &mail_in).await {
                    tracing::debug!(%error, "a mail server went away");
                }
            });
        }
        talks.shutdown().await;
    }
}
