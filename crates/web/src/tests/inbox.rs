//! Staff at the desk: lists and cases as each role may see them, answers, drafts and deeds.

use base::Language;
use base::id::{CaseId, MailId, MessageId};
use desk::cases::{
    self, Author, CaseState, Delivery, NewCase, NewMessage, Origin, Priority, Ref, RefKind, Side,
    Team, ThreadKind,
};
use desk::mail::{self, Carriage, Letter, NewMail, Post};
use desk::mail_in::{self, Arrived, Filed};
use desk::people::{self, AddressKind, Audience, Hint};
use identity::Email;

use super::browser::{Browser, Got};
use super::world::{ENGINES, World};

/// Somebody writes a mail with these words, in the name of Ana.
pub(super) async fn case(world: &World, team: Team, text: &str) -> CaseId {
    let env = &world.web.billing.env;
    let ana = world.ana;
    store::write!(world.web.billing.store, |tx| {
        let person = people::of_customer(tx, env, ana).await?;
        let address = people::addresses_of(tx, person.id).await?.remove(0);
        let first =
            NewMessage::from_person(person.id, address.id, Origin::Mail, Language::De, text);
        let new = NewCase {
            subject: "Zweimal <b>abgebucht</b>".to_owned(),
            audience: Audience::Customer,
            side: Side::Mine,
            topic: None,
            team,
            priority: Priority::High,
            origin: Origin::Mail,
            language: Language::De,
            requester: person.id,
            tags: vec!["duplicate".to_owned()],
            refs: vec![Ref::subject(RefKind::Customer, ana)],
            first,
        };
        Ok(cases::open(tx, env, new).await?.id)
    })
    .unwrap()
}

async fn find(world: &World, id: CaseId) -> cases::Case {
    let mut reader = world.web.billing.store.read().await.unwrap();
    cases::find(&mut reader, id).await.unwrap().unwrap()
}

/// Sends the composer's form, with the last event that its page showed.
async fn sends(browser: &Browser, id: CaseId, fields: &[(&str, &str)]) -> Got {
    browser.post_parts(&format!("/console/cases/{id}/messages"), fields).await
}

#[tokio::test]
async fn every_page_of_the_desk_is_whole_for_every_role() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let id = case(&world, Team::Support, "Ich wurde <i>zweimal</i> belastet.").await;
        let hidden = case(&world, Team::Finance, "Nur für die Buchhaltung").await;
        for (role, finance) in [("agent", 404), ("lead", 404), ("finance", 200), ("admin", 200)] {
            let kim = world.shift_of(role).await;
            for path in [
                "/console/inbox".to_owned(),
                "/console/inbox?view=all".to_owned(),
                "/console/inbox?view=nonsense&sent=msg_1".to_owned(),
                "/console/inbox/keys".to_owned(),
                "/console/inbox/search".to_owned(),
                "/console/inbox/search?q=belastet".to_owned(),
                "/console/cases/new".to_owned(),
                format!("/console/cases/{id}"),
                format!("/console/cases/{id}?to=internal"),
                format!("/console/cases/{id}?to=creator&view=all&done=done"),
                format!("/console/cases/{id}?to=processor&partner=paper"),
            ] {
                kim.get(&path).await.is(200).page("en");
            }
            let page = kim.get(&format!("/console/cases/{id}")).await;
            assert!(page.text.contains("Ich wurde &#60;i&#62;zweimal"), "words are escaped");
            page.says("proved by the site");
            kim.get(&format!("/console/cases/{id}/preview")).await.is(200).says("Open the case");
            let list = kim.get("/console/inbox?view=all").await;
            let seen = list.text.contains(&hidden.to_string());
            assert_eq!(seen, finance == 200, "{role} and a case of finance");
            assert_eq!(kim.get(&format!("/console/cases/{hidden}")).await.status, finance);
            let found = kim.get("/console/inbox/search?q=Buchhaltung").await;
            assert_eq!(found.text.contains(&hidden.to_string()), finance == 200, "{role} searches");
            let deed = [("deed", "priority"), ("value", "high")];
            let done = kim.post(&format!("/console/cases/{hidden}/change"), &deed).await;
            assert_eq!(done.status == 404, finance == 404, "{role} changes what they do not see");
        }
    }
}

