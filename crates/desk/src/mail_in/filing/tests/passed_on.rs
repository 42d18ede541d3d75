//! Staff pass a customer's mail on; others try to.

use identity::staff::{self, NewStaff, Role};
use identity::{Email, Name};

use super::office::{ALIGNED, HELP};
use super::{ENGINES, Office, mail};
use crate::DeskSettings;
use crate::cases::{Author, Direction};
use crate::mail_in::filing::Filed;
use crate::mail_in::settings::MailIn;
use crate::people;
use crate::scene::Scene;

const INNER: &str = "From a customer, please look.\r\n\r\n---------- Forwarded message ---------\r\n\
    From: Ana Lund <ana@customers.example>\r\nDate: Mon, 16 Nov 2026\r\n\
    Subject: Where are my tokens?\r\nTo: bo@example.org\r\n\r\nI paid and see none.";
const TO: &str = "To: pass@house.example\r\n";

async fn office(engine: store::Engine) -> Office {
    let pass = "pass@house.example".to_owned();
    let mail_in = MailIn {
        addresses: vec![HELP.to_owned(), pass.clone()],
        authserv: Some("mx.house.example".to_owned()),
        forward_in: vec![pass],
        ..MailIn::default()
    };
    let scene = Scene::with(engine, DeskSettings { mail_in, ..DeskSettings::default() }).await;
    let bo = NewStaff {
        email: Email::checked("bo@example.org").unwrap(),
        name: Name::checked("Bo").unwrap(),
        role: Role::Agent,
    };
    store::write!(scene.store, |tx| staff::add(tx, &scene.env, bo.clone()).await).unwrap();
    Office { scene }
}

#[tokio::test]
async fn the_author_of_a_mail_that_staff_pass_on_becomes_the_requester_unproved() {
    for engine in ENGINES {
        let office = office(engine).await;
        let more = format!("{TO}{ALIGNED}");
        let case = office.case_of(mail("bo@example.org", "Fwd: Where", &more, INNER)).await;
        assert_eq!(case.subject, "Where are my tokens?");
        let ana = office.address("ana@customers.example").await;
        assert_eq!((case.requester, ana.verified_at), (ana.person, None));
        let said = office.said(case.id).await;
        assert_eq!(said[0].text, "I paid and see none.");
        assert_eq!(said[0].verdict.as_deref(), Some("none"));
        assert_eq!(said[0].author, Author::Person(ana.person));
        assert_eq!(said[1].direction, Direction::Note);
        assert_eq!(said[1].text, "Bo passed this mail on. From a customer, please look.");
        assert_eq!(said.len(), 2);
        office.works().await;
        let sent = office.sent().await;
        assert_eq!(sent.len(), 1, "the customer is told, nobody else");
        assert_eq!(sent[0].to, "ana@customers.example");
    }
}

#[tokio::test]
async fn whoever_is_not_proved_to_be_staff_speaks_for_themselves() {
    let office = office(ENGINES[0]).await;
    let aligned = format!("{TO}{ALIGNED}");
    for (from, more) in [
        // Not proved, not staff, and not to that address.
        ("bo@example.org", TO.to_owned()),
        ("eve@example.org", aligned),
        ("bo@example.org", ALIGNED.to_owned()),
    ] {
        let said = format!("{INNER} {}", more.len());
        let filed = office.files(mail(from, "Fwd: Where", &more, &said)).await;
        let Filed::Case(case, _) = filed else { panic!("{filed:?}") };
        let case = office.case(case).await;
        assert_eq!(case.requester, office.address(from).await.person, "{from} {more}");
        assert!(office.said(case.id).await[0].text.contains("Forwarded message"));
    }
    let mut reader = office.scene.store.read().await.unwrap();
    let kind = people::AddressKind::Mail;
    let ana = people::find_address(&mut reader, kind, "ana@customers.example").await.unwrap();
    assert!(ana.is_none(), "nobody is made up");
}
