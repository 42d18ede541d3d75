//! What the tests of this crate start from: a fresh database and a clock that stands still.

use base::{Env, SignedDuration};
use store::scratch::Scratch;
use store::{Engine, Vault};

use crate::Identity;

/// Both databases.
pub(crate) const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

/// A fresh database on an engine, at noon.
pub(crate) async fn fresh(engine: Engine) -> (Scratch, Identity) {
    let scratch = Scratch::new(engine).await;
    let env = Env::fixed("2026-11-21T12:00:00Z".parse().unwrap(), 7);
    let vault = Vault::new(&[7; 32]);
    let identity = Identity::new(scratch.store.clone(), env, vault);
    (scratch, identity)
}

impl Identity {
    /// Lets time pass.
    pub(crate) fn pass(&self, minutes: i64) {
        self.env.clock.advance(SignedDuration::from_mins(minutes));
    }
}
