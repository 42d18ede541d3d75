//! Views, drafts, presence and search on both databases.

use base::id::{CaseId, PaymentId, StaffId};
use base::{Env, Language, SignedDuration, Stop};
use identity::staff::{self, NewStaff, Role, Staff};
use store::scratch::Scratch;
use store::{Engine, Page, Store};

use super::*;
use crate::cases::{
    self, Author, Case, CaseState, Change, Eyes, NewCase, NewMessage, Origin, Priority, Side, Team,
    ThreadKind,
};
use crate::people::{self, AddressKind, Audience, Hint};
use crate::{audit, mail};

const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

struct Room {
    _scratch: Scratch,
    store: Store,
    env: Env,
    ana: Staff,
    tom: Staff,
}

impl Room {
    async fn open(engine: Engine) -> Room {
        let scratch = Scratch::new(engine).await;
        let env = Env::fixed("2026-11-22T09:00:00Z".parse().unwrap(), 11);
        let store = scratch.store.clone();
        let hire = async |name: &str, role: Role| {
            let form = staff::Form {
                email: format!("{name}@lumen.example"),
                name: name.to_owned(),
                role: role.to_string(),
            };
            let new = NewStaff::checked(&form).unwrap();
            store::write!(store, |tx| staff::add(tx, &env, new.clone()).await).unwrap().0
        };
        let ana = hire("Ana", Role::Agent).await;
        let tom = hire("Tom", Role::Finance).await;
        Room { _scratch: scratch, store, env, ana, tom }
    }

    fn eyes(&self, who: &Staff) -> Eyes {
        Eyes { staff: who.id, role: who.role }
    }

    async fn case(&self, subject: &str, text: &str, side: Side, team: Team) -> Case {
        let env = &self.env;
        store::write!(self.store, |tx| {
            let hint = Hint {
                name: Some("Mia".to_owned()),
                language: Language::En,
                audience: Audience::Customer,
            };
            let (person, address) =
                people::meet(tx, env, AddressKind::Mail, "mia@example.org", &hint).await?;
            let first =
                NewMessage::from_person(person.id, address.id, Origin::Mail, Language::En, text);
            let new = NewCase {
                subject: subject.to_owned(),
                audience: Audience::Customer,
                side,
                topic: None,
                team,
                priority: Priority::Normal,
                origin: Origin::Mail,
                language: Language::En,
                requester: person.id,
                tags: Vec::new(),
                refs: Vec::new(),
                first,
            };
            cases::open(tx, env, new).await
        })
        .unwrap()
    }

    async fn change(&self, case: CaseId, change: Change) {
        let (env, by) = (&self.env, Author::Staff(self.ana.id));
        store::write!(self.store, |tx| {
            cases::change(tx, env, case, None, by, change.clone()).await
        })
        .unwrap();
    }

    async fn count(&self, who: &Staff, wanted: &Wanted) -> i64 {
        let mut reader = self.store.read().await.unwrap();
        let filter = wanted.filter(who.id, self.env.now());
        cases::count(&mut reader, &self.eyes(who), &filter).await.unwrap().number
    }

    async fn count_of(&self, who: &Staff, key: &str) -> i64 {
        self.count(who, &SystemView::of(key).unwrap().wanted()).await
    }

    async fn keep(&self, draft: Draft) -> Result<(), Stop> {
        let env = &self.env;
        store::write!(self.store, |tx| keep_draft(tx, env, draft.clone()).await)
    }

    fn draft(&self, who: StaffId, case: CaseId, text: &str) -> Draft {
        Draft {
            of: DraftOf { staff: who, case, thread: ThreadKind::Customer },
            partner: None,
            text: text.to_owned(),
            seen: 1,
            updated_at: self.env.now(),
        }
    }

    async fn drafts(&self, case: CaseId) -> Vec<(StaffId, String)> {
        let mut reader = self.store.read().await.unwrap();
        let all = drafts_of(&mut reader, case).await.unwrap();
        all.into_iter().map(|draft| (draft.of.staff, draft.text)).collect()
    }

