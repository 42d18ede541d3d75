//! Writing to the desk, on both databases.

use base::id::{CaseId, CustomerId, FileId};
use base::{Language, Secret, Stop, Timestamp};
use identity::Email;
use identity::staff::Role;
use store::{Page, Reads as _};

use super::*;
use crate::WordRule;
use crate::cases::{
    self, Author, Case, CaseState, Change, EventKind, NewMessage, Origin, RefKind, Team, Third,
};
use crate::mail::{self, Outgoing};
use crate::people;
use crate::scene::{ENGINES, Scene};

fn form() -> Form {
    Form {
        mail: "Ana@Example.org".into(),
        user: "ana42".into(),
        subject: "Tokens are missing after my payment".into(),
        side: "mine".into(),
        topic: "tokens".into(),
        order: "2026-000042".into(),
        description: "I paid with 4242 4242 4242 4242 and got nothing.".into(),
        ..Form::default()
    }
}

fn code<T: std::fmt::Debug>(answer: Result<T, Stop>) -> &'static str {
    answer.unwrap_err().refusal().unwrap().code
}

impl Scene {
    async fn sends(&self, paper: &str, form: &Form, whose: Option<CustomerId>) -> Sent {
        self.tries(paper, form, whose, Trap::Empty).await.unwrap()
    }

    async fn tries(
        &self,
        paper: &str,
        form: &Form,
        whose: Option<CustomerId>,
        trap: Trap,
    ) -> Result<Sent, Stop> {
        let known = if whose.is_some() { Known::SignedIn } else { Known::Stranger };
        let ask = form.read(known, WordRule::Advise).unwrap();
        let writer = match whose {
            Some(customer) => Writer::Customer(customer),
            None => Writer::Stranger(ask.mail.clone().unwrap()),
        };
        let files: [FileId; 0] = [];
        submit(&self.desk, paper, &ask, (&writer, trap), Language::Da, &files).await
    }

    async fn letters(&self) -> Vec<Outgoing> {
        let mut reader = self.store.read().await.unwrap();
        mail::list(&mut reader, Page::first(50)).await.unwrap()
    }

    /// The link in the newest letter.
    async fn mailed(&self) -> Secret {
        let letter = self.letters().await.remove(0);
        let (_, rest) = letter.text.split_once("/case/").unwrap();
        Secret::from_text(rest.split_whitespace().next().unwrap())
    }

    async fn opens(&self, link: &Secret) -> Result<links::Opened, Stop> {
        let mut reader = self.store.read().await.unwrap();
        links::open(&mut reader, link, self.env.now()).await
    }

    async fn answers(&self, case: CaseId) {
        let staff = self.staff(Role::Agent).await;
        let by = Author::Staff(staff.id);
        let new = NewMessage::answer(by, Origin::Staff, Language::Da, "Here they are.");
        let env = &self.env;
        store::write!(self.store, |tx| cases::add(tx, env, case, new.clone()).await).unwrap();
    }

    async fn stands(&self, case: CaseId) -> Standing {
        let mut reader = self.store.read().await.unwrap();
        let case = cases::find(&mut reader, case).await.unwrap().unwrap();
        let last = escalation_of(&mut reader, case.id).await.unwrap();
        Standing::of(&case, last.as_ref(), self.env.now())
    }

    async fn goes_up(&self, case: &Case) -> Result<Escalation, Stop> {
        let env = &self.env;
        let (id, person) = (case.id, case.requester);
        store::write!(self.store, |tx| escalate(tx, env, id, person, "Nobody answers.").await)
    }
}

#[tokio::test]
async fn a_form_becomes_a_case_and_its_mail_tells_nothing_of_the_text() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let sent = scene.sends("paper-1", &form(), None).await;
        assert_eq!(sent.case.subject, "Tokens are missing after my payment");
        assert_eq!((sent.case.origin, sent.case.state), (Origin::Form, CaseState::New));
        assert_eq!(
            (sent.case.language, sent.case.topic.as_deref()),
            (Language::Da, Some("tokens"))
        );
        assert!(sent.due.is_some_and(|due| due > scene.env.now()), "{:?}", sent.due);
        let mut reader = scene.store.read().await.unwrap();
        let said = cases::shown(&mut reader, sent.case.id, 0, 10).await.unwrap();
        let [first] = &said[..] else { panic!("one message") };
        assert!(first.text.ends_with("Brugernavn: ana42\nOrdre: 2026-000042"), "{}", first.text);
        assert!(!first.text.contains("4242 4242 4242"), "{}", first.text);
        assert_eq!(first.verdict.as_deref(), Some(UNPROVED));
        drop(reader);
        let letters = scene.letters().await;
        let [letter] = &letters[..] else { panic!("one letter, not {}", letters.len()) };
        assert_eq!((letter.to.as_str(), letter.language), ("ana@example.org", Language::Da));
        for told in ["paid", "Tokens", "ana42", "000042"] {
            let whole = format!("{} {} {}", letter.subject, letter.text, letter.html);
            assert!(!whole.contains(told), "{told}: {whole}");
        }
        assert!(letter.text.contains(sent.case.reference.as_str()), "{}", letter.text);
    }
}

