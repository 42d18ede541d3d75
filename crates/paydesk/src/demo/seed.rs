//! Sample rows: five customers in five languages, four creators, four packs, one member of staff.

use anyhow::Result;
use base::id::CustomerId;
use base::{Currency, Env, Language, Money, Secret, Stop, Tokens};
use billing::catalog::{self, NewPack};
use identity::Name;
use identity::api_keys::{self, Scopes};
use identity::creators::{self, NewCreator};
use identity::customers::{self, NewCustomer};
use identity::staff::{self, NewStaff, Role};
use store::{Page, Tx};

use crate::wire::App;

/// What was found or made.
pub(super) struct Seeded {
    pub(super) customers: Vec<CustomerId>,
    pub(super) staff_link: Secret,
    /// A new key, if the shop was empty.
    pub(super) api_key: Option<Secret>,
}

const CUSTOMERS: [(&str, &str, Language, &str); 5] = [
    ("Ana Lind", "ana@example.test", Language::Da, "DK"),
    ("Ben Fischer", "ben@example.test", Language::De, "DE"),
    ("Chloé Martin", "chloe@example.test", Language::Fr, "FR"),
    ("Dalisay Reyes", "dalisay@example.test", Language::Fil, "PH"),
    ("Ellis Moore", "ellis@example.test", Language::En, "US"),
];

const CREATORS: [(&str, i64); 4] =
    [("Luna Vale", 6000), ("Marlow & Finch", 6500), ("Odette Storm", 6000), ("Kit Rivers", 7000)];

/// Tokens, and prices in USD, EUR, GBP, DKK and PHP minor units.
const PACKS: [(&str, i64, [i64; 5]); 4] = [
    ("tokens-100", 100, [1000, 950, 850, 7000, 55000]),
    ("tokens-250", 250, [2400, 2250, 1990, 16500, 132_000]),
    ("tokens-600", 600, [5500, 5150, 4590, 37900, 302_000]),
    ("tokens-1500", 1500, [12900, 11900, 10900, 89000, 709_000]),
];

const STAFF: &str = "you@example.test";

/// Fills an empty shop; a shop with customers is left as it is.
pub(super) async fn fill(app: &App) -> Result<Seeded> {
    let env = &app.billing.env;
    let store = &app.billing.store;
    let filled = store::write!(store, |tx| {
        let known = customers::list(tx, Page::first(Page::MOST)).await?;
        if known.is_empty() {
            make(tx, env).await
        } else {
            Ok((known.iter().map(|customer| customer.id).collect(), None))
        }
    });
    let (customers, api_key) = filled?;
    let staff_link = store::write!(store, |tx| staff_link(tx, env).await)?;
    Ok(Seeded { customers, staff_link, api_key })
}

async fn make(tx: &mut Tx, env: &Env) -> Result<(Vec<CustomerId>, Option<Secret>), Stop> {
    for (code, tokens, prices) in PACKS {
        let currencies =
            [Currency::USD, Currency::EUR, Currency::GBP, Currency::DKK, Currency::PHP];
        let prices = prices.iter().zip(currencies).map(|(minor, of)| Money::new(*minor, of));
        let tokens = Tokens::new(tokens).unwrap_or_default();
        catalog::add(tx, env, NewPack::checked(code, tokens, prices.collect())?).await?;
    }
    for (name, share) in CREATORS {
        let form =
            creators::Form { external_ref: None, name: name.to_owned(), share_basis_points: share };
        creators::register(tx, env, NewCreator::checked(&form)?).await?;
    }
    let mut ids = Vec::new();
    for (name, email, language, country) in CUSTOMERS {
        let new = NewCustomer::checked(customers::Form {
            external_ref: None,
            email: Some(email.to_owned()),
            name: Some(name.to_owned()),
            language: Some(language.tag().to_owned()),
            country: Some(country.to_owned()),
        })?;
        ids.push(customers::register(tx, env, new).await?.id);
    }
    let (_, key) = api_keys::make(tx, env, Name::checked("demo")?, Scopes::all()).await?;
    Ok((ids, Some(key)))
}

async fn staff_link(tx: &mut Tx, env: &Env) -> Result<Secret, Stop> {
    let form = staff::Form {
        email: STAFF.to_owned(),
        name: "Robin Demo".to_owned(),
        role: Role::Admin.to_string(),
    };
    let new = NewStaff::checked(&form)?;
    match staff::find_by_email(tx, &new.email).await? {
        Some(person) => staff::make_link(tx, env, person.id).await,
        None => Ok(staff::add(tx, env, new).await?.1),
    }
}
