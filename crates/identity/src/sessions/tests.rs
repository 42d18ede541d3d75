//! Sessions and customers' links on both databases.

use base::{Actor, Secret, SignedDuration, Stop};

use super::*;
use crate::testing::{ENGINES, fresh};
use crate::{Identity, customer_links, customers};

async fn customer(identity: &Identity) -> base::id::CustomerId {
    let env = &identity.env;
    let new = customers::NewCustomer::default();
    store::write!(identity.store, |tx| customers::register(tx, env, new.clone()).await).unwrap().id
}

async fn begun(identity: &Identity) -> (Session, Secret) {
    let customer = customer(identity).await;
    let env = &identity.env;
    store::write!(identity.store, |tx| Ok(begin_for_customer(tx, env, customer).await?)).unwrap()
}

async fn opens(identity: &Identity, secret: &Secret) -> bool {
    arrive(identity, secret, None).await.unwrap().is_some()
}

#[tokio::test]
async fn a_session_lives_while_its_customer_comes_back() {
    for engine in ENGINES {
        let (_scratch, identity) = fresh(engine).await;
        let (session, secret) = begun(&identity).await;
        let day = 24 * 60;
        for _ in 0..3 {
            identity.pass(25 * day);
            let seen = arrive(&identity, &secret, Some("Browser/1\r\n\u{e4}")).await.unwrap();
            let seen = seen.unwrap();
            assert_eq!((seen.id, seen.device.as_deref()), (session.id, Some("Browser/1")));
        }
        identity.pass(16 * day);
        assert!(!opens(&identity, &secret).await, "ninety days are over");
        let (_, idle) = begun(&identity).await;
        identity.pass(31 * day);
        assert!(!opens(&identity, &idle).await, "nobody came for a month");
        assert!(!opens(&identity, &Secret::from_text("")).await);
    }
}

#[tokio::test]
async fn a_session_is_listed_and_ended_by_its_own_person_only() {
    for engine in ENGINES {
        let (_scratch, identity) = fresh(engine).await;
        let ((one, secret), (other, _)) = (begun(&identity).await, begun(&identity).await);
        let now = identity.env.now();
        store::write!(identity.store, |tx| Ok(end(tx, now, other.who, one.id).await?)).unwrap();
        assert!(opens(&identity, &secret).await, "somebody else cannot end it");
        let mut reader = identity.store.read().await.unwrap();
        assert_eq!(list_of(&mut reader, now, one.who).await.unwrap(), std::slice::from_ref(&one));
        drop(reader);
        store::write!(identity.store, |tx| Ok(end(tx, now, one.who, one.id).await?)).unwrap();
        assert!(!opens(&identity, &secret).await);
    }
}

#[tokio::test]
async fn a_new_secret_makes_the_old_one_worthless() {
    for engine in ENGINES {
        let (_scratch, identity) = fresh(engine).await;
        let (session, old) = begun(&identity).await;
        let env = &identity.env;
        let new = store::write!(identity.store, |tx| Ok(rotate(tx, env, session.id).await?));
        assert!(opens(&identity, &new.unwrap()).await);
        assert!(!opens(&identity, &old).await);
    }
}

#[tokio::test]
async fn nobody_has_more_than_fifty_sessions() {
    let (_scratch, identity) = fresh(store::Engine::Sqlite).await;
    let customer = customer(&identity).await;
    let env = &identity.env;
    let mut secrets = Vec::new();
    for _ in 0..52 {
        identity.pass(1);
        let begun =
            store::write!(identity.store, |tx| Ok(begin_for_customer(tx, env, customer).await?));
        secrets.push(begun.unwrap().1);
    }
    let mut reader = identity.store.read().await.unwrap();
    let open = list_of(&mut reader, env.now(), Actor::Customer(customer)).await.unwrap();
    assert_eq!(open.len(), 50);
    drop(reader);
    assert!(!opens(&identity, &secrets[1]).await && opens(&identity, &secrets[2]).await);
}

#[tokio::test]
async fn a_link_opens_once_and_only_in_time() {
    for engine in ENGINES {
        let (_scratch, identity) = fresh(engine).await;
        let customer = customer(&identity).await;
        let env = &identity.env;
        let hour = SignedDuration::from_hours(1);
        let link = async || {
            store::write!(identity.store, |tx| {
                customer_links::make(tx, env, customer, hour).await
            })
            .unwrap()
        };
        let open = async |link: &Secret| -> Result<_, Stop> {
            store::write!(identity.store, |tx| customer_links::open(tx, env, link).await)
        };
        let (one, late) = (link().await, link().await);
        let race = (0..4).map(|_| open(&one));
        let answers = futures_util::future::join_all(race).await;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
        let (session, secret) = answers.into_iter().find_map(Result::ok).unwrap();
        assert_eq!(session.who, Actor::Customer(customer));
        assert!(opens(&identity, &secret).await);
        identity.pass(61);
        for dead in [&one, &late, &Secret::from_text("nothing")] {
            let refusal = open(dead).await.unwrap_err();
            assert_eq!(refusal.refusal().unwrap(), &customer_links::NOT_VALID);
        }
        let nobody = env.id();
        let refused = store::write!(identity.store, |tx| {
            customer_links::make(tx, env, nobody, hour).await
        });
        assert_eq!(refused.unwrap_err().refusal().unwrap().code, "customer_unknown");
    }
}