#[tokio::test]
async fn a_sheet_that_is_sent_twice_makes_one_case_and_one_mail() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let first = scene.sends("paper-1", &form(), None).await;
        let again = scene.sends("paper-1", &form(), None).await;
        assert_eq!(first.case.id, again.case.id);
        assert_eq!(scene.letters().await.len(), 1);
        for link in [&first.link, &again.link] {
            assert_eq!(scene.opens(link).await.unwrap().case, first.case.id);
        }
        let other = scene.sends("paper-2", &form(), None).await;
        assert_ne!(first.case.id, other.case.id);
    }
}

#[tokio::test]
async fn only_the_mailed_link_proves_the_address_and_only_when_something_is_done() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let sent = scene.sends("paper-1", &form(), None).await;
        let verified = async || {
            let mut reader = scene.store.read().await.unwrap();
            let all = people::addresses_of(&mut reader, sent.case.requester).await.unwrap();
            all[0].verified_at.is_some()
        };
        let env = &scene.env;
        let shown = scene.opens(&sent.link).await.unwrap();
        assert_eq!(shown.mailed_to, None);
        store::write!(scene.store, |tx| confirm(tx, env, &shown).await).unwrap();
        assert!(!verified().await, "a link from a page proves nothing");
        let mailed = scene.opens(&scene.mailed().await).await.unwrap();
        assert!(!verified().await, "looking proves nothing");
        store::write!(scene.store, |tx| confirm(tx, env, &mailed).await).unwrap();
        assert!(verified().await);
    }
}

#[tokio::test]
async fn links_are_kept_as_hashes_and_end_after_ninety_days() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let sent = scene.sends("paper-1", &form(), None).await;
        let mut reader = scene.store.read().await.unwrap();
        let rows = reader.fetch_all("SELECT hash FROM case_keys", ()).await.unwrap();
        assert_eq!(rows.len(), 2);
        for row in &rows {
            assert_ne!(row.text("hash").unwrap(), sent.link.reveal());
        }
        drop(reader);
        assert_eq!(code(scene.opens(&Secret::from_text("guess")).await), "case_link_not_valid");
        scene.pass(90 * 24 * 60 - 1);
        scene.opens(&sent.link).await.unwrap();
        scene.pass(1);
        assert_eq!(code(scene.opens(&sent.link).await), "case_link_not_valid");
    }
}

/// Two who named one address on a form are one person to the desk, and may not be.
#[tokio::test]
async fn a_link_that_proves_no_address_ends_when_its_case_becomes_part_of_another() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let anas = scene.sends("paper-1", &form(), None).await;
        let mailed = scene.mailed().await;
        let mallorys = scene.sends("paper-2", &form(), None).await;
        scene.opens(&mallorys.link).await.unwrap();
        let (env, from, into) = (&scene.env, anas.case.id, mallorys.case.id);
        let merged: Result<_, Stop> = store::write!(scene.store, |tx| {
            cases::merge(tx, env, from, into, cases::Author::System).await
        });
        merged.unwrap();
        for shown in [&anas.link, &mallorys.link] {
            assert_eq!(code(scene.opens(shown).await), "case_link_not_valid");
        }
        scene.opens(&mailed).await.unwrap();
    }
}

#[tokio::test]
async fn what_springs_the_trap_is_a_case_out_of_sight_and_no_mail() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let sent = scene.tries("paper-1", &form(), None, Trap::Sprung).await.unwrap();
        assert!(sent.case.spam_at.is_some());
        assert!(scene.letters().await.is_empty());
    }
}

