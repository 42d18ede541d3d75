//! API keys on both databases.

use std::time::Duration;

use base::{Secret, Stop};
use store::Page;

use super::*;
use crate::testing::{ENGINES, fresh};
use crate::{Identity, Name};

async fn made(identity: &Identity, scopes: &str) -> (ApiKey, Secret) {
    let env = &identity.env;
    let scopes: Scopes = scopes.parse().unwrap();
    let name = Name::checked("The host site").unwrap();
    store::write!(identity.store, |tx| make(tx, env, name.clone(), scopes).await).unwrap()
}

fn code<T>(answer: Result<T, Stop>) -> &'static str {
    answer.map(|_| ()).unwrap_err().refusal().unwrap().code
}

#[tokio::test]
async fn a_key_opens_what_its_scopes_say() {
    for engine in ENGINES {
        let (_scratch, identity) = fresh(engine).await;
        let ring = KeyRing::new(identity.store.clone(), identity.env.clone());
        let (key, secret) = made(&identity, "tips:write").await;
        assert!(secret.reveal().starts_with("pk_"));
        let found = ring.authenticate(secret.reveal()).await.unwrap();
        assert_eq!((found.id, found.last_used_at), (key.id, Some(identity.env.now())));
        found.require(Scope::read(Area::Tips)).unwrap();
        let refusal = found.require(Scope::read(Area::Wallets)).unwrap_err();
        assert_eq!(refusal.code, "scope_missing");
        assert!(refusal.detail.contains("wallets:read"), "{}", refusal.detail);
        let mut reader = identity.store.read().await.unwrap();
        let listed = list(&mut reader, Page::first(10)).await.unwrap();
        assert_eq!(listed, [(*found).clone()]);
    }
}

#[tokio::test]
async fn what_is_no_key_opens_nothing() {
    for engine in ENGINES {
        let (_scratch, identity) = fresh(engine).await;
        let ring = KeyRing::new(identity.store.clone(), identity.env.clone());
        let (_, secret) = made(&identity, "tips:write").await;
        let other = format!("pk_{}", Secret::new(&identity.env.chance).reveal());
        let upper = secret.reveal().to_uppercase();
        let bare = secret.reveal().trim_start_matches("pk_");
        let hash = secret.hashed();
        for bearer in ["", "pk_", bare, &other, &upper, hash.as_str(), "pk_' OR 1=1 --"] {
            assert_eq!(code(ring.authenticate(bearer).await), "api_key_unknown", "{bearer}");
        }
    }
}

#[tokio::test]
async fn a_revoked_key_is_noticed_when_the_memory_is_stale() {
    for engine in ENGINES {
        let (_scratch, identity) = fresh(engine).await;
        let ring = KeyRing::new(identity.store.clone(), identity.env.clone())
            .fresh_for(Duration::from_millis(200));
        let (key, secret) = made(&identity, "tips:write").await;
        ring.authenticate(secret.reveal()).await.unwrap();
        let env = &identity.env;
        for _ in 0..2 {
            let revoked = store::write!(identity.store, |tx| revoke(tx, env, key.id).await);
            assert!(revoked.unwrap().revoked_at.is_some());
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
        assert_eq!(code(ring.authenticate(secret.reveal()).await), "api_key_revoked");
        assert_eq!(code(ring.authenticate(secret.reveal()).await), "api_key_revoked");
        let nobody = env.id();
        let answer = store::write!(identity.store, |tx| revoke(tx, env, nobody).await);
        assert_eq!(code(answer), "api_key_not_found");
    }
}
