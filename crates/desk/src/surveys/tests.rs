//! Who is asked and who is not, once, on both databases; what the mail says; and how it is stopped.

use base::id::CaseId;
use base::{Language, Secret, Stop};
use identity::staff::Role;

use super::letter::{self, Facts};
use super::{Ask, Outcome, comments, look, of_case, report, stop};
use crate::cases::{
    self, Author, CaseState, Change, Eyes, NewCase, NewMessage, Origin, Priority, Side, Team,
};
use crate::mail::{self, Outgoing};
use crate::people::{self, Audience};
use crate::scene::{ENGINES, Scene};
use crate::{DeskSettings, SurveysSettings, contact, mail_in};

const HOUR: i64 = 60;

/// How a case came to be, where that matters.
#[derive(Clone, Copy)]
struct Came {
    origin: Origin,
    automatic: bool,
    answered: bool,
}

const USUAL: Came = Came { origin: Origin::Form, automatic: false, answered: true };

/// A customer's case, answered and solved.
async fn solved(scene: &Scene, who: &str, came: Came) -> CaseId {
    let customer = scene.customer(who).await;
    solved_of(scene, customer.id, came).await
}

async fn solved_of(scene: &Scene, customer: base::id::CustomerId, came: Came) -> CaseId {
    let ben = scene.staff(Role::Agent).await;
    let env = &scene.env;
    let made: Result<CaseId, Stop> = store::write!(scene.store, |tx| {
        let person = people::of_customer(tx, env, customer).await?;
        let address = people::addresses_of(tx, person.id).await?[0].id;
        let text = "Wo sind meine Token?";
        let mut first =
            NewMessage::from_person(person.id, address, came.origin, Language::De, text);
        first.automatic = came.automatic.then(|| "generated".to_owned());
        let new = NewCase {
            subject: "Wo sind meine Token seit Sonntag".to_owned(),
            audience: Audience::Customer,
            side: Side::Mine,
            topic: None,
            team: Team::Support,
            priority: Priority::Normal,
            origin: came.origin,
            language: Language::De,
            requester: person.id,
            tags: Vec::new(),
            refs: Vec::new(),
            first,
        };
        let case = cases::open(tx, env, new).await?;
        let by = Author::Staff(ben.id);
        if came.answered {
            let answer = NewMessage::answer(by, came.origin, Language::De, "Sie sind da.");
            cases::add(tx, env, case.id, answer).await?;
        }
        let to = Change::State(CaseState::Solved);
        Ok(cases::change(tx, env, case.id, None, by, to).await?.id)
    });
    made.unwrap()
}

async fn changes(scene: &Scene, case: CaseId, change: Change) {
    let by = Author::Staff(scene.staff(Role::Agent).await.id);
    let done: Result<_, Stop> = store::write!(scene.store, |tx| {
        cases::change(tx, &scene.env, case, None, by, change.clone()).await
    });
    done.unwrap();
}

async fn asks(scene: &Scene) {
    Ask::new(scene.desk.clone()).all().await.unwrap();
}

async fn outcome(scene: &Scene, case: CaseId) -> Option<Outcome> {
    let mut reader = scene.store.read().await.unwrap();
    of_case(&mut reader, case).await.unwrap().map(|survey| survey.outcome)
}

async fn mails(scene: &Scene) -> Vec<Outgoing> {
    let mut reader = scene.store.read().await.unwrap();
    let all = mail::list(&mut reader, store::Page::first(50)).await.unwrap();
    all.into_iter().filter(|one| one.kind == "survey").collect()
}