#[tokio::test]
async fn nobody_floods_a_mail_box_or_the_desk() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        for nth in 0..5 {
            scene.sends(&format!("paper-{nth}"), &form(), None).await;
        }
        let often = scene.tries("paper-5", &form(), None, Trap::Empty).await;
        assert_eq!(code(often), "contact_too_often");
        assert_eq!(scene.letters().await.len(), 5);
        let other = Form { mail: "ben@example.org".into(), ..form() };
        scene.sends("paper-6", &other, None).await;
        scene.pass(61);
        scene.sends("paper-7", &form(), None).await;

        let from = |device: &str| From { address: "192.0.2.1".into(), device: device.into() };
        for _ in 0..30 {
            admit(&scene.desk, &from("one")).await.unwrap();
        }
        assert_eq!(code(admit(&scene.desk, &from("one")).await), "contact_too_often");
        for _ in 0..29 {
            admit(&scene.desk, &from("two")).await.unwrap();
        }
        assert_eq!(code(admit(&scene.desk, &from("three")).await), "contact_too_often");
        let case = scene.sends("paper-8", &other, None).await.case.id;
        for _ in 0..30 {
            admit_more(&scene.desk, &from("one"), case).await.unwrap();
        }
        let more = admit_more(&scene.desk, &from("one"), case).await;
        assert_eq!(code(more), "contact_too_often", "to one case");
        let mut reader = scene.store.read().await.unwrap();
        let rows = reader.fetch_all("SELECT subject FROM limit_counts", ()).await.unwrap();
        assert!(rows.iter().all(|row| !row.text("subject").unwrap().contains("192")), "hashed");
    }
}

#[tokio::test]
async fn a_signed_in_customer_names_a_payment_of_their_own_and_no_other() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let (ana, ben) =
            (scene.customer("ana@example.org").await.id, scene.customer("b@example.org").await.id);
        let payment = scene.payment(ana).await;
        let asked = Form { payment: payment.to_string(), ..form() };
        let own = scene.sends("paper-1", &asked, Some(ana)).await.case;
        let found = scene.cases_of(RefKind::Payment, &payment.to_string()).await;
        assert_eq!(found.iter().map(|case| case.id).collect::<Vec<_>>(), [own.id]);
        scene.sends("paper-2", &asked, Some(ben)).await;
        scene.sends("paper-3", &asked, None).await;
        let found = scene.cases_of(RefKind::Payment, &payment.to_string()).await;
        assert_eq!(found.len(), 1, "a payment of somebody else is no fact");

        let mut reader = scene.store.read().await.unwrap();
        let list = async |reader: &mut _, wanted| {
            let page = Page::first(20);
            let all = own_cases(reader, ana, wanted, &page).await.unwrap();
            all.iter().map(|case| case.id).collect::<Vec<_>>()
        };
        let all = list(&mut reader, Wanted::All).await;
        assert!(all.contains(&own.id) && all.is_sorted_by(|one, other| one > other), "{all:?}");
        assert_eq!(list(&mut reader, Wanted::Done).await, []);
        assert!(own_case(&mut reader, ana, own.id).await.unwrap().is_some());
        assert!(own_case(&mut reader, ben, own.id).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn adding_twice_from_one_sheet_adds_once_and_a_closed_case_goes_on_in_another() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let case = scene.sends("paper-1", &form(), None).await.case;
        let env = &scene.env;
        let says = async |form: &str, text: &str| {
            let said = Said {
                form: form.into(),
                text: text.into(),
                files: Vec::new(),
                language: Language::En,
                proved: UNPROVED,
            };
            let whose = (case.requester, None);
            store::write!(scene.store, |tx| say(tx, env, case.id, whose, &said).await)
        };
        let first = says("sheet-1", "One more thing.").await.unwrap();
        assert!(says("sheet-1", "One more thing.").await.unwrap().earlier);
        assert_eq!(first.case.id, case.id);
        assert_eq!(code(says("sheet-2", " \u{0} ").await), "message_empty");
        assert_eq!(code(says("sheet-2", &"x".repeat(10_001)).await), "text_too_long");
        let person = case.requester;
        let gone = store::write!(scene.store, |tx| withdraw(tx, env, case.id, person).await);
        let gone = gone.unwrap();
        assert_eq!(
            (gone.state, &gone.tags[..]),
            (CaseState::Closed, &["withdrawn".to_owned()][..])
        );
        let later = says("sheet-3", "After all …").await.unwrap();
        assert_ne!(later.case.id, case.id);
        assert!(later.case.state.is_open());
    }
}