    async fn here(&self, case: CaseId, me: &Staff) -> Vec<(String, Doing)> {
        let mut reader = self.store.read().await.unwrap();
        let all = here(&mut reader, case, me.id, self.env.now()).await.unwrap();
        all.into_iter().map(|one| (one.name, one.doing)).collect()
    }
}

#[tokio::test]
async fn each_view_holds_what_its_name_says() {
    for engine in ENGINES {
        let room = Room::open(engine).await;
        let ana = &room.ana;
        let mine =
            room.case("Charged twice for May", "I paid twice", Side::Mine, Team::Support).await;
        let theirs = room.case("Wrong video", "Not it", Side::Creator, Team::Support).await;
        room.case("A line without a payment", "Look", Side::Unknown, Team::Finance).await;
        room.change(mine.id, Change::Assign(Some(ana.id))).await;
        for (key, many) in
            [("mine", 1), ("unassigned", 1), ("creator", 1), ("all", 2), ("chats", 0)]
        {
            assert_eq!(room.count_of(ana, key).await, many, "{key}");
        }
        assert_eq!(room.count_of(ana, "finance").await, 0, "an agent sees none of finance's");
        assert_eq!(room.count_of(&room.tom, "finance").await, 1);
        assert!(!SystemView::of("finance").unwrap().is_for(Role::Agent));
        room.change(theirs.id, Change::State(CaseState::Solved)).await;
        let later = room.env.now() + SignedDuration::from_hours(5);
        room.change(mine.id, Change::Snooze(later)).await;
        for (key, many) in [("mine", 0), ("snoozed", 1), ("solved", 1), ("all", 1)] {
            assert_eq!(room.count_of(ana, key).await, many, "{key}");
        }
    }
}

#[tokio::test]
async fn views_are_ones_own_unless_they_are_shared() {
    for engine in ENGINES {
        let room = Room::open(engine).await;
        let save_as = async |owner: &Staff, name: &str, shared: bool, wanted: Wanted| {
            let new = NewView { name: name.to_owned(), shared, wanted };
            let (env, owner) = (&room.env, owner.id);
            store::write!(room.store, |tx| save(tx, env, owner, new.clone()).await)
        };
        let wanted = Wanted {
            whose: Some(Whom::Of(room.tom.id)),
            tag: Some(" vip ".to_owned()),
            states: vec![CaseState::Open, CaseState::New, CaseState::Open],
            due_hours: Some(12),
            ..Wanted::default()
        };
        let own = save_as(&room.ana, "  My   own ", false, wanted).await.unwrap();
        assert_eq!((own.name.as_str(), own.wanted.tag.as_deref()), ("My own", Some("vip")));
        assert_eq!(own.wanted.states, [CaseState::New, CaseState::Open]);
        room.env.clock.advance(SignedDuration::from_secs(1));
        let shared = save_as(&room.ana, "For all", true, Wanted::default()).await.unwrap();
        let mut reader = room.store.read().await.unwrap();
        assert_eq!(
            views_of(&mut reader, room.ana.id).await.unwrap(),
            [own.clone(), shared.clone()]
        );
        assert_eq!(
            views_of(&mut reader, room.tom.id).await.unwrap(),
            std::slice::from_ref(&shared)
        );
        assert_eq!(find_view(&mut reader, own.id, room.tom.id).await.unwrap(), None);
        drop(reader);
        let (tom, ana) = (room.tom.id, room.ana.id);
        let gone = store::write!(room.store, |tx| forget(tx, shared.id, tom).await);
        assert_eq!(gone.unwrap_err().refusal().unwrap().code, "view_unknown");
        store::write!(room.store, |tx| forget(tx, shared.id, ana).await).unwrap();
        let far = Wanted { due_hours: Some(100_000), ..Wanted::default() };
        for (name, wanted) in [("", Wanted::default()), ("Far", far)] {
            assert!(save_as(&room.ana, name, false, wanted).await.unwrap_err().refusal().is_some());
        }
    }
}

