//! A shop on a fresh database: two packs, a creator, two customers, one of staff.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use base::id::{CreatorId, CustomerId};
use base::{Currency, Env, Money, Tokens};
use billing::catalog::{self, NewPack};
use billing::{Account, AccountStatus, Accounts, Billing, Site};
use desk::Desk;
use desk::mail::Post;
use identity::staff::{self, NewStaff};
use identity::{Identity, creators, customers, sessions};
use ledger::Ledger;
use processor::{
    Answer, Capabilities, Decline, FindBy, Found, FoundState, GoTo, Notice, Processor, RawNotice,
    Rejected, StartRequest, Started, SupportContact,
};
use store::scratch::Scratch;
use store::{Engine, Vault};

use super::browser::Browser;
use crate::{Demo, Web, WebSettings};

pub(super) const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

/// What the processor says when it is asked to begin, and when it is asked what became of it.
pub(super) struct Paper {
    pub(super) start: Mutex<Start>,
    pub(super) found: Mutex<FoundState>,
}

/// How a payment begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    Link,
    Form,
    Declined,
    Lost,
}

#[async_trait]
impl Processor for Paper {
    fn name(&self) -> &'static str {
        "paper"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            hosted_page: true,
            find: true,
            refund_full: true,
            refund_partial: true,
            ..Capabilities::default()
        }
    }

    fn support(&self) -> SupportContact {
        SupportContact {
            name: "Paper & Sons".to_owned(),
            web: Some("https://paper.example".to_owned()),
            mail: Some("people@paper.example".to_owned()),
            ..SupportContact::default()
        }
    }

    async fn start(&self, request: &StartRequest) -> Answer<Started> {
        let action = format!("https://paper.example/{}", request.reference);
        let go_to = match *self.start.lock().unwrap() {
            Start::Link => GoTo::Link(action),
            Start::Form => {
                let fields = vec![("ref".to_owned(), "<&\">".to_owned())];
                GoTo::Form { action, fields }
            }
            Start::Lost => return Answer::Unknown("the line went dead".to_owned()),
            Start::Declined => {
                return Answer::Declined(Decline {
                    raw: "51".to_owned(),
                    cause: "insufficient_funds".to_owned(),
                    class: processor::DeclineClass::Soft,
                });
            }
        };
        Answer::Done(Started { go_to, transaction: None })
    }

    async fn find(&self, by: &FindBy) -> Answer<Option<Found>> {
        let FindBy::Reference(reference) = by else { return Answer::Done(None) };
        Answer::Done(Some(Found {
            state: *self.found.lock().unwrap(),
            transaction: "tx-1".to_owned(),
            reference: Some(reference.clone()),
            amount: Some(Money::new(950, Currency::EUR)),
            occurred_at: None,
        }))
    }

    fn read_postback(&self, _: &RawNotice) -> Result<Vec<Notice>, Rejected> {
        Err(Rejected::Signature)
    }

    async fn check(&self, _: base::Timestamp) -> Vec<processor::Finding> {
        Vec::new()
    }
}

pub(super) struct World {
    pub(super) web: Web,
    pub(super) paper: Arc<Paper>,
    pub(super) ana: CustomerId,
    pub(super) ben: CustomerId,
    pub(super) luna: CreatorId,
    pub(super) staff_link: String,
    /// Kept as long as the world: the database goes with it.
    _scratch: Scratch,
}