#[tokio::test]
async fn a_customer_is_asked_once_a_day_after_and_can_stop_it_with_one_press() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let case = solved(&scene, "mia@example.org", USUAL).await;
        scene.pass(23 * HOUR);
        asks(&scene).await;
        assert_eq!(outcome(&scene, case).await, None, "its hour has not come");
        scene.pass(2 * HOUR);
        asks(&scene).await;
        asks(&scene).await;
        assert_eq!(outcome(&scene, case).await, Some(Outcome::Sent));
        let sent = mails(&scene).await;
        assert_eq!(sent.len(), 1, "never twice");
        assert_eq!((sent[0].to.as_str(), sent[0].language), ("mia@example.org", Language::De));
        let raw = mail::message::bytes(&sent[0], "help@house.example", scene.env.now());
        let raw = String::from_utf8(raw).unwrap().replace("\r\n ", " ");
        assert!(raw.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{raw}");
        assert!(raw.contains("Auto-Submitted: auto-generated"), "{raw}");
        let carriage = sent[0].carriage.clone().unwrap();
        let link = carriage.unsubscribe.unwrap();
        assert!(raw.contains(&format!("List-Unsubscribe: <{link}>")), "{raw}");
        assert!(link.starts_with("https://house.example/de/surveys/stop/"), "{link}");
        assert!(sent[0].text.contains(&link) && sent[0].text.contains("/opinion?said=bad"));

        let word = Secret::from_text(link.rsplit('/').next().unwrap().to_owned());
        let mut reader = scene.store.read().await.unwrap();
        let seen = look(&mut reader, &word).await.unwrap();
        assert_eq!(seen, ("mia@example.org".to_owned(), false), "looking stops nothing");
        assert!(look(&mut reader, &Secret::from_text("no".to_owned())).await.is_err());
        drop(reader);
        for _ in 0..2 {
            let done: Result<(), Stop> =
                store::write!(scene.store, |tx| stop(tx, &scene.env, &word).await);
            done.unwrap();
        }
        let mut reader = scene.store.read().await.unwrap();
        assert!(look(&mut reader, &word).await.unwrap().1);
    }
}

#[tokio::test]
async fn whoever_should_not_be_asked_is_not_and_it_is_put_down_why() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let env = &scene.env;
        let spam = solved(&scene, "spam@example.org", USUAL).await;
        changes(&scene, spam, Change::Spam).await;
        let machine = Came { automatic: true, ..USUAL };
        let machine = solved(&scene, "machine@example.org", machine).await;
        let imported = Came { origin: Origin::Import, ..USUAL };
        let imported = solved(&scene, "old@example.org", imported).await;
        let silent = Came { answered: false, ..USUAL };
        let silent = solved(&scene, "silent@example.org", silent).await;
        let rated = solved(&scene, "rated@example.org", USUAL).await;
        let back = solved(&scene, "back@example.org", USUAL).await;
        let open = solved(&scene, "open@example.org", USUAL).await;
        changes(&scene, open, Change::State(CaseState::Open)).await;
        let done: Result<(), Stop> = store::write!(scene.store, |tx| {
            let case = cases::find(tx, rated).await?.unwrap();
            contact::rate(tx, env, rated, case.requester, (4, "")).await?;
            mail_in::suppress(tx, env, "back@example.org", "bounce", None, None).await
        });
        done.unwrap();
        scene.pass(25 * HOUR);
        asks(&scene).await;
        let table = [
            (spam, Some(Outcome::Spam)),
            (machine, Some(Outcome::Automatic)),
            (imported, Some(Outcome::Automatic)),
            (silent, Some(Outcome::Unanswered)),
            (rated, Some(Outcome::Rated)),
            (back, Some(Outcome::Suppressed)),
            (open, None),
        ];
        for (case, expected) in table {
            assert_eq!(outcome(&scene, case).await, expected);
        }
        assert!(mails(&scene).await.is_empty());
    }
}

#[tokio::test]
async fn a_person_is_asked_once_in_a_month_and_never_after_they_stopped_it() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let mia = scene.customer("mia@example.org").await;
        let first = solved_of(&scene, mia.id, USUAL).await;
        let second = solved_of(&scene, mia.id, USUAL).await;
        scene.pass(25 * HOUR);
        asks(&scene).await;
        assert_eq!(outcome(&scene, first).await, Some(Outcome::Sent));
        assert_eq!(outcome(&scene, second).await, Some(Outcome::AskedLately));
        scene.pass(31 * 24 * HOUR);
        let third = solved_of(&scene, mia.id, USUAL).await;
        let link = mails(&scene).await[0].carriage.clone().unwrap().unsubscribe.unwrap();
        let word = Secret::from_text(link.rsplit('/').next().unwrap().to_owned());
        let done: Result<(), Stop> =
            store::write!(scene.store, |tx| stop(tx, &scene.env, &word).await);
        done.unwrap();
        scene.pass(25 * HOUR);
        asks(&scene).await;
        assert_eq!(outcome(&scene, third).await, Some(Outcome::Stopped));
        assert_eq!(mails(&scene).await.len(), 1);
    }
}

