//! The handle of the desk, and what it does in the background.

use std::sync::Arc;

use billing::Billing;
use billing::lookup::{Fill, Index, Lookup};
use identity::Identity;
use store::jobs::Work;
use store::outbox::Listener;

use crate::DeskSettings;
use crate::audit::Seal;
use crate::care::Ring;
use crate::cases::{Carrier, Carriers, CloseSolved, Deliver, Wake};
use crate::chat::{ChatCarrier, Tend};
use crate::help::PublishWork;
use crate::incidents::{Banners, Observe};
use crate::mail::{MailCarrier, Post, ReceiptListener, Send};
use crate::mail_in::{FileMail, Sweep};
use crate::retention::{Erase, Keep};
use crate::social::{FetchMedia, Hear, SendSocial, SocialCarrier};
use crate::surveys::Ask;
use crate::watch::{Reconcile, Watcher};

/// Everything a deed of the desk needs. Cheap to clone.
#[derive(Clone)]
pub struct Desk {
    /// The money side.
    pub billing: Billing,
    /// Who is who.
    pub identity: Identity,
    /// How mail goes out.
    pub post: Post,
    /// What the operator has set.
    pub settings: Arc<DeskSettings>,
    /// What takes answers to the addresses of people.
    pub carriers: Carriers,
    /// What pages say of processors that have trouble.
    pub banners: Banners,
}

impl Desk {
    /// Opens the desk.
    #[must_use]
    pub fn new(billing: Billing, identity: Identity, post: Post, settings: DeskSettings) -> Desk {
        let carriers = Carriers::default();
        let banners = Banners::default();
        let settings = Arc::new(settings);
        let desk = Desk { billing, identity, post, settings, carriers, banners };
        let mail = MailCarrier::new(desk.clone());
        let social = SocialCarrier::new(desk.clone());
        desk.with_carrier(Arc::new(mail))
            .with_carrier(Arc::new(ChatCarrier))
            .with_carrier(Arc::new(social))
    }

    /// The desk with one more carrier, which is asked last.
    #[must_use]
    pub fn with_carrier(self, carrier: Arc<dyn Carrier>) -> Desk {
        Desk { carriers: self.carriers.with(carrier), ..self }
    }
}

/// All background work of the desk.
#[must_use]
pub fn works(desk: &Desk) -> Vec<Arc<dyn Work>> {
    let Desk { billing, identity, post, .. } = desk;
    let reply_to = &billing.site.support_mail;
    let lookup = Lookup { billing: billing.clone(), vault: identity.vault.clone() };
    let (store, env) = (billing.store.clone(), billing.env.clone());
    let reopens = desk.settings.reopens_within;
    vec![
        Arc::new(Send::new(store.clone(), env.clone(), post.clone(), reply_to)),
        Arc::new(Fill::new(lookup)),
        Arc::new(Deliver::new(store.clone(), env.clone(), desk.carriers.clone())),
        Arc::new(Wake::new(store.clone(), env.clone())),
        Arc::new(CloseSolved::new(store.clone(), env.clone(), reopens)),
        Arc::new(FileMail::new(desk.clone())),
        Arc::new(Hear::new(desk.clone())),
        Arc::new(SendSocial::new(desk.clone())),
        Arc::new(FetchMedia::new(desk.clone())),
        Arc::new(Tend::new(desk.clone())),
        Arc::new(Sweep::new(store.clone(), env.clone(), desk.settings.retention.quarantine)),
        Arc::new(Keep::new(store.clone(), env.clone(), Arc::clone(&desk.settings))),
        Arc::new(Erase::new(store.clone(), env.clone())),
        Arc::new(PublishWork::new(store.clone(), env.clone())),
        Arc::new(Ring::new(store.clone(), env)),
        Arc::new(Seal::new(store, identity.vault.clone())),
        Arc::new(Reconcile::new(desk.clone())),
        Arc::new(Observe::new(desk.clone())),
        Arc::new(Ask::new(desk.clone())),
    ]
}

/// All who hear the money side's facts for the desk.
#[must_use]
pub fn listeners(desk: &Desk) -> Vec<Arc<dyn Listener>> {
    let Desk { billing, identity, post, .. } = desk;
    let (env, site) = (billing.env.clone(), billing.site.clone());
    vec![
        Arc::new(ReceiptListener::new(env, site, post.clone())),
        Arc::new(Index::new(billing.accounts.clone(), identity.vault.clone())),
        Arc::new(Watcher::new(desk.clone())),
    ]
}
