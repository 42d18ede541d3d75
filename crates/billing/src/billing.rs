//! The handle of the money side: everything a deed needs, cheap to clone.

use base::Env;
use ledger::Ledger;
use store::{Pipeline, Store};

use crate::accounts::Accounts;
use crate::notices::Inbox;
use crate::routing::Routes;
use crate::site::Site;
use crate::tips::Spends;

/// Everything a deed of the money side needs.
#[derive(Clone)]
pub struct Billing {
    /// Where everything is kept.
    pub store: Store,
    /// The books.
    pub ledger: Ledger,
    /// Time and chance.
    pub env: Env,
    /// The processor accounts.
    pub accounts: Accounts,
    /// The house that sells.
    pub site: Site,
    /// What routing chooses with, and what it remembers of the accounts' houses.
    pub routes: Routes,
    pub(crate) spends: Pipeline<Spends>,
    pub(crate) inbox: Inbox,
}

impl Billing {
    /// Opens the money side and starts its spend pipeline. Once a process; clone it.
    #[must_use]
    pub fn new(store: Store, ledger: Ledger, env: Env, accounts: Accounts, site: Site) -> Billing {
        let group = Spends::new(ledger.clone(), env.clone());
        let spends = Pipeline::start(store.clone(), group);
        let routes = Routes::new(accounts.clone(), env.clone());
        Billing { store, ledger, env, accounts, site, routes, spends, inbox: Inbox::open() }
    }
}