impl World {
    pub(super) async fn new(engine: Engine) -> World {
        let scratch = Scratch::new(engine).await;
        let env = Env::fixed("2026-11-21T12:00:00Z".parse().unwrap(), 5);
        let store = scratch.store.clone();
        let ledger = Ledger::open(&store, env.clock.clone()).await.unwrap();
        let paper = Arc::new(Paper {
            start: Mutex::new(Start::Link),
            found: Mutex::new(FoundState::Waiting),
        });
        let account = Account {
            key: "paper".to_owned(),
            connector: Arc::clone(&paper) as Arc<dyn Processor>,
            descriptor: "PAPER*SHOP".to_owned(),
            currencies: Vec::new(),
            terms: billing::routing::Terms::default(),
            status: AccountStatus::Live,
            path_secret: None,
        };
        let site = Site {
            name: "Lumen & Co".to_owned(),
            base_url: "https://pay.example".parse().unwrap(),
            support_mail: "help@lumen.example".to_owned(),
            legal_name: "Lumen ApS".to_owned(),
        };
        let identity = Identity::new(store.clone(), env.clone(), Vault::new(&[7; 32]));
        let accounts = Accounts::new(vec![account]).unwrap();
        let billing = Billing::new(store.clone(), ledger, env.clone(), accounts, site);
        let desk =
            Desk::new(billing.clone(), identity.clone(), Post::Kept, desk::DeskSettings::default());
        let (ana, ben, luna, staff_link) = fill(&billing).await;
        let mut web = Web::new(billing, identity, desk, WebSettings::default());
        web.show_demo(Demo { customers: vec![ana, ben], staff_link: staff_link.clone() });
        World { web, paper, ana, ben, luna, staff_link, _scratch: scratch }
    }

    /// A browser nobody is signed in with.
    pub(super) fn stranger(&self) -> Browser {
        Browser::new(crate::routes(self.web.clone()))
    }

    /// A browser with a customer signed in.
    pub(super) async fn browser_of(&self, who: CustomerId) -> Browser {
        let env = &self.web.billing.env;
        let (_, secret) = store::write!(self.web.billing.store, |tx| {
            Ok(sessions::begin_for_customer(tx, env, who).await?)
        })
        .unwrap();
        let browser = self.stranger();
        browser.keep("paydesk", secret.reveal());
        browser
    }

    /// A browser with somebody of that role signed in.
    pub(super) async fn shift_of(&self, role: &str) -> Browser {
        let env = &self.web.billing.env;
        let form = staff::Form {
            email: format!("{role}@lumen.example"),
            name: format!("Kim <{role}>"),
            role: role.to_owned(),
        };
        let new = NewStaff::checked(&form).unwrap();
        let (_, secret) =
            store::write!(self.web.billing.store, |tx| staff::add(tx, env, new.clone()).await)
                .unwrap();
        let browser = self.stranger();
        browser.post("/console/link", &[("key", secret.reveal())]).await.is(303);
        browser
    }
}

async fn fill(billing: &Billing) -> (CustomerId, CustomerId, CreatorId, String) {
    let env = &billing.env;
    store::write!(billing.store, |tx| {
        for (code, count, cents) in [("tokens-100", 100, 950), ("tokens-600", 600, 5150)] {
            let prices =
                vec![Money::new(cents, Currency::EUR), Money::new(cents * 7, Currency::DKK)];
            let tokens = Tokens::new(count).unwrap();
            catalog::add(tx, env, NewPack::checked(code, tokens, prices)?).await?;
        }
        let customer = |name: &str, country: &str| customers::Form {
            name: Some(name.to_owned()),
            email: Some("ana@lumen.example".to_owned()),
            country: Some(country.to_owned()),
            ..customers::Form::default()
        };
        let new = customers::NewCustomer::checked(customer("Ana <b>Lind</b>", "DE"))?;
        let ana = customers::register(tx, env, new).await?.id;
        let new = customers::NewCustomer::checked(customer("Ben", "DK"))?;
        let ben = customers::register(tx, env, new).await?.id;
        let form = creators::Form {
            name: "Luna & <i>Vale</i>".to_owned(),
            share_basis_points: 6000,
            ..creators::Form::default()
        };
        let new = creators::NewCreator::checked(&form)?;
        let luna = creators::register(tx, env, new).await?.id;
        let form = staff::Form {
            email: "robin@lumen.example".to_owned(),
            name: "Robin".to_owned(),
            role: "admin".to_owned(),
        };
        let (_, link) = staff::add(tx, env, NewStaff::checked(&form)?).await?;
        Ok((ana, ben, luna, link.reveal().to_owned()))
    })
    .unwrap()
}
