//! What goes when its time is over, and what stays, by a clock that is set.

use base::SignedDuration;

use super::dump;
use super::house::House;
use crate::cases::{Change, Origin};
use crate::mail_in;
use crate::people::AddressKind;
use crate::retention::{self, Delay, RetentionRule};
use crate::scene::ENGINES;

async fn is_there(house: &House, word: &str) -> bool {
    !dump::found(&house.scene.store, &[word]).await.is_empty()
}

#[tokio::test]
async fn closed_cases_are_emptied_when_their_time_is_over_and_others_stay() {
    for engine in ENGINES {
        let house = House::with(engine, |settings| {
            settings.retention.closed_cases = Some(SignedDuration::from_hours(24 * 100));
            settings.retention.rules = vec![RetentionRule {
                origin: Some(Origin::Chat),
                keep: Some(SignedDuration::from_hours(24 * 10)),
                ..RetentionRule::default()
            }];
        })
        .await;
        let ana = house.person(AddressKind::Mail, "ana@example.org", "Anastasia").await;
        let ben = house.person(AddressKind::Mail, "ben@example.org", "Benedict").await;
        let closed = house.case(&ana, Origin::Form, "basil").await;
        let chat = house.case(&ana, Origin::Chat, "chervil").await;
        let open = house.case(&ben, Origin::Chat, "dill").await;
        let held = house.case(&ben, Origin::Form, "fennel").await;
        let spam = house.case(&ben, Origin::Form, "garlic").await;
        house.changes(held.id, Change::Hold("a court asked".into())).await;
        house.changes(spam.id, Change::Spam).await;
        for case in [closed.id, chat.id, held.id] {
            house.closes(case).await;
        }
        house.days(9);
        house.round().await;
        for word in ["basil", "chervil", "dill", "fennel", "garlic"] {
            assert!(is_there(&house, word).await, "{word}");
        }
        house.days(2);
        house.round().await;
        assert!(!is_there(&house, "chervil").await && is_there(&house, "basil").await);
        house.days(20);
        house.round().await;
        assert!(!is_there(&house, "garlic").await, "spam goes sooner");
        assert!(is_there(&house, "Anastasia").await, "a case of hers has words");
        house.days(70);
        house.two_rounds().await;
        assert!(!is_there(&house, "basil").await && !is_there(&house, "Anastasia").await);
        assert!(!is_there(&house, "ana@example.org").await, "she is nobody's account");
        assert!(is_there(&house, "dill").await, "{} is open", open.reference);
        assert!(is_there(&house, "fennel").await && is_there(&house, "Benedict").await);
        let mut reader = house.scene.store.read().await.unwrap();
        let delayed = retention::delayed(&mut reader, 9).await.unwrap();
        drop(reader);
        let told: Vec<_> = delayed.iter().map(|one| (one.case, one.why)).collect();
        assert_eq!(told, [(held.id, Delay::LegalHold)]);
        house.changes(held.id, Change::Release).await;
        house.round().await;
        assert!(!is_there(&house, "fennel").await);
        let mut reader = house.scene.store.read().await.unwrap();
        assert!(retention::delayed(&mut reader, 9).await.unwrap().is_empty());
        let events = house.counts("SELECT COUNT(*) AS many FROM case_events").await;
        assert!(events >= 10, "what happened stays, without words");
    }
}

#[tokio::test]
async fn a_closed_case_whose_payment_is_disputed_waits() {
    for engine in ENGINES {
        let house = House::open(engine).await;
        let left = house.left_everywhere().await;
        let (payment, case) = house.paid(&left).await;
        house.closes(case.id).await;
        house.scene.needs(payment, Some("a dispute was opened: CASE_OPEN"), 0).await;
        house.days(800);
        house.round().await;
        let mut reader = house.scene.store.read().await.unwrap();
        let delayed = retention::delayed(&mut reader, 9).await.unwrap();
        drop(reader);
        let told: Vec<_> = delayed.iter().map(|one| (one.case, one.why)).collect();
        assert_eq!(told, [(case.id, Delay::Dispute)]);
        assert!(is_there(&house, "cardamom was paid").await);
        house.scene.needs(payment, None, 0).await;
        house.round().await;
        assert!(!is_there(&house, "cardamom was paid").await);
        assert!(is_there(&house, "Hortensia Lind").await, "a customer keeps their name");
    }
}

#[tokio::test]
async fn raw_mails_messengers_calls_and_copies_of_mails_go_sooner_than_the_case() {
    for engine in ENGINES {
        let house = House::open(engine).await;
        let left = house.left_everywhere().await;
        house.closes_solved(left.mailed.id).await;
        let raw = "From: hortensia@example.org\r\nTo: help@house.example\r\nSubject: x\r\n\
                   Auto-Submitted: auto-replied\r\nMessage-ID: <9@example.org>\r\n\r\nrosemary\r\n";
        let quarantined = house.arrives(raw).await;
        house.days(29);
        house.round().await;
        assert!(is_there(&house, "777000111},").await && is_there(&house, "rosemary").await);
        house.days(2);
        house.sweeps().await;
        house.round().await;
        assert!(!is_there(&house, "777000111},").await, "what a messenger brought, as it was");
        let mut reader = house.scene.store.read().await.unwrap();
        let mail = mail_in::find(&mut reader, quarantined).await.unwrap().unwrap();
        drop(reader);
        assert_eq!(mail.state, mail_in::State::Discarded);
        house.days(91);
        house.round().await;
        assert!(!is_there(&house, "Return-Path: <Hortensia").await, "the raw mail");
        assert!(!is_there(&house, "rosemary").await, "what nobody let in");
        assert!(is_there(&house, "Where is my cardamom").await, "the words of the case");
        let mails = "SELECT COUNT(*) AS many FROM mails WHERE emptied_at IS NULL";
        assert!(house.counts(mails).await > 0);
        house.days(365);
        house.round().await;
        assert_eq!(house.counts(mails).await, 0);
    }
}

impl House {
    /// A solved case is closed.
    async fn closes_solved(&self, case: base::id::CaseId) {
        let mut reader = self.scene.store.read().await.unwrap();
        let found = crate::cases::find(&mut reader, case).await.unwrap().unwrap();
        drop(reader);
        if found.state.is_open() {
            self.changes(case, Change::State(crate::cases::CaseState::Solved)).await;
        }
        self.changes(case, Change::State(crate::cases::CaseState::Closed)).await;
    }

    /// The quarantine's own round.
    async fn sweeps(&self) {
        let env = self.env();
        let now = env.now();
        let begun: Result<_, base::Stop> = store::write!(self.scene.store, |tx| {
            let nothing = serde_json::json!({});
            Ok(store::jobs::enqueue(tx, env, mail_in::SWEEP, &nothing, now).await?)
        });
        begun.unwrap();
        self.works().await;
    }
}
