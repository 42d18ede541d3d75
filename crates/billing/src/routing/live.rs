//! What choices are made with: the accounts, how their houses do, and the rules. The live set is
//! read by version in each choice, and made ready once.

use std::sync::{Arc, Mutex, PoisonError};

use base::{Env, Fault};
use store::Reads;

use super::compile::Compiled;
use super::health::Health;
use super::rows;
use super::rule::RouteSet;
use super::shipped::shipped;
use crate::Accounts;

/// What choices are made with. Clones share what they remember.
#[derive(Clone)]
pub struct Routes {
    /// The processor accounts.
    pub accounts: Accounts,
    /// Time and chance.
    pub env: Env,
    /// How the accounts' houses answer just now.
    pub health: Health,
    shipped: Arc<Compiled>,
    ready: Arc<Mutex<Option<Arc<Compiled>>>>,
}

impl Routes {
    /// With these accounts, knowing nothing of their houses yet.
    #[must_use]
    pub fn new(accounts: Accounts, env: Env) -> Routes {
        let shipped = Arc::new(Compiled::of(0, shipped(&accounts)));
        let health = Health::new(env.clock.clone());
        Routes { accounts, env, health, shipped, ready: Arc::default() }
    }

    fn ready(&self, version: i64) -> Option<Arc<Compiled>> {
        let ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        ready.clone().filter(|one| one.version == version)
    }

    fn keep(&self, compiled: &Arc<Compiled>) {
        let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        *ready = Some(Arc::clone(compiled));
    }
}

/// The rules that decide now.
///
/// # Errors
/// A fault if the database fails.
pub async fn live(reads: &mut impl Reads, routes: &Routes) -> Result<Arc<Compiled>, Fault> {
    let number = rows::live_version(reads).await?;
    version(reads, routes, number)
        .await?
        .ok_or_else(|| Fault::new(format!("find the live routes, version {number}")))
}

/// The rules of a version, if there is one.
///
/// # Errors
/// A fault if the database fails.
pub async fn version(
    reads: &mut impl Reads,
    routes: &Routes,
    version: i64,
) -> Result<Option<Arc<Compiled>>, Fault> {
    if version == 0 {
        return Ok(Some(Arc::clone(&routes.shipped)));
    }
    if let Some(ready) = routes.ready(version) {
        return Ok(Some(ready));
    }
    let Some(set): Option<RouteSet> = rows::body(reads, version).await? else { return Ok(None) };
    let compiled = Arc::new(Compiled::of(version, set));
    routes.keep(&compiled);
    Ok(Some(compiled))
}