#[test]
fn a_filter_that_names_what_does_not_exist_is_not_read() {
    for text in [r#"{"states":["paid"]}"#, r#"{"sql":"1=1"}"#, r#"{"whose":{"of":"cus_1"}}"#] {
        assert!(serde_json::from_str::<Wanted>(text).is_err(), "{text}");
    }
}

#[tokio::test]
async fn a_draft_is_kept_for_each_of_us_and_can_be_taken_over() {
    for engine in ENGINES {
        let room = Room::open(engine).await;
        let case = room.case("Where is it", "Hello", Side::Mine, Team::Support).await.id;
        let (ana, tom) = (room.ana.id, room.tom.id);
        room.keep(room.draft(ana, case, "Dear M")).await.unwrap();
        room.keep(room.draft(ana, case, "Dear Mia,")).await.unwrap();
        assert_eq!(room.drafts(case).await, [(ana, "Dear Mia,".to_owned())]);
        let long = room.keep(room.draft(ana, case, &"x".repeat(20_001))).await.unwrap_err();
        assert_eq!(long.refusal().unwrap().code, "draft_too_long");
        room.keep(room.draft(tom, case, "Hi.")).await.unwrap();
        let of = DraftOf { staff: ana, case, thread: ThreadKind::Customer };
        let env = &room.env;
        store::write!(room.store, |tx| take_over_draft(tx, env, of, tom).await).unwrap();
        assert_eq!(room.drafts(case).await, [(tom, "Hi.\n\nDear Mia,".to_owned())]);
        room.env.clock.advance(SignedDuration::from_hours(24 * 31));
        let other = room.case("Another", "Hello", Side::Mine, Team::Support).await.id;
        room.keep(room.draft(tom, other, "New")).await.unwrap();
        assert_eq!(room.drafts(case).await, [], "a month is enough");
        room.keep(room.draft(tom, other, "  ")).await.unwrap();
        assert_eq!(room.drafts(other).await, [], "an empty draft is none");
    }
}

#[tokio::test]
async fn colleagues_see_who_is_at_a_case_until_they_are_gone() {
    for engine in ENGINES {
        let room = Room::open(engine).await;
        let case = room.case("Where is it", "Hello", Side::Mine, Team::Support).await.id;
        let come = async |who: &Staff, doing: Doing| {
            let (env, who) = (&room.env, who.id);
            store::write!(room.store, |tx| Ok(arrive(tx, env, case, who, doing).await?)).unwrap();
        };
        come(&room.ana, Doing::Typing).await;
        come(&room.ana, Doing::Viewing).await;
        assert_eq!(room.here(case, &room.tom).await, [("Ana".to_owned(), Doing::Typing)]);
        assert_eq!(room.here(case, &room.ana).await, [], "nobody is told of themselves");
        room.env.clock.advance(SignedDuration::from_secs(10));
        assert_eq!(room.here(case, &room.tom).await, [("Ana".to_owned(), Doing::Viewing)]);
        room.env.clock.advance(SignedDuration::from_secs(60));
        assert_eq!(room.here(case, &room.tom).await, []);
        come(&room.ana, Doing::Viewing).await;
        let ana = room.ana.id;
        store::write!(room.store, |tx| Ok(leave(tx, case, ana).await?)).unwrap();
        assert_eq!(room.here(case, &room.tom).await, []);
    }
}

