//! The house itself: its book of sales behind one lock, and everything that can be asked of it.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use base::id::SandboxSale;
use base::{Env, Fault, Id, Kind, Refusal, Stop};
use processor::{Http, sign};
use tokio::sync::Notify;
use url::Url;

use super::config::HouseConfig;
use super::decide::{self, Decision, KEY_REUSED};
use super::journal::Journal;
use super::postbacks::Queue;
use super::sale::Sale;
use super::settings::Settings;
use crate::sandbox::wire::{RefundRequest, SaleRequest, SaleView};

/// No sale has this id, reference or secret.
pub const NO_SUCH_SALE: Refusal =
    Refusal::new(Kind::NotFound, "no_such_sale", "there is no such sale");
const REFERENCE_TAKEN: Refusal =
    Refusal::new(Kind::Conflict, "reference_taken", "another sale has this reference");
const BAD_SALE: Refusal = Refusal::new(Kind::Malformed, "bad_sale", "the sale makes no sense");
const FULL: Refusal = Refusal::new(
    Kind::Unavailable,
    "sandbox_full",
    "the sandbox holds as many sales as it can: delete its file and start again",
);

/// How many sales the house holds.
const ROOM: usize = 100_000;

/// The sandbox's house.
pub struct House {
    pub(super) config: HouseConfig,
    pub(super) env: Env,
    pub(super) http: Http,
    pub(super) wake: Notify,
    base: Url,
    book: Mutex<Book>,
}

/// What the house remembers.
pub(super) struct Book {
    sales: BTreeMap<Id<SandboxSale>, Sale>,
    by_key: HashMap<String, Id<SandboxSale>>,
    by_reference: HashMap<String, Id<SandboxSale>>,
    journal: Option<Journal>,
    pub(super) settings: Settings,
    pub(super) queue: Queue,
}

impl House {
    /// Opens the house, with every sale that its file remembers.
    ///
    /// Postbacks that were on their way when it closed are lost: looking the sale up tells the
    /// same.
    ///
    /// # Errors
    /// [`Fault`] if a key of the configuration is wrong or the file cannot be read.
    pub fn open(config: HouseConfig, env: Env, http: Http) -> Result<House, Fault> {
        let base =
            config.address().map_err(|why| Fault::new(format!("open the sandbox: {why}")))?;
        let (journal, sales) = match &config.file {
            Some(path) => Journal::open(path).map(|(journal, sales)| (Some(journal), sales))?,
            None => (None, Vec::new()),
        };
        let mut book = Book {
            sales: BTreeMap::new(),
            by_key: HashMap::new(),
            by_reference: HashMap::new(),
            journal: None,
            settings: Settings::default(),
            queue: Queue::default(),
        };
        for sale in sales {
            book.put(sale)?;
        }
        book.journal = journal;
        Ok(House { config, env, http, wake: Notify::new(), base, book: Mutex::new(book) })
    }

    /// How the house behaves now.
    #[must_use]
    pub fn settings(&self) -> Settings {
        self.book().settings.clone()
    }

    /// Changes how the house behaves.
    pub fn set(&self, settings: Settings) {
        self.book().settings = settings;
    }

    pub(super) fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Opens a sale; the same key with the same request is answered with the first one.
    pub(super) fn sell(&self, key: &str, request: SaleRequest) -> Result<SaleView, Stop> {
        check(&request)?;
        let mut book = self.book();
        if let Some(earlier) = book.by_key.get(key).and_then(|id| book.sales.get(id)) {
            let same = earlier.request == request;
            return if same { Ok(self.view(earlier)) } else { Err(KEY_REUSED.into()) };
        }
        if book.by_reference.contains_key(&request.reference) {
            return Err(REFERENCE_TAKEN.into());
        }
        if book.sales.len() >= ROOM {
            return Err(FULL.into());
        }
        let sale = Sale::open(self.env.id(), key, request, self.env.now());
        let view = self.view(&sale);
        book.put(sale)?;
        Ok(view)
    }

    /// A sale by its id.
    pub(super) fn look(&self, id: &str) -> Result<Sale, Refusal> {
        let id = id.parse().map_err(|_| NO_SUCH_SALE)?;
        let book = self.book();
        let sale = book.sales.get(&id).cloned().ok_or(NO_SUCH_SALE)?;
        Ok(sale.at(self.env.now(), book.settings.open_for()))
    }

    /// A sale by the shop's reference.
    pub(super) fn look_by_reference(&self, reference: &str) -> Result<Sale, Refusal> {
        let id = self.book().by_reference.get(reference).copied().ok_or(NO_SUCH_SALE)?;
        self.look(&id.to_string())
    }