#[tokio::test]
async fn nobody_is_asked_where_surveys_are_off_or_long_after() {
    let off = SurveysSettings { enabled: false, ..SurveysSettings::default() };
    let scene =
        Scene::with(ENGINES[0], DeskSettings { surveys: off, ..DeskSettings::default() }).await;
    let case = solved(&scene, "mia@example.org", USUAL).await;
    scene.pass(25 * HOUR);
    asks(&scene).await;
    assert_eq!(outcome(&scene, case).await, None);
    let scene = Scene::open(ENGINES[0]).await;
    let case = solved(&scene, "mia@example.org", USUAL).await;
    scene.pass(5 * 24 * HOUR);
    asks(&scene).await;
    assert_eq!(outcome(&scene, case).await, None, "the program stood still for days");
}

#[tokio::test]
async fn the_report_counts_what_its_reader_may_see_and_nothing_else() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let env = &scene.env;
        let good = solved(&scene, "good@example.org", USUAL).await;
        let bad = solved(&scene, "bad@example.org", USUAL).await;
        let hidden = solved(&scene, "hidden@example.org", USUAL).await;
        changes(&scene, hidden, Change::Team(Team::Finance)).await;
        scene.pass(25 * HOUR);
        asks(&scene).await;
        for (case, score, said) in [(good, 5, ""), (bad, 1, "slow"), (hidden, 2, "secret")] {
            let done: Result<_, Stop> = store::write!(scene.store, |tx| {
                let person = cases::find(tx, case).await?.unwrap().requester;
                contact::rate(tx, env, case, person, (score, said)).await
            });
            done.unwrap();
        }
        scene.pass(10);
        let seen = async |role| {
            let staff = scene.staff(role).await;
            let eyes = Eyes { staff: staff.id, role };
            let mut reader = scene.store.read().await.unwrap();
            let found = report(&mut reader, eyes, env.now()).await.unwrap();
            let page = store::Page::first(9);
            let said = comments(&mut reader, eyes, &page).await.unwrap();
            (found, said.into_iter().map(|one| one.said).collect::<Vec<_>>())
        };
        let (lead, said) = seen(Role::Lead).await;
        assert_eq!((lead.whole().good, lead.whole().all, lead.whole().percent()), (1, 2, Some(50)));
        assert_eq!((lead.asked, lead.answered), (2, 2));
        assert_eq!(said, ["slow"]);
        assert_eq!(lead.weeks.last().unwrap().share.all, 2, "the newest week stands last");
        assert_eq!((lead.languages.len(), lead.languages[0].of.as_str()), (1, "de"));
        let (finance, said) = seen(Role::Finance).await;
        assert_eq!((finance.whole().all, finance.asked, finance.teams.len()), (3, 3, 2));
        assert_eq!(said.len(), 2);
    }
}

#[test]
fn the_letter_in_every_language() {
    let site = billing::Site {
        name: "Velvet & Sons".to_owned(),
        base_url: "https://pay.velvet.example/".parse().unwrap(),
        support_mail: "help@velvet.example".to_owned(),
        legal_name: "Velvet & Sons ApS".to_owned(),
    };
    for language in Language::ALL {
        let facts = Facts {
            reference: "PD-7K3M-92QX-T",
            name: Some("Ana <b>María</b>"),
            page: format!("https://pay.velvet.example/{language}/case/secret/opinion"),
            stop: format!("https://pay.velvet.example/{language}/surveys/stop/word"),
        };
        let letter = letter::write(&site, language, &facts).unwrap();
        assert!(!letter.html.contains("<b>María"), "a name is no markup");
        assert!(letter.html.contains("/opinion?said=good\"") && !letter.text.contains("\n\n\n"));
        for fetched in ["<img", "src=", "url(", "<link", "<script", "@import"] {
            assert!(!letter.html.contains(fetched), "{fetched} would be fetched");
        }
        insta::assert_snapshot!(
            format!("survey_{language}"),
            format!("{}\n\n{}", letter.subject, letter.text)
        );
    }
}