#[tokio::test]
async fn words_find_cases_and_references_jump_as_far_as_one_may_see() {
    for engine in ENGINES {
        let room = Room::open(engine).await;
        let open =
            room.case("Charged twice", "two payments in May", Side::Mine, Team::Support).await;
        let hidden = room.case("Charged", "payments of finance", Side::Mine, Team::Finance).await;
        let accounts = billing::Accounts::new(Vec::new()).unwrap();
        let mut reader = room.store.read().await.unwrap();
        for (who, many) in [(&room.ana, 1), (&room.tom, 2)] {
            let found = search(&mut reader, &room.eyes(who), "payment").await.unwrap();
            assert_eq!(found.len(), many, "{}", who.name);
        }
        assert_eq!(search(&mut reader, &room.eyes(&room.ana), "  ").await.unwrap(), []);
        let mut to = async |who: &Staff, text: &str| {
            jump(&mut reader, &room.eyes(who), &accounts, text).await.unwrap()
        };
        let typed = open.reference.to_string().to_lowercase().replace('-', " ");
        assert_eq!(to(&room.ana, &typed).await, Some(Found::Case(open.id)));
        assert_eq!(to(&room.ana, &hidden.reference.to_string()).await, None);
        assert_eq!(to(&room.ana, &hidden.id.to_string()).await, None);
        assert_eq!(to(&room.tom, &hidden.id.to_string()).await, Some(Found::Case(hidden.id)));
        assert_eq!(to(&room.ana, "charged twice").await, None);
    }
}

#[tokio::test]
async fn single_letters_are_commands_until_somebody_turns_them_off() {
    for engine in ENGINES {
        let room = Room::open(engine).await;
        let who = room.ana.id;
        let mut reader = room.store.read().await.unwrap();
        assert!(habits_of(&mut reader, who).await.unwrap().single_keys);
        drop(reader);
        for single_keys in [false, true, false] {
            let habits = Habits { single_keys };
            store::write!(room.store, |tx| Ok(set_habits(tx, who, habits).await?)).unwrap();
            let mut reader = room.store.read().await.unwrap();
            assert_eq!(habits_of(&mut reader, who).await.unwrap(), habits);
        }
    }
}

#[tokio::test]
async fn a_receipt_goes_out_again_once_a_day_and_both_logs_say_so() {
    for engine in ENGINES {
        let room = Room::open(engine).await;
        let case = room.case("Receipt?", "Where is it?", Side::Mine, Team::Support).await;
        let (env, post, staff) = (&room.env, &mail::Post::Kept, room.ana.id);
        let payment: PaymentId = env.id();
        let again = ReceiptAgain { payment, case: case.id, staff };
        let send = async || -> Result<(), Stop> {
            store::write!(room.store, |tx| {
                send_receipt_again(tx, env, post, "lumen.example", again).await
            })
        };
        let code = |answer: Result<(), Stop>| answer.unwrap_err().refusal().unwrap().code;
        assert_eq!(code(send().await), "receipt_not_mailed");
        let receipt = mail::NewMail {
            to: identity::Email::checked("mia@example.org").unwrap(),
            language: Language::En,
            kind: "receipt",
            about: Some(payment.to_string()),
            letter: mail::Letter::new("Receipt", "Thanks.".to_owned(), "<p>Thanks.</p>".to_owned()),
        };
        store::write!(room.store, |tx| {
            Ok(mail::queue(tx, env, post, "lumen.example", receipt.clone()).await?)
        })
        .unwrap();
        send().await.unwrap();
        assert_eq!(code(send().await), "receipt_sent_today");
        env.clock.advance(SignedDuration::from_hours(24));
        send().await.unwrap();
        let mut reader = room.store.read().await.unwrap();
        assert_eq!(mail::list(&mut reader, Page::first(9)).await.unwrap().len(), 3);
        let events = cases::events(&mut reader, case.id, 0, 50).await.unwrap();
        let told = events.iter().filter(|one| one.kind == cases::EventKind::Billing);
        let told: Vec<_> = told.map(|one| (one.author, one.body["payment"].clone())).collect();
        let one = (Author::Staff(staff), serde_json::json!(payment));
        assert_eq!(told, [one.clone(), one]);
        let sent = audit::Filter { what: "receipt.".to_owned(), ..audit::Filter::default() };
        let lines = audit::list(&mut reader, &sent, Page::first(9)).await.unwrap();
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|line| line.about == payment.to_string()));
    }
}