#[tokio::test]
async fn an_answer_is_sent_with_its_case_solved_and_can_be_taken_back() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let id = case(&world, Team::Support, "Hallo").await;
        let kim = world.shift_of("agent").await;
        let seen = find(&world, id).await.seq.to_string();
        let empty =
            [("thread", "customer"), ("seen", seen.as_str()), ("text", " "), ("do", "send")];
        sends(&kim, id, &empty).await.is(422).page("en").says("Write something first.");
        let answer = [
            ("thread", "customer"),
            ("seen", seen.as_str()),
            ("text", "Guten Tag, das Geld ist zurück."),
            ("do", "solve"),
            ("view", "mine"),
        ];
        let next = sends(&kim, id, &answer).await.leads();
        assert!(next.starts_with("/console/inbox?view=mine&sent=msg_"), "{next}");
        assert_eq!(find(&world, id).await.state, CaseState::Solved);
        let list = kim.get(&next).await.is(200).page("en").says("leaves in a few seconds");
        let undo = list.text.split("action=\"").find(|part| part.contains("/withdraw\""));
        let undo = undo.unwrap().split('"').next().unwrap().to_owned();
        let back = kim.post(&undo, &[]).await.leads();
        assert_eq!(find(&world, id).await.state, CaseState::Open);
        kim.get(back.split('#').next().unwrap()).await.page("en").says("das Geld ist zurück.");
        let late = kim.post(&undo, &[]).await.leads();
        assert!(late.ends_with("done=too_late"), "{late}");
    }
}

#[tokio::test]
async fn a_processor_and_a_creator_are_written_to_where_they_read_mail() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let id = case(&world, Team::Support, "Hallo").await;
        let kim = world.shift_of("agent").await;
        let waiting = async |thread: &str, partner: &str, reach: &str| {
            let seen = find(&world, id).await.seq.to_string();
            let form = [
                ("thread", thread),
                ("partner", partner),
                ("reach", reach),
                ("seen", seen.as_str()),
                ("text", "Please look this up."),
                ("do", "send"),
            ];
            sends(&kim, id, &form).await
        };
        waiting("processor", "paper", "").await.leads();
        let creator = world.luna.to_string();
        waiting("creator", &creator, "").await.is(422).says("give a mail address of the creator");
        waiting("creator", &creator, "studio@example.org").await.leads();
        waiting("creator", &creator, "").await.leads();
        let mut reader = world.web.billing.store.read().await.unwrap();
        let to = [ThreadKind::Creator, ThreadKind::Processor];
        for said in cases::messages(&mut reader, id, &to, 0, 10).await.unwrap() {
            assert!(said.address.is_some(), "{:?} goes somewhere", said.thread_kind);
            assert_eq!(said.delivery, Delivery::Waiting);
        }
    }
}

#[tokio::test]
async fn nothing_is_sent_past_what_a_colleague_wrote_meanwhile() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let id = case(&world, Team::Support, "Hallo").await;
        let (kim, tom) = (world.shift_of("agent").await, world.shift_of("lead").await);
        let seen = find(&world, id).await.seq.to_string();
        let answer = |text: &'static str, seen: String| {
            vec![
                ("thread", "customer".to_owned()),
                ("seen", seen),
                ("text", text.to_owned()),
                ("do", "send".to_owned()),
            ]
        };
        let send = async |who: &Browser, fields: Vec<(&str, String)>| {
            let fields: Vec<_> =
                fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            sends(who, id, &fields).await
        };
        send(&tom, answer("Wir prüfen das.", seen.clone())).await.is(303);
        let page = send(&kim, answer("Bitte warten.", seen)).await.is(409).page("en");
        let page = page.says("something new came meanwhile").says("Wir prüfen das.");
        let page = page.says("Bitte warten.");
        let field = page.text.split("name=\"seen\" value=\"").nth(1).unwrap();
        let seen = field.split('"').next().unwrap().to_owned();
        send(&kim, answer("Bitte warten.", seen)).await.is(303);
    }
}

