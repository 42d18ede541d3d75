//! The processor next door: it goes on while we die.

use std::sync::Arc;

use base::Env;
use processor::Http;
use processors::sandbox::{House, HouseConfig, routes};
use tokio::net::TcpListener;

pub const KEY: &str = "a key of the house next door";
pub const SIGNING: &str = "a signing secret of the house next door";

/// The sandbox's house in a place of its own.
pub struct Neighbour {
    pub base: String,
}

impl Neighbour {
    pub async fn open() -> Neighbour {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let base = format!("http://{}/", listener.local_addr().unwrap());
        let config = HouseConfig {
            base: base.clone(),
            key: KEY.to_owned(),
            signing_secret: SIGNING.to_owned(),
            file: None,
        };
        let house = House::open(config, Env::system(), Http::new().unwrap()).unwrap();
        let house = Arc::new(house);
        let router = routes(Arc::clone(&house));
        tokio::spawn(async move { axum::serve(listener, router).await });
        tokio::spawn(async move { house.run(std::future::pending()).await });
        Neighbour { base }
    }
}
