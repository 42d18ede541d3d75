//! Running: listen, serve, work, and stop in order.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context as _, Result};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::config::Config;
use crate::observe;
use crate::wire::{self, App};
use crate::{demo, edge, mail};

/// Which part of the program a process plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Pages, API and jobs.
    Everything,
    /// The same with a sample shop.
    Demo,
    /// Jobs only; health and metrics are still served.
    WorkOnly,
}

/// How long requests that have begun may take once we are asked to stop.
const GRACE: Duration = Duration::from_secs(20);

/// Serves until the operating system asks to stop.
///
/// # Errors
/// A sentence for the operator if the program cannot start.
pub async fn run(config: Config, part: Part) -> Result<()> {
    observe::logs::begin(&config.observe);
    observe::metrics::begin();
    let (stop, stopping) = watch::channel(false);
    let running = Box::pin(begin(config, part, stopping)).await?;
    running.announce();
    asked_to_stop().await?;
    tracing::info!("stopping: no new work is begun");
    stop.send_replace(true);
    Box::pin(running.end()).await
}

/// A program that is serving.
pub struct Running {
    /// Where it listens.
    pub listening: SocketAddr,
    /// Where mail servers knock, if they may.
    pub lmtp: Option<SocketAddr>,
    /// The rooms, for tests.
    pub app: App,
    server: tokio::task::JoinHandle<Result<()>>,
    work: Vec<tokio::task::JoinHandle<()>>,
    greeting: Option<demo::Greeting>,
}

/// Starts everything; returns once it listens.
///
/// # Errors
/// A sentence for the operator.
pub async fn begin(config: Config, part: Part, stopping: watch::Receiver<bool>) -> Result<Running> {
    let listener = TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("listen on {}: is another program there?", config.listen))?;
    let listening = listener.local_addr()?;
    let mut app = wire::open(&config, listening, base::Env::system()).await?;
    if part != Part::WorkOnly && config.desk.help.starter == desk::StarterArticles::Load {
        let loaded = desk::help::shipped::load(&app.billing.store, &app.billing.env).await?;
        tracing::debug!(?loaded, "the articles that ship are in the help centre");
    }
    let greeting = match part {
        Part::Demo => Some(demo::prepare(&mut app, &config, listening).await?),
        Part::Everything | Part::WorkOnly => None,
    };
    let router = match part {
        Part::WorkOnly => edge::bare(&app, &config, stopping.clone()),
        Part::Everything | Part::Demo => edge::router(&app, &config, stopping.clone()),
    };
    let doors = mail::open(&app, &stopping).await?;
    let lmtp = doors.lmtp;
    let mut work = app.work(&stopping);
    work.extend(doors.tasks);
    let server = tokio::spawn(serve(listener, router, stopping));
    Ok(Running { listening, lmtp, app, server, work, greeting })
}

async fn serve(
    listener: TcpListener,
    router: axum::Router,
    stopping: watch::Receiver<bool>,
) -> Result<()> {
    let router = router.into_make_service_with_connect_info::<SocketAddr>();
    let until = wire::stopped(&stopping);
    axum::serve(listener, router).with_graceful_shutdown(until).await.context("serve")
}

impl Running {
    fn announce(&self) {
        match &self.greeting {
            Some(greeting) => println!("{greeting}"),
            None => println!("Paydesk listens on http://{}", self.listening),
        }
    }

    /// Waits for what has begun, keeps the books and closes the database.
    ///
    /// # Errors
    /// If the books could not be closed; nothing is lost, the next start takes longer.
    pub async fn end(self) -> Result<()> {
        if tokio::time::timeout(GRACE, self.server).await.is_err() {
            tracing::warn!("some requests did not end in time");
        }
        for task in self.work {
            if tokio::time::timeout(GRACE, task).await.is_err() {
                tracing::warn!(
                    "some jobs did not end in time; their leases will end by themselves"
                );
            }
        }
        self.app.close().await
    }
}

async fn asked_to_stop() -> Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}