#[tokio::test]
async fn deeds_change_a_case_once_and_a_stale_page_changes_nothing() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let id = case(&world, Team::Support, "Hallo").await;
        let kim = world.shift_of("agent").await;
        let path = format!("/console/cases/{id}/change");
        let does = async |deed: &str, value: &str, version: &str| {
            let fields = [("deed", deed), ("value", value), ("version", version), ("more", "bank")];
            kim.post(&path, &fields).await
        };
        let old = find(&world, id).await.version.to_string();
        assert!(does("priority", "urgent", &old).await.leads().ends_with("done=done"));
        assert!(does("priority", "low", &old).await.leads().ends_with("done=changed_meanwhile"));
        for (deed, value) in [
            ("assign", "me"),
            ("tag", "vip"),
            ("side", "creator"),
            ("language", "fr"),
            ("subject", "Neu"),
            ("state", "waiting_third_party"),
            ("snooze", "3d"),
            ("escalate", ""),
        ] {
            let done = does(deed, value, "").await;
            assert!(done.leads().ends_with("done=done"), "{deed}");
        }
        let left = find(&world, id).await;
        assert_eq!((left.priority, left.side), (Priority::Urgent, Side::Creator));
        assert_eq!((left.state, left.language, left.level), (CaseState::Snoozed, Language::Fr, 1));
        assert_eq!(left.tags, ["duplicate", "vip"]);
        assert_eq!(does("hold", "police", "").await.status, 403, "an agent holds nothing");
        assert_eq!(does("pay", "1000000", "").await.status, 404);
        let marked = [("case", id.to_string())];
        let mut fields: Vec<_> = marked.iter().map(|(n, v)| (*n, v.as_str())).collect();
        fields.extend([("assign", "nobody"), ("state", "solved"), ("view", "all")]);
        assert!(kim.post("/console/inbox/bulk", &fields).await.leads().ends_with("done=changed"));
        let left = find(&world, id).await;
        assert_eq!((left.assignee, left.state), (None, CaseState::Solved));
    }
}

#[tokio::test]
async fn tokens_are_credited_once_within_the_limit_and_only_to_whom_it_is_proved() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let id = case(&world, Team::Support, "Hallo").await;
        let kim = world.shift_of("agent").await;
        let path = format!("/console/cases/{id}/credit");
        let page = kim.get(&format!("/console/cases/{id}")).await.says("You may give up to 100");
        let form = page.form("/credit");
        let give = async |tokens: &str| {
            kim.fill(&path, &form, &[("tokens", tokens), ("reason", "twice charged")]).await.leads()
        };
        assert!(give("0").await.ends_with("done=no_credit"));
        assert!(give("100000").await.ends_with("done=no_credit"));
        assert!(give("50").await.ends_with("done=credited"));
        assert!(give("50").await.ends_with("done=credited"), "the same form gives once");
        let wallet = billing::tokens::wallet(&world.web.billing, world.ana).await.unwrap();
        assert_eq!(wallet.balance.count(), 50);

        let env = &world.web.billing.env;
        let stranger = store::write!(world.web.billing.store, |tx| {
            let hint = Hint { name: None, language: Language::En, audience: Audience::Customer };
            let (person, address) =
                people::meet(tx, env, AddressKind::Mail, "who@example.org", &hint).await?;
            let text = "I am Ana";
            let first =
                NewMessage::from_person(person.id, address.id, Origin::Mail, Language::En, text);
            let new = NewCase {
                subject: "Give me tokens".to_owned(),
                audience: Audience::Customer,
                side: Side::Mine,
                topic: None,
                team: Team::Support,
                priority: Priority::Normal,
                origin: Origin::Mail,
                language: Language::En,
                requester: person.id,
                tags: Vec::new(),
                refs: vec![Ref::subject(RefKind::Customer, world.ana)],
                first,
            };
            let case = cases::open(tx, env, new).await?.id;
            let by = Author::System;
            cases::refer_by(tx, env, case, Ref::subject(RefKind::Customer, world.ana), by).await?;
            Ok(case)
        })
        .unwrap();
        let page = kim.get(&format!("/console/cases/{stranger}")).await.is(200).page("en");
        page.says("It is not proved that they are this customer.");
        let path = format!("/console/cases/{stranger}/credit");
        let asked = kim.fill(&path, &form, &[("tokens", "5"), ("reason", "please")]).await;
        assert_eq!(asked.status, 403);
    }
}

