//! Answers and macros: written by leads, offered in a case, looked at before they are run.

use base::Language;
use base::id::CaseId;
use desk::cases::{
    self, CaseState, NewCase, NewMessage, Origin, Priority, Ref, RefKind, Side, Team,
};
use desk::people::{self, Audience};
use desk::{answers, macros};

use super::browser::Browser;
use super::world::{ENGINES, World};

async fn case(world: &World) -> CaseId {
    let env = &world.web.billing.env;
    let ana = world.ana;
    store::write!(world.web.billing.store, |tx| {
        let person = people::of_customer(tx, env, ana).await?;
        let address = people::addresses_of(tx, person.id).await?.remove(0);
        let text = "Zweimal abgebucht";
        let first =
            NewMessage::from_person(person.id, address.id, Origin::Mail, Language::De, text);
        let new = NewCase {
            subject: "Zweimal <b>abgebucht</b>".to_owned(),
            audience: Audience::Customer,
            side: Side::Mine,
            topic: None,
            team: Team::Support,
            priority: Priority::Normal,
            origin: Origin::Mail,
            language: Language::De,
            requester: person.id,
            tags: Vec::new(),
            refs: vec![Ref::subject(RefKind::Customer, ana)],
            first,
        };
        Ok(cases::open(tx, env, new).await?.id)
    })
    .unwrap()
}

const HELLO: [(&str, &str); 4] = [
    ("deed", "save"),
    ("key", "hello"),
    ("title", "Say <i>hello</i>"),
    ("text", "Hello {customer}, about {reference}."),
];

/// A lead writes an answer, and its address.
async fn hello(lead: &Browser) -> String {
    let saved = lead.post("/console/answers", &HELLO).await.leads();
    saved.split('?').next().unwrap().to_owned()
}

/// A lead puts a macro together: tokens, the answer, solved.
async fn make_good(lead: &Browser, tokens: &str) -> String {
    let fields = [
        ("deed", "save"),
        ("name", "Make <b>good</b>"),
        ("who", "everybody"),
        ("kind-0", "credit"),
        ("value-0", tokens),
        ("more-0", "charged twice"),
        ("kind-1", "answer"),
        ("value-1", "hello"),
        ("kind-2", "state"),
        ("value-2", "solved"),
    ];
    let saved = lead.post("/console/macros", &fields).await.leads();
    saved.split('?').next().unwrap().to_owned()
}

#[tokio::test]
async fn an_answer_is_written_per_language_and_never_over_a_colleagues() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let (kim, lead) = (world.shift_of("agent").await, world.shift_of("lead").await);
        lead.get("/console/answers").await.is(200).page("en").says("No answer is ready yet");
        lead.get("/console/answers/new").await.is(200).page("en").says("Places that fill");
        assert_eq!(kim.get("/console/answers/new").await.status, 403);
        assert_eq!(kim.post("/console/answers", &HELLO).await.status, 403);
        let wrong = [("key", "hello"), ("title", "Hello"), ("text", "Dear {custmer}")];
        let page = lead.post("/console/answers", &wrong).await.is(422).page("en");
        page.says("{custmer} is not a place");
        let path = hello(&lead).await;
        lead.get(&path).await.is(200).page("en").says("Hello Mia, about PD-7K3M-92QX-T.");
        kim.get(&path).await.is(200).page("en").says("Leads, finance and admins may do this.");
        let french = |version: &'static str, text: &'static str, deed: &'static str| {
            [
                ("version", version),
                ("key", "hello"),
                ("title", "Say hello"),
                ("text", text),
                ("deed", deed),
            ]
        };
        let fr = format!("{path}/fr");
        let look = lead.post(&fr, &french("1", "Bonjour {customer}", "preview")).await.is(200);
        look.page("en").says("Bonjour Mia");
        lead.post(&fr, &french("1", "Bonjour {customer},", "save")).await.is(303);
        let late = lead.post(&fr, &french("1", "Salut {customer}", "save")).await.is(409);
        let late = late.page("en").says("somebody else changed this answer");
        let late = late.says("Bonjour {customer},");
        assert!(late.text.contains("Salut {customer}"), "what was typed is kept");
        kim.get("/console/answers?q=bonjour").await.is(200).page("en").says("Say hello");
        kim.get("/console/answers?lacks=fr").await.is(200).page("en").says("No answer fits");
        kim.get("/console/answers?lacks=da").await.is(200).says("Say hello");
        assert_eq!(kim.post(&format!("{path}/retire"), &[]).await.status, 403);
        let gone = lead.post(&format!("{path}/retire"), &[]).await.leads();
        lead.get(&gone).await.is(200).page("en").says("This answer is retired");
        lead.post(&format!("{path}/bring-back"), &[]).await.is(303);
        let log = lead.get("/console/audit?what=answer.").await.is(200).page("en");
        for what in ["answer.added", "answer.written", "answer.retired", "answer.brought_back"] {
            assert!(log.text.contains(what), "{what} is in the log");
        }
    }
}

