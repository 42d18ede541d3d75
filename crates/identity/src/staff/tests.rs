//! Staff on both databases: joining, signing in, one-time codes, leaving.

use std::net::IpAddr;

use base::{Secret, Stop};
use store::jobs::Work as _;

use super::*;
use crate::sessions::{self, Session};
use crate::sign_in::{with_link, with_password};
use crate::testing::{ENGINES, fresh};
use crate::{Email, Identity};

const PASSWORD: &str = "four words in a row";
const HOME: &str = "192.0.2.7";

async fn joined(identity: &Identity, email: &str, role: Role) -> (Staff, Secret) {
    let form = Form { email: email.into(), name: "Ana".into(), role: role.to_string() };
    let new = NewStaff::checked(&form).unwrap();
    let env = &identity.env;
    store::write!(identity.store, |tx| add(tx, env, new.clone()).await).unwrap()
}

/// Somebody who has chosen a password, and the session they did it in.
async fn settled(identity: &Identity) -> (Staff, Session, Secret) {
    let (staff, link) = joined(identity, "Ana@shop.example", Role::Admin).await;
    let (session, _) = with_link(identity, &link).await.unwrap();
    let secret = set_password(identity, &session, None, PASSWORD).await.unwrap();
    (staff, session, secret)
}

async fn signs_in(
    identity: &Identity,
    password: &str,
    code: Option<&str>,
) -> Result<(Session, Secret), Stop> {
    let from: IpAddr = HOME.parse().unwrap();
    with_password(identity, "ana@shop.example", password, code, from).await
}

fn code<T>(answer: Result<T, Stop>) -> &'static str {
    answer.map(|_| ()).unwrap_err().refusal().unwrap().code
}

