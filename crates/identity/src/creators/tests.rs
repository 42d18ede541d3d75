//! Creators on both databases.

use base::Share;
use store::outbox;

use super::*;
use crate::Change;
use crate::testing::{ENGINES, fresh};

fn form(name: &str) -> NewCreator {
    let name = name.to_owned();
    NewCreator::checked(&Form { external_ref: None, name, share_basis_points: 6_000 }).unwrap()
}

#[tokio::test]
async fn a_creator_has_a_share_that_may_change() {
    for engine in ENGINES {
        let (_scratch, identity) = fresh(engine).await;
        let env = &identity.env;
        let ben = store::write!(identity.store, |tx| register(tx, env, form("Ben")).await).unwrap();
        let eve = store::write!(identity.store, |tx| register(tx, env, form("Eve")).await).unwrap();
        let changes = Changes::checked(Change::Keep, None, Some(7_250)).unwrap();
        let ben = store::write!(identity.store, |tx| change(tx, env, ben.id, changes.clone())
            .await)
        .unwrap();
        assert_eq!(ben.share, Share::basis_points(7_250).unwrap());
        let mut reader = identity.store.read().await.unwrap();
        let nobody = env.id();
        let mut both = find_many(&mut reader, &[eve.id, nobody, ben.id]).await.unwrap();
        both.sort_by_key(|creator| creator.name.clone());
        assert_eq!(both, [ben.clone(), eve]);
        let told = outbox::list(&mut reader, &outbox::Filter::default()).await.unwrap();
        let mut told: Vec<_> =
            told.into_iter().map(|event| (event.subject, event.sequence, event.kind)).collect();
        told.retain(|(subject, ..)| *subject == ben.id.to_string());
        told.sort();
        let kinds: Vec<_> = told.iter().map(|(_, nth, kind)| (*nth, &**kind)).collect();
        assert_eq!(kinds, [(1, "creator.created"), (2, "creator.changed")]);
    }
}

#[test]
fn a_share_is_no_more_than_the_whole() {
    for points in [-1, 10_001, i64::MAX] {
        let refusal = Changes::checked(Change::Keep, None, Some(points)).unwrap_err();
        assert_eq!(refusal.code, "share_not_valid");
        assert_eq!(refusal.param.as_deref(), Some("share_basis_points"));
    }
}