#[tokio::test]
async fn a_call_becomes_a_case_with_its_notes() {
    let world = World::new(ENGINES[0]).await;
    let kim = world.shift_of("agent").await;
    let call = |address: &'static str| {
        [
            ("origin", "phone"),
            ("kind", "phone"),
            ("address", address),
            ("language", "da"),
            ("audience", "customer"),
            ("side", "unknown"),
            ("subject", "Ringede om kvittering"),
            ("said", "Vil have sin kvittering igen."),
            ("minutes", "6"),
            ("outcome", "sendt igen"),
        ]
    };
    kim.post("/console/cases/new", &call("hello")).await.is(200).says("Please put this right");
    let opened = kim.post("/console/cases/new", &call("+45 20 12 34 56")).await.leads();
    let page = kim.get(&opened).await.is(200).page("en");
    page.says("by phone").says("Call of 6 min.").says("Outcome: sendt igen").says("not proved");
}

#[tokio::test]
async fn views_drafts_and_keys_are_kept() {
    let world = World::new(ENGINES[0]).await;
    let id = case(&world, Team::Support, "Hallo").await;
    let (kim, tom) = (world.shift_of("agent").await, world.shift_of("lead").await);
    let beat = [("doing", "typing"), ("thread", "customer"), ("text", "Liebe Ana"), ("seen", "1")];
    let heard = tom.post(&format!("/console/cases/{id}/beat"), &beat).await.is(200);
    assert!(heard.text.contains("\"here\":[]"), "{}", heard.text);
    let heard = kim.post(&format!("/console/cases/{id}/beat"), &[("doing", "viewing")]).await;
    assert!(
        heard.text.contains("typing")
            && heard.text.contains("&lt;lead") | heard.text.contains("Kim <lead>"),
        "{}",
        heard.text
    );
    let page = kim.get(&format!("/console/cases/{id}")).await.page("en");
    page.says("is writing").says("began to write here");
    let view = [("name", "Du & ich"), ("state", "new"), ("whose", "me"), ("shared", "yes")];
    let saved = kim.post("/console/inbox/views", &view).await.leads();
    assert!(saved.contains("view=vew_"), "{saved}");
    kim.get(&saved).await.is(200).page("en").says("Forget this view");
    tom.get("/console/inbox").await.page("en");
    assert!(!tom.get("/console/inbox").await.text.contains("Du &#38; ich"), "agents share nothing");
    let odd = [("name", "Odd"), ("state", "paid")];
    assert!(kim.post("/console/inbox/views", &odd).await.leads().ends_with("done=refused"));
    kim.post("/console/inbox/keys", &[("single_keys", "off")]).await.is(303);
    assert!(kim.get("/console/inbox").await.text.contains("data-keys=\"off\""));
    let counts = kim.get("/console/inbox/counts?view=all").await.is(200);
    assert!(counts.text.contains(&id.to_string()), "{}", counts.text);
    assert_eq!(world.stranger().get("/console/inbox").await.leads(), "/console/sign-in");
}

/// An answer in a case, as it waits to be sent, with a key to the customer's page in it.
async fn answered_by_mail(world: &World, id: CaseId) -> MailId {
    let env = &world.web.billing.env;
    let link = "https://pay.example/de/case/geheim";
    let about: MessageId = env.id();
    let new = NewMail {
        to: Email::checked("ana@lumen.example").unwrap(),
        language: Language::De,
        kind: "case_answer",
        about: Some(about.to_string()),
        letter: Letter::new("Re: Zweimal", format!("Ja.\n{link}"), format!("<p>{link}</p>")),
    };
    let carriage = Carriage { case: Some(id), ..Carriage::default() };
    store::write!(world.web.billing.store, |tx| {
        let written = (new.clone(), carriage.clone());
        Ok(mail::queue_in_case(tx, env, &Post::Kept, "pay.example", written).await?)
    })
    .unwrap()
    .unwrap()
}

