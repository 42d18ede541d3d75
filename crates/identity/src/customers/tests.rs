//! Customers on both databases.

use base::{Env, Language, Stop};
use store::Page;
use store::outbox;

use super::*;
use crate::testing::{ENGINES, fresh};
use crate::{Change, Identity};

fn form(external_ref: &str) -> NewCustomer {
    NewCustomer::checked(Form {
        external_ref: Some(external_ref.to_owned()),
        email: Some("ana@example.org".to_owned()),
        name: Some("Ana".to_owned()),
        language: Some("da-DK".to_owned()),
        country: Some("dk".to_owned()),
    })
    .unwrap()
}

async fn registered(identity: &Identity, new: NewCustomer) -> Result<Customer, Stop> {
    let env: &Env = &identity.env;
    store::write!(identity.store, |tx| register(tx, env, new.clone()).await)
}

fn code<T: std::fmt::Debug>(answer: Result<T, Stop>) -> &'static str {
    answer.unwrap_err().refusal().unwrap().code
}

#[tokio::test]
async fn a_customer_is_found_again_by_either_name() {
    for engine in ENGINES {
        let (_scratch, identity) = fresh(engine).await;
        let ana = registered(&identity, form("site-1")).await.unwrap();
        assert_eq!(ana.language, Language::Da);
        assert_eq!(ana.country.as_deref(), Some("DK"));
        let mut reader = identity.store.read().await.unwrap();
        assert_eq!(find(&mut reader, ana.id).await.unwrap(), Some(ana.clone()));
        let found = find_by_external_ref(&mut reader, "site-1").await.unwrap();
        assert_eq!(found, Some(ana.clone()));
        assert_eq!(find_by_external_ref(&mut reader, "SITE-1").await.unwrap(), None);
        let told = outbox::list(&mut reader, &outbox::Filter::default()).await.unwrap();
        assert_eq!((told.len(), &*told[0].kind), (1, "customer.created"));
        assert_eq!(told[0].body, ana.snapshot());
    }
}

#[tokio::test]
async fn one_reference_names_one_customer_even_under_a_race() {
    for engine in ENGINES {
        let (_scratch, identity) = fresh(engine).await;
        let race = (0..8).map(|_| registered(&identity, form("site-1")));
        let answers = futures_util::future::join_all(race).await;
        let refused = answers.iter().filter_map(|answer| answer.as_ref().err());
        let codes: Vec<_> = refused.map(|stop| stop.refusal().map(|no| no.code)).collect();
        assert_eq!(codes, [Some("external_ref_taken"); 7]);
        let guests = NewCustomer::default();
        registered(&identity, guests.clone()).await.unwrap();
        registered(&identity, guests).await.unwrap();
    }
}

#[tokio::test]
async fn a_change_keeps_clears_and_sets() {
    for engine in ENGINES {
        let (_scratch, identity) = fresh(engine).await;
        let ana = registered(&identity, form("site-1")).await.unwrap();
        let bob = registered(&identity, form("site-2")).await.unwrap();
        let changes = Changes::checked(
            Change::Keep,
            Change::Clear,
            Change::Set("Ana María".to_owned()),
            Some("fr".to_owned()),
            Change::Keep,
        );
        let changes = changes.unwrap();
        let env = &identity.env;
        let changed = store::write!(identity.store, |tx| change(tx, env, ana.id, changes.clone())
            .await)
        .unwrap();
        assert_eq!(changed.external_ref.as_deref(), Some("site-1"));
        assert_eq!((changed.email, changed.name.as_deref()), (None, Some("Ana María")));
        assert_eq!((changed.language, changed.version), (Language::Fr, 2));
        let taken = Change::Set("site-1".to_owned());
        let taken = Changes::checked(taken, Change::Keep, Change::Keep, None, Change::Keep);
        let taken = taken.unwrap();
        let answer =
            store::write!(identity.store, |tx| change(tx, env, bob.id, taken.clone()).await);
        assert_eq!(code(answer), "external_ref_taken");
        let nobody = env.id();
        let answer =
            store::write!(identity.store, |tx| change(tx, env, nobody, Changes::default()).await);
        assert_eq!(code(answer), "customer_unknown");
    }
}

#[tokio::test]
async fn pages_go_forth_and_back_without_a_gap() {
    for engine in ENGINES {
        let (_scratch, identity) = fresh(engine).await;
        let mut all = Vec::new();
        for nth in 0..7 {
            identity.pass(1);
            all.push(registered(&identity, form(&format!("site-{nth}"))).await.unwrap().id);
        }
        all.reverse();
        let mut reader = identity.store.read().await.unwrap();
        let ids = |rows: Vec<Customer>| rows.iter().map(|row| row.id).collect::<Vec<_>>();
        let first = ids(list(&mut reader, Page::first(3)).await.unwrap());
        assert_eq!(first, all[..3]);
        let after = Page::checked(Some(3), Some(first[2].to_string()), None).unwrap();
        let second = ids(list(&mut reader, after).await.unwrap());
        assert_eq!(second, all[3..6]);
        let before = Page::checked(Some(2), None, Some(second[0].to_string())).unwrap();
        assert_eq!(ids(list(&mut reader, before).await.unwrap()), all[1..3]);
    }
}

#[test]
fn what_makes_no_sense_is_refused_with_its_field() {
    let refused = |form: Form| {
        let refusal = NewCustomer::checked(form).unwrap_err();
        (refusal.code, refusal.param.unwrap().into_owned())
    };
    let empty = Form::default;
    let bad = |text: &str| Some(text.to_owned());
    assert_eq!(
        refused(Form { email: bad("nobody"), ..empty() }),
        ("email_not_valid", "email".into())
    );
    assert_eq!(refused(Form { name: bad("a\nb"), ..empty() }), ("name_not_valid", "name".into()));
    assert_eq!(
        refused(Form { language: bad("xx"), ..empty() }),
        ("language_unknown", "language".into())
    );
    assert_eq!(
        refused(Form { country: bad("XX"), ..empty() }),
        ("country_not_valid", "country".into())
    );
    assert_eq!(
        refused(Form { external_ref: bad("a b"), ..empty() }),
        ("external_ref_not_valid", "external_ref".into())
    );
}
