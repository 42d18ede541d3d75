//! A shop with many payments under way, made by the deeds themselves, and how they stand.

use base::id::{AttemptId, CustomerId, PaymentId, TokenPackId};
use base::{Currency, Language};
use billing::checkouts::{self, NewCheckout};
use billing::payments::{self, Links, PaymentState};
use billing::tokens;
use futures_util::{StreamExt as _, stream};
use ledger::books;
use processor::GoTo;
use testkit::World;

use super::houses::House;

/// How many customers share the payments.
const CUSTOMERS: usize = 50;
/// How many payments are opened at once.
const AT_ONCE: usize = 8;

/// A payment whose customer is on the house's page.
pub struct Payment {
    pub house: House,
    pub nth: usize,
    pub id: PaymentId,
    pub attempt: AttemptId,
    pub go_to: GoTo,
}

pub struct Shop {
    pub payments: Vec<Payment>,
    customers: Vec<CustomerId>,
}

/// How everything stands, without the ids that differ from shop to shop.
pub struct Standing {
    /// State, taken, given back, taken back by the bank; in the order in which they were opened.
    pub payments: Vec<(PaymentState, i64, i64, i64)>,
    pub wallets: Vec<i64>,
    /// The sums of the books' accounts.
    pub totals: Vec<(String, [i64; 4])>,
}

impl Shop {
    pub async fn open(world: &World, many: usize) -> Shop {
        let pack: TokenPackId = world.pack(100, 1000).await.parse().unwrap();
        let mut customers: Vec<CustomerId> = Vec::new();
        for nth in 0..CUSTOMERS {
            customers.push(world.customer(&format!("C{nth}"), "en").await.parse().unwrap());
        }
        let opened = stream::iter(0..many).map(|nth| {
            let customer = customers[nth % CUSTOMERS];
            open(world, nth, customer, pack)
        });
        let payments = opened.buffered(AT_ONCE).collect().await;
        Shop { payments, customers }
    }

    pub async fn stands(&self, world: &World) -> Standing {
        let billing = &world.app.billing;
        let mut payments = Vec::with_capacity(self.payments.len());
        let mut reader = billing.store.read().await.unwrap();
        for payment in &self.payments {
            let now = payments::find(&mut reader, payment.id).await.unwrap().unwrap();
            payments.push((now.state, now.captured.minor, now.refunded.minor, now.disputed.minor));
        }
        drop(reader);
        let mut wallets = Vec::new();
        for customer in &self.customers {
            wallets.push(tokens::wallet(billing, *customer).await.unwrap().balance.count());
        }
        Standing { payments, wallets, totals: self.totals(world).await }
    }

    async fn totals(&self, world: &World) -> Vec<(String, [i64; 4])> {
        let usd = Currency::USD;
        let mut named: Vec<(String, u128)> = vec![
            ("tokens handed out".to_owned(), books::token_treasury().id),
            ("lost".to_owned(), books::chargeback_loss(usd).id),
        ];
        for house in House::ALL {
            let key = house.account();
            named.push((format!("owed by {key}"), books::processor_receivable(key, usd).id));
        }
        for (nth, customer) in self.customers.iter().enumerate() {
            let liability = books::token_liability(*customer, usd);
            named.push((format!("owed to customer {nth}"), liability.id));
        }
        let ids: Vec<u128> = named.iter().map(|(_, id)| *id).collect();
        let accounts = world.app.billing.ledger.look_up_accounts(&ids).await.unwrap();
        let sums = |one: Option<ledger::Account>| {
            one.map_or([0; 4], |one| {
                [one.debits_pending, one.debits_posted, one.credits_pending, one.credits_posted]
            })
        };
        named.into_iter().zip(accounts).map(|((name, _), one)| (name, sums(one))).collect()
    }
}

async fn open(world: &World, nth: usize, customer: CustomerId, pack: TokenPackId) -> Payment {
    let billing = &world.app.billing;
    let house = House::ALL[nth % House::ALL.len()];
    let chosen = NewCheckout {
        customer,
        pack,
        currency: Currency::USD,
        language: Language::En,
        return_url: None,
        account: Some(house.account().to_owned()),
    };
    let (_, payment, _) = checkouts::open(billing, chosen).await.unwrap();
    let back = || "https://shop.example/back".to_owned();
    let links = Links { return_url: back(), cancel_url: back() };
    let started = payments::start(billing, payment.id, Some(house.account()), links).await;
    let (attempt, go_to) = started.unwrap();
    Payment { house, nth, id: payment.id, attempt: attempt.id, go_to }
}
