//! Nodes of one house: the whole program, listening, on one database.

use std::net::SocketAddr;

use base::{Chance, Clock, Env};
use paydesk::config::{self, Config};
use paydesk::wire::App;
use paydesk::{edge, wire};
use reqwest::Client;
use store::Engine;
use store::scratch::Scratch;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// One node.
pub(crate) struct Node {
    pub(crate) app: App,
    /// `http://127.0.0.1:1234`.
    pub(crate) base: String,
    _stop: watch::Sender<bool>,
}

/// All nodes.
pub(crate) struct Nodes {
    pub(crate) all: Vec<Node>,
    pub(crate) http: Client,
    pub(crate) env: Env,
    _folder: TempDir,
}

const CONFIG: &str = r#"
    key = "0707070707070707070707070707070707070707070707070707070707070707"
    [site]
    name = "Story Shop"
    [[desk.chat.channels]]
    key = "site"
    name = "Story Shop"
    origins = ["https://shop.example"]
    secret = "a secret of the story, long enough to be one"
    [[desk.chat.channels]]
    key = "other"
    name = "Another shop"
    origins = ["https://other.example"]
"#;

impl Nodes {
    /// So many nodes on one empty database. Their clock is one and stands still; their chance is
    /// not the same, or they would make the same ids.
    pub(crate) async fn open(engine: Engine, many: u64) -> Nodes {
        let folder = tempfile::tempdir().unwrap();
        let mut config = config::read("(a story)", CONFIG, |_| None).unwrap();
        config.data = folder.path().to_owned();
        if engine == Engine::Postgres {
            config.database = Scratch::database().await.unwrap();
            config.connections = 10;
        }
        let clock = Clock::fixed("2026-03-09T16:09:00Z".parse().unwrap());
        let mut all = Vec::new();
        for nth in 0..many {
            let env = Env { clock: clock.clone(), chance: Chance::seeded(100 + nth) };
            all.push(Node::open(&config, env).await);
        }
        let http = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let env = Env { clock, chance: Chance::seeded(7) };
        Nodes { all, http, env, _folder: folder }
    }

    /// Any of them.
    pub(crate) fn any(&self, chance: &Chance) -> &Node {
        let nth = chance.below(self.all.len() as u64);
        &self.all[usize::try_from(nth).unwrap()]
    }
}

impl Node {
    async fn open(config: &Config, env: Env) -> Node {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let listening = listener.local_addr().unwrap();
        let app = wire::open(config, listening, env).await.unwrap();
        let (stop, stopping) = watch::channel(false);
        let router = edge::router(&app, config, stopping);
        let router = router.into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Node { app, base: format!("http://{listening}"), _stop: stop }
    }
}