async fn reload(identity: &Identity, staff: &Staff) -> Staff {
    let mut reader = identity.store.read().await.unwrap();
    find(&mut reader, staff.id).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_colleague_joins_by_link_and_then_signs_in_by_password() {
    for engine in ENGINES {
        let (_scratch, identity) = fresh(engine).await;
        let (staff, link) = joined(&identity, "Ana@shop.example", Role::Agent).await;
        assert_eq!((staff.email.as_str(), staff.has_password), ("ana@shop.example", false));
        assert_eq!(code(signs_in(&identity, PASSWORD, None).await), "sign_in_failed");
        let (session, first) = with_link(&identity, &link).await.unwrap();
        assert_eq!(code(with_link(&identity, &link).await), "link_not_valid");
        assert_eq!(
            code(set_password(&identity, &session, None, "short").await),
            "password_too_weak"
        );
        let second = set_password(&identity, &session, None, PASSWORD).await.unwrap();
        let arrives = async |secret| sessions::arrive(&identity, secret, None).await.unwrap();
        assert!(arrives(&first).await.is_none(), "the secret was rotated");
        assert!(arrives(&second).await.is_some());
        assert!(reload(&identity, &staff).await.has_password);
        let (session, secret) = signs_in(&identity, PASSWORD, None).await.unwrap();
        assert_eq!(session.who, base::Actor::Staff(staff.id));
        identity.pass(11 * 60);
        assert!(arrives(&secret).await.is_some());
        identity.pass(12 * 60);
        assert!(arrives(&secret).await.is_none(), "twelve hours without a click");
    }
}

#[tokio::test]
async fn the_same_address_joins_once_and_a_link_lasts_a_day() {
    for engine in ENGINES {
        let (_scratch, identity) = fresh(engine).await;
        let (staff, old) = joined(&identity, "ana@shop.example", Role::Admin).await;
        let form =
            Form { email: "ANA@Shop.example".into(), name: "Eve".into(), role: "admin".into() };
        let new = NewStaff::checked(&form).unwrap();
        let env = &identity.env;
        let again = store::write!(identity.store, |tx| add(tx, env, new.clone()).await);
        assert_eq!(code(again), "email_taken");
        let link = store::write!(identity.store, |tx| make_link(tx, env, staff.id).await).unwrap();
        assert_eq!(code(with_link(&identity, &old).await), "link_not_valid");
        identity.pass(24 * 60 + 1);
        assert_eq!(code(with_link(&identity, &link).await), "link_not_valid");
    }
}

#[tokio::test]
async fn a_password_changes_only_for_who_knows_it_and_ends_other_sessions() {
    for engine in ENGINES {
        let (_scratch, identity) = fresh(engine).await;
        settled(&identity).await;
        let (session, _) = signs_in(&identity, PASSWORD, None).await.unwrap();
        let (_, elsewhere) = signs_in(&identity, PASSWORD, None).await.unwrap();
        let new = "another five words here";
        for wrong in [None, Some(""), Some("four words in a line")] {
            let answer = set_password(&identity, &session, wrong, new).await;
            assert_eq!(code(answer), "password_wrong");
        }
        let secret = set_password(&identity, &session, Some(PASSWORD), new).await.unwrap();
        assert!(sessions::arrive(&identity, &secret, None).await.unwrap().is_some());
        assert!(sessions::arrive(&identity, &elsewhere, None).await.unwrap().is_none());
        assert_eq!(code(signs_in(&identity, PASSWORD, None).await), "sign_in_failed");
        signs_in(&identity, new, None).await.unwrap();
    }
}

#[tokio::test]
async fn a_link_replaces_a_forgotten_password_for_an_hour() {
    for engine in ENGINES {
        let (_scratch, identity) = fresh(engine).await;
        let (_, session, _) = settled(&identity).await;
        identity.pass(59);
        set_password(&identity, &session, None, "another five words here").await.unwrap();
        identity.pass(2);
        let late = set_password(&identity, &session, None, PASSWORD).await;
        assert_eq!(code(late), "password_wrong");
    }
}

#[tokio::test]
async fn guessing_gets_slower_for_the_account_and_a_success_forgives_it() {
    for engine in ENGINES {
        let (_scratch, identity) = fresh(engine).await;
        settled(&identity).await;
        for _ in 0..5 {
            assert_eq!(code(signs_in(&identity, "wrong", None).await), "sign_in_failed");
        }
        assert_eq!(code(signs_in(&identity, PASSWORD, None).await), "sign_in_too_often");
        identity.pass(1);
        signs_in(&identity, PASSWORD, None).await.unwrap();
        assert_eq!(code(signs_in(&identity, "wrong", None).await), "sign_in_failed");
        signs_in(&identity, PASSWORD, None).await.unwrap();
    }
}

#[tokio::test]
async fn an_address_nobody_has_is_answered_and_counted_like_one_somebody_has() {
    for engine in ENGINES {
        let (_scratch, identity) = fresh(engine).await;
        let from: IpAddr = HOME.parse().unwrap();
        for email in ["nobody@shop.example", "not an address"] {
            for _ in 0..5 {
                let answer = with_password(&identity, email, "wrong", None, from).await;
                assert_eq!(code(answer), "sign_in_failed");
            }
            let answer = with_password(&identity, email, "wrong", None, from).await;
            assert_eq!(code(answer), "sign_in_too_often");
        }
    }
}

#[tokio::test]
async fn guessing_at_many_accounts_slows_the_network_down() {
    let (_scratch, identity) = fresh(store::Engine::Sqlite).await;
    let from: IpAddr = HOME.parse().unwrap();
    for nth in 0..30 {
        let email = format!("nobody-{nth}@shop.example");
        let answer = with_password(&identity, &email, "wrong", None, from).await;
        assert_eq!(code(answer), "sign_in_failed");
    }
    let answer = with_password(&identity, "fresh@shop.example", "wrong", None, from).await;
    assert_eq!(code(answer), "sign_in_too_often");
    let elsewhere: IpAddr = "198.51.100.1".parse().unwrap();
    let answer = with_password(&identity, "fresh@shop.example", "wrong", None, elsewhere).await;
    assert_eq!(code(answer), "sign_in_failed");
}

#[tokio::test]
async fn guesses_at_the_same_time_are_all_counted() {
    for engine in ENGINES {
        let (_scratch, identity) = fresh(engine).await;
        settled(&identity).await;
        let guesses = (0..20).map(|_| signs_in(&identity, "wrong", None));
        let answers = futures_util::future::join_all(guesses).await;
        let looked_at = answers.into_iter().map(code).filter(|code| *code == "sign_in_failed");
        assert_eq!(looked_at.count(), 5);
    }
}

async fn with_codes(identity: &Identity) -> (Staff, totp_rs::Totp, Vec<String>) {
    let (staff, ..) = settled(identity).await;
    let shown = enroll_totp(identity, staff.id, "The: shop").await.unwrap();
    assert!(shown.address.starts_with("otpauth://totp/"), "{}", shown.address);
    let secret = totp_rs::Secret::try_from_base32(&shown.secret).unwrap();
    let totp = codes::authenticator(secret.as_bytes(), "x", "y").unwrap();
    assert_eq!(code(confirm_totp(identity, staff.id, "000000").await), "code_wrong");
    signs_in(identity, PASSWORD, None).await.expect("nothing changed yet");
    let recovery = confirm_totp(identity, staff.id, &now_code(identity, &totp)).await.unwrap();
    (staff, totp, recovery)
}

fn now_code(identity: &Identity, totp: &totp_rs::Totp) -> String {
    totp.generate(u64::try_from(identity.env.now().as_second()).unwrap()).to_string()
}

#[tokio::test]
async fn a_code_is_asked_for_and_opens_once() {
    for engine in ENGINES {
        let (_scratch, identity) = fresh(engine).await;
        let (staff, totp, _) = with_codes(&identity).await;
        assert!(reload(&identity, &staff).await.has_totp);
        assert_eq!(code(signs_in(&identity, PASSWORD, None).await), "code_needed");
        assert_eq!(code(signs_in(&identity, PASSWORD, Some(" ")).await), "code_needed");
        let used = now_code(&identity, &totp);
        assert_eq!(code(signs_in(&identity, PASSWORD, Some(&used)).await), "code_wrong");
        assert_eq!(code(signs_in(&identity, "wrong", Some(&used)).await), "sign_in_failed");
        identity.pass(1);
        let next = now_code(&identity, &totp);
        let race = (0..3).map(|_| signs_in(&identity, PASSWORD, Some(&next)));
        let answers = futures_util::future::join_all(race).await;
        let entered = answers.iter().filter(|answer| answer.is_ok()).count();
        assert_eq!(entered, 1, "{answers:?}");
    }
}

#[tokio::test]
async fn a_recovery_code_opens_once_and_codes_can_be_given_up() {
    for engine in ENGINES {
        let (_scratch, identity) = fresh(engine).await;
        let (staff, _, recovery) = with_codes(&identity).await;
        assert_eq!(recovery.len(), 10);
        signs_in(&identity, PASSWORD, Some(&recovery[0])).await.unwrap();
        assert_eq!(code(signs_in(&identity, PASSWORD, Some(&recovery[0])).await), "code_wrong");
        let typed = recovery[1].to_uppercase().replace('-', " ");
        signs_in(&identity, PASSWORD, Some(&typed)).await.unwrap();
        assert_eq!(code(remove_totp(&identity, staff.id, "000000").await), "code_wrong");
        remove_totp(&identity, staff.id, &recovery[2]).await.unwrap();
        assert!(!reload(&identity, &staff).await.has_totp);
        signs_in(&identity, PASSWORD, None).await.unwrap();
    }
}

#[tokio::test]
async fn the_secret_of_codes_is_sealed_and_no_other_row_opens_it() {
    use store::Reads as _;

    let (_scratch, identity) = fresh(store::Engine::Sqlite).await;
    let (staff, ..) = settled(&identity).await;
    let shown = enroll_totp(&identity, staff.id, "shop").await.unwrap();
    let mut reader = identity.store.read().await.unwrap();
    let row = reader.fetch_one("SELECT totp_pending FROM staff", ()).await.unwrap();
    let sealed = row.text("totp_pending").unwrap();
    assert!(sealed.starts_with("v1.") && !sealed.contains(&shown.secret), "{sealed}");
    let other = identity.env.id();
    assert!(identity.vault.open(&codes::purpose(other), &sealed).is_err());
    assert_eq!(identity.vault.open(&codes::purpose(staff.id), &sealed).unwrap().len(), 20);
}

#[tokio::test]
async fn who_leaves_is_out_at_once_and_an_admin_remains() {
    for engine in ENGINES {
        let (_scratch, identity) = fresh(engine).await;
        let (ana, _, secret) = settled(&identity).await;
        let env = &identity.env;
        let leave = async |id| store::write!(identity.store, |tx| disable(tx, env, id).await);
        assert_eq!(code(leave(ana.id).await), "last_admin");
        let demoted = Changes { role: Some(Role::Agent), name: None };
        let answer = store::write!(identity.store, |tx| change(tx, ana.id, demoted.clone()).await);
        assert_eq!(code(answer), "last_admin");
        joined(&identity, "eve@shop.example", Role::Admin).await;
        let link = store::write!(identity.store, |tx| make_link(tx, env, ana.id).await).unwrap();
        leave(ana.id).await.unwrap();
        assert!(sessions::arrive(&identity, &secret, None).await.unwrap().is_none());
        assert_eq!(code(signs_in(&identity, PASSWORD, None).await), "sign_in_failed");
        assert_eq!(code(with_link(&identity, &link).await), "link_not_valid");
        store::write!(identity.store, |tx| enable(tx, ana.id).await).unwrap();
        signs_in(&identity, PASSWORD, None).await.unwrap();
        let email = Email::checked("ana@shop.example").unwrap();
        let mut reader = identity.store.read().await.unwrap();
        let found = find_by_email(&mut reader, &email).await.unwrap().unwrap();
        assert_eq!(found.disabled_at, None);
    }
}

#[tokio::test]
async fn the_sweep_forgets_only_what_has_long_ended() {
    use store::Reads as _;

    for engine in ENGINES {
        let (_scratch, identity) = fresh(engine).await;
        settled(&identity).await;
        let _ = signs_in(&identity, "wrong", None).await;
        let sweep = crate::sweep::Sweep::new(identity.clone());
        let job = store::jobs::Job {
            id: identity.env.id(),
            kind: crate::sweep::KIND.to_owned(),
            payload: "{}".to_owned(),
            state: store::jobs::State::Running,
            attempts: 1,
            due_at: identity.env.now(),
            last_error: None,
            created_at: identity.env.now(),
        };
        let left = async || {
            let mut reader = identity.store.read().await.unwrap();
            let sql = "SELECT (SELECT COUNT(*) FROM sessions) + (SELECT COUNT(*) FROM staff_links)
                       + (SELECT COUNT(*) FROM sign_in_tries) AS many";
            reader.fetch_one(sql, ()).await.unwrap().int("many").unwrap()
        };
        let before = left().await;
        sweep.work(&job).await.unwrap();
        assert_eq!((before > 0, left().await), (true, before));
        identity.pass(40 * 24 * 60);
        sweep.work(&job).await.unwrap();
        assert_eq!(left().await, 0);
    }
}
