//! What every page may use: the rooms below, the settings, and the counts of who tries how often.

use std::ops::Deref;
use std::sync::Arc;

use base::id::CustomerId;
use billing::Billing;
use desk::Desk;
use desk::chat::live::Live;
use identity::Identity;
use ipnet::IpNet;
use tokio::sync::watch;

use crate::guard::Limits;

/// The pages, ready to be served by [`crate::routes`].
#[derive(Clone)]
pub struct Web {
    /// The money side.
    pub billing: Billing,
    /// Who people are.
    pub identity: Identity,
    /// Mail.
    pub desk: Desk,
    /// How the pages are served.
    pub settings: WebSettings,
    /// The sample shop's own page, if this is one.
    pub demo: Option<Demo>,
    /// Turns true when the program is asked to stop, so that open streams end by themselves.
    pub stopping: Option<watch::Receiver<bool>>,
}

/// How the pages are served.
#[derive(Clone, Debug, Default)]
pub struct WebSettings {
    /// Real money moves. Otherwise every page says that none does.
    pub livemode: bool,
    /// The site is reached over https, so cookies may insist on it.
    pub secure_cookies: bool,
    /// Proxies whose word on a client's address is believed.
    pub trusted_proxies: Vec<IpNet>,
}

/// What the sample shop offers on `/demo`.
#[derive(Clone, Debug)]
pub struct Demo {
    /// Whom a newcomer can be.
    pub customers: Vec<CustomerId>,
    /// The address that signs the sample member of staff in, once.
    pub staff_link: String,
}

impl Web {
    /// The pages over these rooms.
    #[must_use]
    pub fn new(billing: Billing, identity: Identity, desk: Desk, settings: WebSettings) -> Web {
        Web { billing, identity, desk, settings, demo: None, stopping: None }
    }

    /// Opens the demo's own page.
    pub fn show_demo(&mut self, demo: Demo) {
        self.demo = Some(demo);
    }
}

/// The rooms and the counts, shared by all pages.
#[derive(Clone)]
pub(crate) struct House(Arc<Inside>);

/// What is in the house.
pub(crate) struct Inside {
    web: Web,
    pub(crate) limits: Limits,
    /// What changes at the desk, as this node sees it.
    pub(crate) live: Live,
}

impl House {
    pub(crate) fn of(web: Web) -> House {
        let live = Live::new(web.billing.store.clone(), web.billing.env.clone());
        House(Arc::new(Inside { web, limits: Limits::default(), live }))
    }

    /// Whether the program is asked to stop, for whoever waits long.
    pub(crate) fn stopping(&self) -> Stopping {
        Stopping(self.stopping.clone())
    }
}

/// Tells that the program is asked to stop.
pub(crate) struct Stopping(Option<watch::Receiver<bool>>);

impl Stopping {
    /// Ends when the program is asked to stop.
    pub(crate) async fn come(&mut self) {
        match &mut self.0 {
            Some(stopping) => {
                let _ = stopping.wait_for(|stop| *stop).await;
            }
            None => std::future::pending().await,
        }
    }
}

impl Deref for House {
    type Target = Inside;

    fn deref(&self) -> &Inside {
        &self.0
    }
}

impl Deref for Inside {
    type Target = Web;

    fn deref(&self) -> &Web {
        &self.web
    }
}