#[tokio::test]
async fn a_macro_is_put_together_step_by_step_without_scripts() {
    let world = World::new(ENGINES[0]).await;
    let lead = world.shift_of("lead").await;
    lead.get("/console/macros").await.is(200).page("en").says("There is no macro yet");
    lead.get("/console/macros/new").await.is(200).page("en").says("No step yet");
    let mut fields = vec![("name", "All of them"), ("deed", "add"), ("adds", "credit")];
    let page = lead.post("/console/macros", &fields).await.is(200).page("en");
    page.says("agents 100 at once and 300 a day");
    let kinds = [
        ("kind-0", "credit"),
        ("kind-1", "answer"),
        ("kind-2", "note"),
        ("kind-3", "tag"),
        ("kind-4", "untag"),
        ("kind-5", "priority"),
        ("kind-6", "team"),
        ("kind-7", "take"),
        ("kind-8", "put_back"),
        ("kind-9", "snooze"),
        ("kind-10", "state"),
    ];
    fields.extend(kinds);
    fields[2] = ("adds", "escalate");
    let page = lead.post("/console/macros", &fields).await.is(200).page("en");
    page.says("A macro has twelve steps at most.");
    fields[1] = ("deed", "save");
    let page = lead.post("/console/macros", &fields).await.is(422).page("en");
    page.says("Nothing was saved").says("say how many tokens");
    hello(&lead).await;
    let path = make_good(&lead, "20").await;
    let page = lead.get(&path).await.is(200).page("en");
    page.says("Make &#60;b&#62;good&#60;/b&#62;").says("1. Give tokens").says("3. Move it");
    lead.get("/console/macros").await.page("en").says("credit 20 tokens (charged twice)");
}

#[tokio::test]
async fn a_macro_is_looked_at_then_run_once_and_its_answer_can_be_taken_back() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let (kim, lead) = (world.shift_of("agent").await, world.shift_of("lead").await);
        let id = case(&world).await;
        let none = kim.get(&format!("/console/cases/{id}")).await.page("en");
        none.says("No macro is for cases like this one.");
        hello(&lead).await;
        let of = make_good(&lead, "20").await;
        let of = of.rsplit('/').next().unwrap();
        let page = kim.get(&format!("/console/cases/{id}")).await.page("en");
        let menu = page.text.split("data-key=\"m\"").nth(1).unwrap();
        assert!(menu.contains("Macro: Make &#60;b&#62;good"), "the command bar knows it");
        assert!(page.text.contains("data-key=\"t\""), "the team has a key");
        let path = format!("/console/cases/{id}/macros/{of}");
        let look = kim.get(&path).await.is(200).page("en");
        let look = look.says("credit 20 tokens (charged twice)").says("100 tokens at once");
        let look = look.says("Hello Ana &#60;b&#62;Lind&#60;/b&#62;, about PD-");
        assert_eq!(cases_state(&world, id).await, CaseState::New, "looking changes nothing");
        let form = look.form(&format!("/macros/{of}"));
        let done = kim.fill(&path, &form, &[]).await.leads();
        assert!(done.contains("&run=mrn_") && done.contains("&sent=msg_"), "{done}");
        let after = kim.get(&done).await.is(200).page("en");
        after.says("Done: credit 20 tokens").says("leaves in a few seconds");
        assert_eq!(cases_state(&world, id).await, CaseState::Solved);
        kim.fill(&path, &form, &[]).await.is(303);
        let wallet = billing::tokens::wallet(&world.web.billing, world.ana).await.unwrap();
        assert_eq!(wallet.balance.count(), 20, "the same press gives once");

        let over = make_over(&world).await;
        let path = format!("/console/cases/{id}/macros/{over}");
        let look = kim.get(&path).await.is(200).page("en");
        look.says("Step 1 would be refused: your role may give 100 tokens at once");
        let nobodys: base::id::MacroId = world.web.billing.env.id();
        let none = kim.get(&format!("/console/cases/{id}/macros/{nobodys}")).await;
        assert_eq!(none.status, 404);
    }
}

async fn cases_state(world: &World, id: CaseId) -> CaseState {
    let mut reader = world.web.billing.store.read().await.unwrap();
    cases::find(&mut reader, id).await.unwrap().unwrap().state
}

/// A macro beyond what agents may give.
async fn make_over(world: &World) -> base::id::MacroId {
    let step = macros::Step::Credit { tokens: 101, reason: "much".to_owned() };
    let written = macros::Written::checked("Much", vec![step], macros::Offer::ALL).unwrap();
    let env = &world.web.billing.env;
    store::write!(world.web.billing.store, |tx| {
        assert!(answers::find_by_key(tx, "hello").await?.is_some());
        Ok(macros::add(tx, env, written.clone(), None).await?.id)
    })
    .unwrap()
}
