//! What is held back, why, and what staff do with it.

use identity::staff::Role;

use super::{ENGINES, Office, mail};
use crate::cases::Direction;
use crate::mail_in::filing::Filed;
use crate::mail_in::keep::{Arrived, keep};
use crate::mail_in::raw::{Extent, Reason, State};
use crate::mail_in::{block, discard, into_case, release, release_and_allow, senders};

const NOTICE: &str = "Auto-Submitted: auto-generated\r\n";

#[tokio::test]
async fn each_mail_that_a_person_must_see_is_held_back_for_its_reason() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let env = &office.scene.env;
        store::write!(office.scene.store, |tx| {
            senders::set(tx, env, "@spam.example", senders::Rule::Block, "stf").await
        })
        .unwrap();
        let reject = "Authentication-Results: mx.house.example; dmarc=fail \
            policy.dmarc=reject header.from=bank.example\r\n";
        let report = "Return-Path: <>\r\nContent-Type: multipart/report; \
            report-type=delivery-status; boundary=b\r\n";
        let status = "--b\r\nContent-Type: message/delivery-status\r\n\r\n\
            Action: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n";
        for (raw, reason) in [
            (mail("help@house.example", "me", "", "from us"), Reason::OwnAddress),
            (mail("it@bank.example", "pay", reject, "your account"), Reason::Failed),
            (mail("shop@news.example", "news", NOTICE, "buy"), Reason::Automatic),
            (mail("eve@spam.example", "hi", "", "buy this"), Reason::Blocked),
            (mail("mailer-daemon@x.example", "no", report, status), Reason::BounceUnknown),
            (mail("nobody at all", "no sender", "", "hello"), Reason::NoSender),
        ] {
            assert_eq!(office.files(&raw).await, Filed::Quarantined(reason), "{raw}");
        }
        assert_eq!(office.in_state(State::Quarantined).await.len(), 6);
        assert!(office.sent().await.is_empty(), "nobody is answered");
    }
}

#[tokio::test]
async fn staff_let_a_mail_in_and_from_then_on_its_sender() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let lead = office.scene.staff(Role::Lead).await.id;
        let desk = &office.scene.desk;
        let id = office.arrives(mail("it@bank.example", "notice one", NOTICE, "one")).await;
        office.files_jobs().await;
        assert_eq!(office.raw(id).await.reason, Some(Reason::Automatic));
        let Filed::Case(case, _) = release_and_allow(desk, id, lead).await.unwrap() else {
            panic!("it is filed")
        };
        assert_eq!(office.raw(id).await.state, State::Filed);
        assert_eq!(office.raw(id).await.settled_by, Some(lead.to_string()));
        assert!(office.said(case).await[0].automatic.is_some());
        let next = mail("it@bank.example", "notice two", NOTICE, "two");
        assert!(matches!(office.files(next).await, Filed::Case(..)));
        let again = release(desk, id, lead).await.unwrap_err();
        assert_eq!(again.refusal().unwrap().code, "raw_mail_not_held");
        assert!(office.sent().await.is_empty(), "a machine is not acknowledged");
    }
}

#[tokio::test]
async fn staff_join_a_mail_to_a_case_put_one_away_and_block_a_sender() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let lead = office.scene.staff(Role::Lead).await.id;
        let case = office.case_of(mail("ana@example.org", "Tokens", "", "Where?")).await;
        let (desk, env) = (&office.scene.desk, &office.scene.env);
        let held = async |subject: &str| {
            let id = office.arrives(mail("x@news.example", subject, NOTICE, subject)).await;
            office.files_jobs().await;
            id
        };
        let joined = into_case(desk, held("one").await, case.id, lead).await.unwrap();
        assert!(matches!(joined, Filed::Case(into, _) if into == case.id));
        assert_eq!(office.said(case.id).await[1].direction, Direction::In);
        let (away, blocked) = (held("two").await, held("three").await);
        store::write!(office.scene.store, |tx| {
            discard(tx, env, away, lead).await?;
            block(tx, env, blocked, lead).await
        })
        .unwrap();
        assert_eq!(office.raw(away).await.state, State::Discarded);
        let next = mail("x@news.example", "by hand", "", "four");
        assert_eq!(office.files(next).await, Filed::Quarantined(Reason::Blocked));
    }
}

#[tokio::test]
async fn of_a_mail_that_is_too_large_its_sender_is_told_once() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        for nth in 0..2 {
            let raw = mail("ana@example.org", "my film", "", &format!("{nth}"));
            let headers = raw.split_once("\r\n\r\n").unwrap().0.to_owned() + "\r\n\r\n";
            let arrived = Arrived {
                extent: Extent::Headers,
                size: 90_000_000,
                ..Arrived::whole("imap:support", headers.as_bytes())
            };
            let env = &office.scene.env;
            store::write!(office.scene.store, |tx| keep(tx, env, &arrived).await).unwrap();
        }
        office.files_jobs().await;
        let held = office.in_state(State::Quarantined).await;
        assert!(held.iter().all(|raw| raw.reason == Some(Reason::TooLarge)), "{held:?}");
        let [told] = &office.sent().await[..] else { panic!("one mail") };
        assert_eq!((told.kind.as_str(), told.to.as_str()), ("mail_too_large", "ana@example.org"));
    }
}