#[tokio::test]
async fn mail_is_shown_to_whoever_sees_its_case_and_the_key_in_it_to_nobody() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let open = case(&world, Team::Support, "Zweimal").await;
        let hidden = case(&world, Team::Finance, "Nur Buchhaltung").await;
        let open = answered_by_mail(&world, open).await;
        let hidden = answered_by_mail(&world, hidden).await;
        for (role, finance) in [("agent", 404), ("lead", 404), ("finance", 200), ("admin", 200)] {
            let kim = world.shift_of(role).await;
            for path in ["/console/mail", "/console"] {
                let list = kim.get(path).await.is(200).page("en").says("Answer in a case");
                assert!(list.text.contains(&open.to_string()), "{role}");
                assert_eq!(list.text.contains(&hidden.to_string()), finance == 200, "{role}");
                assert!(!list.text.contains("Re: Zweimal"), "{role}");
            }
            let page = kim.get(&format!("/console/mail/{open}")).await.is(200).page("en");
            let page = page.says("may carry a key").says("a…@lumen.example");
            for words in ["geheim", "Re: Zweimal", "ana@lumen.example"] {
                assert!(!page.text.contains(words), "{role} reads {words}");
            }
            kim.get(&format!("/console/mail/{open}/html")).await.is(404);
            assert_eq!(kim.get(&format!("/console/mail/{hidden}")).await.status, finance);
        }
    }
}

#[tokio::test]
async fn a_mail_that_is_not_held_back_is_read_by_whoever_sees_its_case() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let (desk, env) = (&world.web.desk, &world.web.billing.env);
        let mut filed = Vec::new();
        for more in ["", "Auto-Submitted: auto-generated\r\n"] {
            let raw = format!(
                "From: ana@example.org\r\nTo: help@lumen.example\r\nSubject: Payout\r\n\
                 Message-ID: <m{}@example.org>\r\n{more}\r\nWhere is it?\r\n",
                more.len()
            );
            let arrived = Arrived::whole("lmtp", raw.as_bytes());
            let id = store::write!(desk.billing.store, |tx| mail_in::keep(tx, env, &arrived).await)
                .unwrap()
                .id();
            filed.push((id, mail_in::file(desk, id).await.unwrap()));
        }
        let [(joined, Filed::Case(case, _)), (held, _)] = filed[..] else { panic!("{filed:?}") };
        let staff = env.id();
        store::write!(desk.billing.store, |tx| {
            let to = cases::Change::Team(Team::Finance);
            cases::change(tx, env, case, None, Author::System, to).await
        })
        .unwrap();
        for (role, finance) in [("lead", 404), ("finance", 200)] {
            let kim = world.shift_of(role).await;
            for (id, status) in [(joined, finance), (held, 200)] {
                for path in
                    [format!("/console/quarantine/{id}"), format!("/console/quarantine/{id}/raw")]
                {
                    assert_eq!(kim.get(&path).await.status, status, "{role} at {path}");
                }
            }
        }
        store::write!(desk.billing.store, |tx| mail_in::discard(tx, env, held, staff).await)
            .unwrap();
        let lead = world.stranger();
        lead.get(&format!("/console/quarantine/{held}")).await.is(303);
        let admin = world.shift_of("admin").await;
        admin.get(&format!("/console/quarantine/{held}/raw")).await.is(404);
    }
}

#[tokio::test]
async fn words_of_somebody_in_copy_are_not_the_customers_own() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let id = case(&world, Team::Support, "Das sind meine Worte.").await;
        let (env, ben) = (&world.web.billing.env, world.ben);
        store::write!(world.web.billing.store, |tx| {
            let person = people::of_customer(tx, env, ben).await?;
            let hint = Hint { name: None, language: Language::De, audience: Audience::Customer };
            let met = people::meet(tx, env, AddressKind::Mail, "ben@copy.example", &hint).await?;
            let by = Author::Person(person.id);
            let role = (cases::ParticipantRole::Cc, None);
            cases::join(tx, env, id, met.1.id, role, by).await?;
            let (person, address) = (met.0.id, met.1.id);
            let words = "Ich stehe in Kopie.";
            let said = NewMessage::from_person(person, address, Origin::Mail, Language::De, words);
            cases::add(tx, env, id, said).await
        })
        .unwrap();
        let ana = world.browser_of(world.ana).await;
        let page = ana.get(&format!("/de/cases/{id}")).await.is(200).page("de");
        let (own, copy) =
            (page.text.find("Das sind").unwrap(), page.text.find("Ich stehe").unwrap());
        let (you, other) =
            (page.text.find(">Sie</h3>").unwrap(), page.text.find("Jemand in Kopie").unwrap());
        assert!(you < own && own < other && other < copy, "{}", page.text);
        assert_eq!(page.text.matches(">Sie</h3>").count(), 1);
    }
}