    /// A sale by what the customer's link says. A wrong secret is answered like no sale at all.
    pub(super) fn enter(&self, id: &str, secret: &str) -> Result<Sale, Refusal> {
        let sale = self.look(id)?;
        let ours = self.page_secret(&sale);
        if sign::same(ours.as_bytes(), secret.as_bytes()) { Ok(sale) } else { Err(NO_SUCH_SALE) }
    }

    /// The customer pays.
    pub(super) fn pay(&self, sale: Sale, number: &str) -> Result<Decision, Stop> {
        let now = self.env.now();
        self.step(sale, |sale, settings| Ok(decide::pay(sale, number, settings, now)))
    }

    /// The customer gives up.
    pub(super) fn give_up(&self, sale: Sale) -> Result<Decision, Stop> {
        let now = self.env.now();
        self.step(sale, |sale, _| Ok(decide::give_up(sale, now)))
    }

    /// The shop undoes a payment.
    pub(super) fn void(&self, id: &str) -> Result<Decision, Stop> {
        let now = self.env.now();
        self.step(self.look(id)?, |sale, _| decide::void(sale, now))
    }

    /// The shop gives money back.
    pub(super) fn refund(&self, key: &str, wish: &RefundRequest) -> Result<Decision, Stop> {
        let now = self.env.now();
        let sale = self.look(&wish.sale)?;
        self.step(sale, |sale, settings| decide::refund(sale, key, wish.amount, settings, now))
    }

    /// The sale as the shop sees it, with the customer's page.
    pub(super) fn view(&self, sale: &Sale) -> SaleView {
        sale.view(Some(self.page(sale)))
    }

    /// Decides on the sale as it stands under the lock, writes it down, then schedules.
    fn step(
        &self,
        sale: Sale,
        decide: impl FnOnce(Sale, &Settings) -> Result<Decision, Refusal>,
    ) -> Result<Decision, Stop> {
        let mut book = self.book();
        let current = book.sales.get(&sale.id).cloned().ok_or(NO_SUCH_SALE)?;
        let current = current.at(self.env.now(), book.settings.open_for());
        let decision = decide(current.clone(), &book.settings)?;
        if decision.sale != current {
            book.put(decision.sale.clone())?;
        }
        let copies = book.settings.duplicates;
        for (at, event) in &decision.tell {
            for _ in 0..=copies {
                book.queue.add(*at, &decision.sale.request.postback_url, event)?;
            }
        }
        drop(book);
        self.wake.notify_one();
        Ok(decision)
    }

    fn page(&self, sale: &Sale) -> String {
        let mut url = self.base.clone();
        let (id, secret) = (sale.id.to_string(), self.page_secret(sale));
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(["sandbox", "pay", &id, &secret]);
        }
        url.into()
    }

    /// 128 bits only we can make, so that knowing an id opens nothing.
    fn page_secret(&self, sale: &Sale) -> String {
        let id = sale.id.to_string();
        let parts: [&[u8]; 2] = [b"page of ", id.as_bytes()];
        let digest = sign::hmac_sha256(self.config.signing_secret.as_bytes(), &parts);
        base::id::base32(&digest[..16])
    }
}

impl Book {
    /// Writes a sale down, then remembers it.
    fn put(&mut self, sale: Sale) -> Result<(), Fault> {
        if let Some(journal) = &mut self.journal {
            journal.write(&sale)?;
        }
        self.by_key.insert(sale.key.clone(), sale.id);
        self.by_reference.insert(sale.request.reference.clone(), sale.id);
        self.sales.insert(sale.id, sale);
        Ok(())
    }
}

fn check(request: &SaleRequest) -> Result<(), Refusal> {
    let texts = [
        ("reference", &request.reference, 1..=64),
        ("product", &request.product, 1..=64),
        ("description", &request.description, 0..=255),
    ];
    for (name, text, sizes) in texts {
        if !sizes.contains(&text.chars().count()) {
            let sentence = format!("{name} must have {} to {}", sizes.start(), sizes.end());
            return Err(BAD_SALE.at(name).because(sentence + " characters"));
        }
    }
    let addresses = [
        ("return_url", &request.return_url),
        ("cancel_url", &request.cancel_url),
        ("postback_url", &request.postback_url),
    ];
    for (name, address) in addresses {
        let web = address.parse::<Url>().is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
        if !web || address.len() > 2000 {
            return Err(BAD_SALE.at(name).because(format!("{name} must be an address of the web")));
        }
    }
    if request.amount.is_positive() {
        Ok(())
    } else {
        Err(BAD_SALE.at("amount").because("the amount must be positive"))
    }
}
