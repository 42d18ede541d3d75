//! Mail that comes back, and people who are away.

use super::{ENGINES, Office, mail};
use crate::cases::{CaseState, Delivery, Direction};
use crate::mail_in::filing::{Filed, file};
use crate::mail_in::keep::{Arrived, keep};
use crate::mail_in::raw::Reason;
use crate::mail_in::suppressed;

fn bounce(original: &str, action: &str, status: &str) -> String {
    let report = "Return-Path: <>\r\nContent-Type: multipart/report; \
        report-type=delivery-status; boundary=b\r\n";
    let body = format!(
        "--b\r\nContent-Type: text/plain\r\n\r\nYour mail was not delivered.\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n\
         Final-Recipient: rfc822; eve@example.net\r\nAction: {action}\r\nStatus: {status}\r\n\
         Diagnostic-Code: smtp; {status} says no\r\n\r\n\
         --b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <{original}>\r\n\
         From: help@house.example\r\nTo: ana@example.org\r\n\r\nhello\r\n--b--\r\n"
    );
    mail("mailer-daemon@mx.example", "Undelivered", report, &body)
}

#[tokio::test]
async fn a_mail_that_comes_back_for_good_marks_the_address_it_went_to_and_moves_nothing() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let case = office.case_of(mail("ana@example.org", "Tokens", "", "Where?")).await;
        let out = office.answers(&case, "There.").await;
        let before = office.case(case.id).await;
        let filed = office.files(bounce(&out.message_id, "failed", "5.1.1")).await;
        assert_eq!(filed, Filed::Bounce(Some(case.id)));
        let after = office.case(case.id).await;
        assert_eq!((after.state, after.state), (before.state, CaseState::WaitingCustomer));
        assert!(office.address("ana@example.org").await.bounced_at.is_some());
        let said = office.said(case.id).await;
        assert_eq!(said[1].delivery, Delivery::Failed);
        assert_eq!(said[2].direction, Direction::System);
        assert!(said[2].text.contains("5.1.1 says no"), "{}", said[2].text);
        let (store, now) = (&office.scene.store, office.scene.env.now());
        let mut reader = store.read().await.unwrap();
        assert!(suppressed(&mut reader, "ana@example.org", now).await.unwrap().is_some());
        let other = suppressed(&mut reader, "eve@example.net", now).await.unwrap();
        assert!(other.is_none(), "a bounce names whom it likes");
    }
}

#[tokio::test]
async fn a_mail_that_is_late_or_a_full_mailbox_marks_nobody() {
    let office = Office::open(ENGINES[0]).await;
    let case = office.case_of(mail("ana@example.org", "Tokens", "", "Where?")).await;
    let out = office.answers(&case, "There.").await;
    for (action, status) in [("delayed", "4.4.1"), ("failed", "5.2.2")] {
        let filed = office.files(bounce(&out.message_id, action, status)).await;
        assert_eq!(filed, Filed::Bounce(Some(case.id)));
    }
    assert_eq!(office.address("ana@example.org").await.bounced_at, None);
    let unknown = office.files(bounce("x@elsewhere.example", "failed", "5.1.1")).await;
    assert_eq!(unknown, Filed::Quarantined(Reason::BounceUnknown));
}

#[tokio::test]
async fn somebody_who_is_away_joins_without_moving_the_case_and_is_not_answered() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let case = office.case_of(mail("ana@example.org", "Tokens", "", "Where?")).await;
        let out = office.answers(&case, "There.").await;
        let sent = office.sent().await.len();
        let more = format!("Auto-Submitted: auto-replied\r\nIn-Reply-To: <{}>\r\n", out.message_id);
        let away = mail("ana@example.org", "Automatic reply: Re: Tokens", &more, "I am away");
        assert_eq!(office.case_of(away).await.id, case.id);
        let after = office.case(case.id).await;
        assert_eq!(after.state, CaseState::WaitingCustomer);
        assert!(office.said(case.id).await[2].automatic.is_some());
        assert_eq!(office.sent().await.len(), sent);
    }
}

#[tokio::test]
async fn the_envelope_says_that_a_mail_is_a_bounce_whatever_its_headers_say() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let case = office.case_of(mail("ana@example.org", "Tokens", "", "Where?")).await;
        let out = office.answers(&case, "There.").await;
        let text = format!("Sorry.\r\n\r\nMessage-ID: <{}>", out.message_id);
        let more =
            format!("Return-Path: <someone@mx.example>\r\nIn-Reply-To: <{}>\r\n", out.message_id);
        let back = mail("mailer-daemon@mx.example", "Returned mail", &more, &text);
        let env = &office.scene.env;
        let arrived =
            Arrived { envelope_from: Some(""), ..Arrived::whole("lmtp", back.as_bytes()) };
        let kept = store::write!(office.scene.store, |tx| keep(tx, env, &arrived).await).unwrap();
        let filed = file(&office.scene.desk, kept.id()).await.unwrap();
        assert_eq!(filed, Filed::Bounce(Some(case.id)));
        assert_eq!(office.raw(kept.id()).await.envelope_from.as_deref(), Some(""));
    }
}
