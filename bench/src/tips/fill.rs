//! People: customers who have bought tokens by the same deeds as everybody, and creators.

use std::sync::Arc;

use anyhow::{Context as _, Result, anyhow};
use async_trait::async_trait;
use base::id::{CreatorId, CustomerId, TokenPackId};
use base::{Currency, Language, Money, Stop, Tokens};
use billing::checkouts::{self, NewCheckout};
use billing::payments::{self, Links, PaymentState};
use billing::{Account, AccountStatus, Accounts, Billing, catalog};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use identity::{creators, customers};
use processor::{
    Answer, Capabilities, FindBy, Finding, Found, FoundState, GoTo, Notice, Processor, RawNotice,
    Rejected, StartRequest, Started, SupportContact,
};

use super::house::stopped;

/// How many tokens each customer has: none ever runs out.
pub(super) const EACH: i64 = 1_000_000_000;
const PRICE: i64 = 1_000_000_000;

/// How many buy at once.
const AT_ONCE: usize = 8;

/// Lets customers in, who buy, and creators.
pub(super) async fn let_in(
    billing: &Billing,
    customers: usize,
    creators: usize,
) -> Result<(Vec<CustomerId>, Vec<CreatorId>)> {
    let price = price()?;
    let account = Account {
        key: "bench".to_owned(),
        connector: Arc::new(Willing { price }),
        descriptor: "BENCH".to_owned(),
        currencies: Vec::new(),
        status: AccountStatus::Live,
        path_secret: None,
        terms: billing::routing::Terms::default(),
    };
    let accounts = Accounts::new(vec![account]).map_err(|why| anyhow!("{why}"))?;
    let mut billing = billing.clone();
    billing.accounts = accounts;
    let (env, store) = (&billing.env, &billing.store);
    let tokens = Tokens::new(EACH).context("a number of tokens")?;
    let pack = catalog::NewPack::checked("bench", tokens, vec![price]);
    let pack = pack.map_err(|no| stopped(no.into()))?;
    let pack = store::write!(store, |tx| catalog::add(tx, env, pack.clone()).await);
    let pack = pack.map_err(stopped)?.id;
    let buyers = stream::iter(0..customers).map(|_| buyer(&billing, pack));
    let bought = buyers.buffered(AT_ONCE).try_collect().await.map_err(stopped)?;
    let mut earners = Vec::new();
    for nth in 0..creators {
        earners.push(earner(&billing, nth).await.map_err(stopped)?);
    }
    Ok((bought, earners))
}

fn price() -> Result<Money> {
    let currency = "USD".parse::<Currency>().map_err(|why| anyhow!("{why}"))?;
    Ok(Money::new(PRICE, currency))
}

/// Somebody who has just bought.
async fn buyer(billing: &Billing, pack: TokenPackId) -> Result<CustomerId, Stop> {
    let (env, store) = (&billing.env, &billing.store);
    let customer = store::write!(store, |tx| {
        customers::register(tx, env, customers::NewCustomer::default()).await
    })?;
    let chosen = NewCheckout {
        customer: customer.id,
        pack,
        currency: price().map_err(fault)?.currency,
        language: Language::default(),
        return_url: None,
        account: None,
    };
    let (_, payment, _) = checkouts::open(billing, chosen).await?;
    let back = || "http://127.0.0.1/".to_owned();
    let links = Links { return_url: back(), cancel_url: back() };
    let (attempt, _) = payments::start(billing, payment.id, None, links).await?;
    let payment = payments::resolve(billing, attempt.id).await?;
    if payment.state != PaymentState::Captured {
        return Err(base::Fault::new("let a customer buy tokens").into());
    }
    Ok(customer.id)
}

fn fault(error: anyhow::Error) -> Stop {
    base::Fault::new(error.to_string()).into()
}

/// Somebody who gets six tenths of what is spent.
async fn earner(billing: &Billing, nth: usize) -> Result<CreatorId, Stop> {
    let form = creators::Form {
        external_ref: None,
        name: format!("Creator {nth}"),
        share_basis_points: 6_000,
    };
    let new = creators::NewCreator::checked(&form)?;
    let (env, store) = (&billing.env, &billing.store);
    let made = store::write!(store, |tx| creators::register(tx, env, new.clone()).await)?;
    Ok(made.id)
}

/// A processor that takes every payment at once.
struct Willing {
    price: Money,
}

#[async_trait]
impl Processor for Willing {
    fn name(&self) -> &'static str {
        "willing"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { hosted_page: true, find: true, ..Capabilities::default() }
    }

    fn support(&self) -> SupportContact {
        SupportContact::default()
    }

    async fn start(&self, request: &StartRequest) -> Answer<Started> {
        let go_to = GoTo::Link(request.return_url.clone());
        Answer::Done(Started { go_to, transaction: Some(request.reference.clone()) })
    }

    async fn find(&self, by: &FindBy) -> Answer<Option<Found>> {
        let (FindBy::Reference(reference) | FindBy::Transaction(reference)) = by;
        Answer::Done(Some(Found {
            state: FoundState::Paid,
            transaction: reference.clone(),
            reference: Some(reference.clone()),
            amount: Some(self.price),
            occurred_at: None,
        }))
    }

    fn read_postback(&self, _: &RawNotice) -> Result<Vec<Notice>, Rejected> {
        Err(Rejected::Unreadable("nothing is sent".to_owned()))
    }

    async fn check(&self, _: base::Timestamp) -> Vec<Finding> {
        Vec::new()
    }
}