#[tokio::test]
async fn a_broken_promise_goes_up_once_for_each_level() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let case = scene.sends("paper-1", &form(), None).await.case;
        let due = case.due_at.unwrap();
        let standing = scene.stands(case.id).await;
        assert_eq!((standing.stage, standing.next), (Stage::Received, Next::By(due)));
        assert_eq!(standing.rise, Rise::NotBefore(due));
        assert_eq!(code(scene.goes_up(&case).await), "escalation_not_possible");
        scene.pass(21 * 24 * 60);
        assert_eq!(scene.stands(case.id).await.next, Next::Late(due));
        let up = scene.goes_up(&case).await.unwrap();
        assert_eq!(up.level, 1);
        let standing = scene.stands(case.id).await;
        assert_eq!(
            (standing.next, standing.rise),
            (Next::Lead(up.decide_by), Rise::NotBefore(up.decide_by))
        );
        assert_eq!(code(scene.goes_up(&case).await), "escalation_not_possible");
        scene.pass(21 * 24 * 60);
        let up = scene.goes_up(&case).await.unwrap();
        assert_eq!(up.level, 2);
        let now = scene.case(&case).await;
        assert_eq!((now.level, now.team), (2, Team::Complaints));
        assert_eq!(scene.stands(case.id).await.next, Next::Complaints(up.decide_by));
        scene.pass(21 * 24 * 60);
        assert_eq!(scene.stands(case.id).await.rise, Rise::NoMore);
        scene.answers(case.id).await;
        let standing = scene.stands(case.id).await;
        assert_eq!((standing.stage, standing.rise), (Stage::Yours, Rise::Nothing));
    }
}

#[tokio::test]
async fn what_staff_brought_up_before_goes_up_for_its_customer_too_and_finances_stays_finances() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let case = scene.sends("paper-1", &form(), None).await.case;
        for change in [Change::Escalate, Change::Escalate, Change::Team(Team::Finance)] {
            store::write!(scene.store, |tx| {
                let by = cases::Author::System;
                cases::change(tx, &scene.env, case.id, None, by, change.clone()).await
            })
            .unwrap();
        }
        for level in [1, 2] {
            scene.pass(21 * 24 * 60);
            assert_eq!(scene.goes_up(&case).await.unwrap().level, level);
        }
        let now = scene.case(&case).await;
        assert_eq!((now.level, now.team), (2, Team::Finance));
    }
}

#[tokio::test]
async fn help_is_rated_when_it_is_done_and_the_newest_word_counts() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let case = scene.sends("paper-1", &form(), None).await.case;
        let (env, id, person) = (&scene.env, case.id, case.requester);
        let rates = async |score: i64, said: &str| {
            store::write!(scene.store, |tx| rate(tx, env, id, person, (score, said)).await)
        };
        assert_eq!(code(rates(5, "").await), "case_not_done");
        store::write!(scene.store, |tx| close(tx, env, id, person).await).unwrap();
        assert_eq!(scene.stands(id).await.stage, Stage::Solved);
        assert_eq!(code(rates(6, "").await), "score_not_valid");
        rates(2, "Card 4242 4242 4242 4242 was refused.").await.unwrap();
        let last = rates(4, " ").await.unwrap();
        let mut reader = scene.store.read().await.unwrap();
        assert_eq!(rating_of(&mut reader, id).await.unwrap(), Some(last));
        let told = cases::events(&mut reader, id, 0, 100).await.unwrap();
        let rated: Vec<_> = told.iter().filter(|event| event.kind == EventKind::Rated).collect();
        assert_eq!(rated.len(), 2);
        assert_eq!(rated[0].body, serde_json::json!({ "score": 2 }), "never what was said");
    }
}

#[tokio::test]
async fn whatever_state_a_case_is_in_its_customer_is_told() {
    let scene = Scene::open(ENGINES[0]).await;
    let mut case = scene.sends("paper-1", &form(), None).await.case;
    let now: Timestamp = scene.env.now();
    let told = |case: &Case| Standing::of(case, None, now).stage;
    case.state = CaseState::WaitingThirdParty;
    case.waiting_for = Some(Third::Bank);
    assert_eq!(told(&case), Stage::Third(Third::Bank));
    case.state = CaseState::Snoozed;
    case.snoozed_until = Some(now);
    assert_eq!(told(&case), Stage::Later(Some(now)));
    case.state = CaseState::Open;
    assert_eq!(told(&case), Stage::Received, "open and not answered");
    case.first_answer_at = Some(now);
    assert_eq!(told(&case), Stage::Work);
    case.merged_into = Some(case.id);
    assert_eq!(told(&case), Stage::Joined);
    let by = Author::Person(case.requester);
    let env = &scene.env;
    let closed = Change::State(CaseState::Closed);
    let done = store::write!(scene.store, |tx| {
        cases::change(tx, env, case.id, None, by, closed.clone()).await
    });
    assert_eq!(code(done), "case_state_not_reachable", "nobody closes for good by accident");
}

#[test]
fn an_address_that_can_be_written_to_is_needed() {
    assert!(Email::checked("ana@example.org").is_ok());
    let none = Form { mail: String::new(), ..form() };
    let slips = none.read(Known::Stranger, WordRule::Advise).unwrap_err();
    assert_eq!(slips, [Slip::MailMissing]);
}
