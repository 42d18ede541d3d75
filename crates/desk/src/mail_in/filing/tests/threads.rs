//! A mail finds its case, and nobody else's.

use base::SignedDuration;
use identity::staff::{self, NewStaff, Role};
use identity::{Email, Name};

use super::office::ALIGNED;
use super::{ENGINES, Office, mail};
use crate::cases::{
    self, Author, CaseState, Change, Direction, LinkKind, Origin, ParticipantRole, ThreadKind, To,
};
use crate::mail::Hand;
use crate::mail_in::filing::Filed;
use crate::mail_in::token::{Token, TokenKind};
use crate::people::{self, AddressKind, Audience, Hint};

#[tokio::test]
async fn a_mail_becomes_a_case_and_is_acknowledged_without_its_own_words() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let raw = mail("Ana <ana@example.org>", "Where are my tokens?", "", "I paid twice.");
        let case = office.case_of(&raw).await;
        assert_eq!((case.subject.as_str(), case.origin), ("Where are my tokens?", Origin::Mail));
        let [said] = &office.said(case.id).await[..] else { panic!("one message") };
        assert_eq!((said.text.trim(), said.direction), ("I paid twice.", Direction::In));
        assert_eq!(said.verdict.as_deref(), Some("none"));
        let [ack] = &office.sent().await[..] else { panic!("one mail") };
        assert_eq!(ack.to, "ana@example.org");
        assert!(ack.subject.contains(case.reference.as_str()), "{}", ack.subject);
        assert!(!ack.text.contains("tokens") && !ack.text.contains("twice"), "{}", ack.text);
        let carriage = ack.carriage.as_ref().unwrap();
        assert_eq!(carriage.hand, Hand::Program);
        let wire = crate::mail::message::bytes(ack, "House <pay@house.example>", case.created_at);
        let wire = String::from_utf8(wire).unwrap();
        for line in
            ["Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All", "Precedence: bulk"]
        {
            assert!(wire.contains(line), "{wire}");
        }
        assert!(wire.contains("Reply-To: help+"), "{wire}");
    }
}

#[tokio::test]
async fn an_answer_to_our_answer_comes_back_to_its_case_by_each_of_three_ways() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let case = office.case_of(mail("ana@example.org", "Tokens", "", "Where are they?")).await;
        let out = office.answers(&case, "They are there.").await;
        let carriage = out.carriage.clone().unwrap();
        assert_eq!(out.subject, format!("Re: Tokens [{}]", case.reference));
        assert!(carriage.in_reply_to.is_some(), "{carriage:?}");
        assert!(out.text.contains("> Where are they?"), "{}", out.text);
        let reply_to = carriage.reply_to.clone().unwrap();
        let ways = [
            format!("To: <{reply_to}>\r\n"),
            format!("In-Reply-To: <{}>\r\n", out.message_id),
            format!("References: <x@y> <{}>\r\n", out.message_id.to_uppercase()),
            format!("In-Reply-To: <{}>\r\n", carriage.references[0]),
        ];
        for (nth, way) in ways.iter().enumerate() {
            let back = mail("Ana@Example.org", "something else", way, &format!("thanks {nth}"));
            assert_eq!(office.case_of(&back).await.id, case.id, "{way}");
        }
        let case = office.case(case.id).await;
        assert_eq!(case.state, CaseState::Open);
        assert_eq!(office.said(case.id).await.len(), 2 + ways.len());
        assert_eq!(office.sent().await.len(), 2, "no second acknowledgment");
    }
}

#[tokio::test]
async fn a_signed_word_in_a_strangers_hands_opens_a_case_of_its_own() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let case = office.case_of(mail("ana@example.org", "Tokens", "", "Where?")).await;
        let out = office.answers(&case, "There.").await;
        let reply_to = out.carriage.clone().unwrap().reply_to.unwrap();
        for (nth, more) in
            [format!("To: <{reply_to}>\r\n"), format!("In-Reply-To: <{}>\r\n", out.message_id)]
                .iter()
                .enumerate()
        {
            let from = format!("eve{nth}@example.net");
            let subject = format!("Re: [{}]", case.reference);
            let other = office.case_of(mail(&from, &subject, more, "let me in")).await;
            assert_ne!(other.id, case.id);
            let mut reader = office.scene.store.read().await.unwrap();
            let links = cases::links_of(&mut reader, other.id).await.unwrap();
            assert_eq!((links.len(), links[0].kind), (1, LinkKind::Related));
            assert_eq!(links[0].from, case.id);
        }
        assert_eq!(office.said(case.id).await.len(), 2);
    }
}

#[tokio::test]
async fn a_reference_in_the_subject_leads_who_takes_part_and_nobody_else() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let case = office.case_of(mail("ana@example.org", "Tokens", "", "Where?")).await;
        let subject = format!("again [{}]", case.reference.as_str().to_lowercase());
        let back = office.case_of(mail("ana@example.org", &subject, "", "still here")).await;
        assert_eq!(back.id, case.id);
        let other = office.case_of(mail("eve@example.net", &subject, "", "hello")).await;
        assert_ne!(other.id, case.id);
        let same = office.case_of(mail("bo@example.org", "Tokens", "", "same subject")).await;
        assert_ne!(same.id, case.id, "a subject alone leads nowhere");
    }
}

#[tokio::test]
async fn a_sender_whose_domain_denies_them_joins_nothing() {
    let office = Office::open(ENGINES[0]).await;
    let case = office.case_of(mail("ana@example.org", "Tokens", "", "Where?")).await;
    let failed = "Authentication-Results: mx.house.example; dmarc=fail (p=none) \
        header.from=example.org\r\n";
    let subject = format!("[{}]", case.reference);
    let forged = office.case_of(mail("ana@example.org", &subject, failed, "forged")).await;
    assert_ne!(forged.id, case.id);
    assert_eq!(office.said(forged.id).await[0].verdict.as_deref(), Some("failed"));
}

#[tokio::test]
async fn a_creators_answer_stays_in_their_thread_and_the_customer_cannot_get_there() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let case = office.case_of(mail("ana@example.org", "My secret", "", "Where?")).await;
        let (env, store) = (&office.scene.env, &office.scene.store);
        let creator: base::id::CreatorId = store::write!(store, |tx| {
            let new = identity::creators::NewCreator {
                external_ref: None,
                name: Name::checked("Mia")?,
                share: base::Share::ALL,
            };
            Ok(identity::creators::register(tx, env, new).await?.id)
        })
        .unwrap();
        let thread = To::Creator(creator);
        store::write!(store, |tx| {
            let hint = Hint { name: None, language: case.language, audience: Audience::Creator };
            let (_, address) =
                people::meet(tx, env, AddressKind::Mail, "mia@studio.example", &hint).await?;
            let role = (ParticipantRole::Creator, Some(creator.to_string()));
            cases::join(tx, env, case.id, address.id, role, Author::System).await
        })
        .unwrap();
        let staff = office.scene.staff(Role::Agent).await;
        let out = office.says(&case, thread, Author::Staff(staff.id), "Did it happen?").await;
        assert_eq!(out.to, "mia@studio.example");
        assert!(!out.subject.contains("secret"), "{}", out.subject);
        assert!(!out.text.contains("Where?") && !out.text.contains("/case/"), "{}", out.text);
        let reply_to = out.carriage.clone().unwrap().reply_to.unwrap();
        let to = format!("To: <{reply_to}>\r\n");
        let back = mail("mia@studio.example", "Re: it", &to, "It did.");
        assert_eq!(office.case_of(back).await.id, case.id);
        let said = office.said(case.id).await;
        let last = said.last().unwrap();
        assert_eq!((last.thread_kind, last.text.trim()), (ThreadKind::Creator, "It did."));
        let stray = office.case_of(mail("ana@example.org", "Re: it", &to, "let me in")).await;
        assert_ne!(stray.id, case.id);
    }
}

#[tokio::test]
async fn a_merged_case_is_followed_and_a_closed_one_goes_on_in_another() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let first = office.case_of(mail("ana@example.org", "One", "", "Where?")).await;
        let second = office.case_of(mail("ana@example.org", "Two", "", "Where else?")).await;
        let out = office.answers(&first, "There.").await;
        let (env, store) = (&office.scene.env, &office.scene.store);
        store::write!(store, |tx| {
            cases::merge(tx, env, first.id, second.id, Author::System).await
        })
        .unwrap();
        let way = format!("In-Reply-To: <{}>\r\n", out.message_id);
        let back = office.case_of(mail("ana@example.org", "Re: One", &way, "thanks")).await;
        assert_eq!(back.id, second.id);
        let staff = office.scene.staff(Role::Agent).await;
        for (state, by) in
            [(CaseState::Solved, Author::Staff(staff.id)), (CaseState::Closed, Author::System)]
        {
            store::write!(store, |tx| {
                cases::change(tx, env, second.id, None, by, Change::State(state)).await
            })
            .unwrap();
        }
        let late = office.case_of(mail("ana@example.org", "Re: One", &way, "once more")).await;
        assert!(late.id != first.id && late.id != second.id);
        let mut reader = store.read().await.unwrap();
        let links = cases::links_of(&mut reader, late.id).await.unwrap();
        assert!(links.iter().any(|link| link.kind == LinkKind::FollowUp), "{links:?}");
    }
}

#[tokio::test]
async fn who_is_in_copy_takes_part_without_reading_if_the_sender_is_vouched_for() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let copied = "Cc: Bo <bo@example.org>, help@house.example\r\n";
        let open = office.case_of(mail("ana@example.org", "One", copied, "with Bo")).await;
        let more = format!("{ALIGNED}{copied}");
        let vouched = office.case_of(mail("ana@example.org", "Two", &more, "again with Bo")).await;
        let mut reader = office.scene.store.read().await.unwrap();
        let alone = cases::participants_of(&mut reader, open.id).await.unwrap();
        assert_eq!(alone.len(), 1, "{alone:?}");
        let both = cases::participants_of(&mut reader, vouched.id).await.unwrap();
        let bo = both.iter().find(|who| who.role == ParticipantRole::Cc).unwrap();
        assert_eq!((both.len(), bo.may_read), (2, false), "{both:?}");
    }
}

#[tokio::test]
async fn staff_answer_by_mail_with_their_own_word_and_a_domain_that_vouches() {
    let office = Office::open(ENGINES[0]).await;
    let case = office.case_of(mail("ana@example.org", "Tokens", "", "Where?")).await;
    let (env, store) = (&office.scene.env, &office.scene.store);
    let new = NewStaff {
        email: Email::checked("kim@example.org").unwrap(),
        name: Name::checked("Kim").unwrap(),
        role: Role::Agent,
    };
    let kim = store::write!(store, |tx| staff::add(tx, env, new.clone()).await).unwrap().0;
    let thread = office.said(case.id).await[0].thread;
    let vault = &office.scene.desk.identity.vault;
    let until = env.now() + SignedDuration::from_hours(48);
    let word = Token::new(vault, TokenKind::Staff, thread, "kim@example.org", until);
    let to = format!("To: help+{}@house.example\r\n", word.written(vault));
    let told = mail("kim@example.org", "Re: Tokens", &to, "not vouched for");
    assert_ne!(office.case_of(told).await.id, case.id);
    let more = format!("{to}{ALIGNED}");
    let eve = mail("eve@example.org", "Re: Tokens", &more, "not her word");
    assert_ne!(office.case_of(eve).await.id, case.id);
    let text = "They are there.\r\n\r\nOn Sun, 22 Nov 2026 at 11:00, Ana <ana@example.org> wrote:\r\n> Where?\r\n";
    let back = mail("kim@example.org", "Re: Tokens", &more, text);
    assert_eq!(office.case_of(back).await.id, case.id);
    let said = office.said(case.id).await;
    let last = said.last().unwrap();
    assert_eq!((last.direction, last.author), (Direction::Out, Author::Staff(kim.id)));
    assert_eq!(last.text.trim(), "They are there.");
}

#[tokio::test]
async fn the_same_mail_by_two_doors_is_one_message_and_one_id_for_two_mails_is_two() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let own = "Message-ID: <same@mail.example>\r\n";
        let raw = mail("ana@example.org", "Tokens", own, "Where are they?");
        let case = office.case_of(&raw).await;
        let there = format!("Received: by elsewhere\r\n{raw}");
        let id = office.arrives_at("imap:support", &there).await;
        let filed = crate::mail_in::filing::file(&office.scene.desk, id).await.unwrap();
        assert_eq!(filed, Filed::Twice);
        assert_eq!(office.said(case.id).await.len(), 1);
        let broken = mail("ana@example.org", "Other", own, "A program with one id for all.");
        assert_ne!(office.case_of(&broken).await.id, case.id);
    }
}

#[tokio::test]
async fn an_old_mail_of_ours_answered_about_something_else_begins_a_case_of_its_own() {
    let office = Office::open(ENGINES[0]).await;
    let case = office.case_of(mail("ana@example.org", "Missing tokens", "", "Where?")).await;
    let out = office.answers(&case, "There.").await;
    let to = format!("To: <{}>\r\n", out.carriage.unwrap().reply_to.unwrap());
    office.pass(61 * 24 * 60);
    let about = office.case_of(mail("ana@example.org", "Re: Missing tokens", &to, "still")).await;
    assert_eq!(about.id, case.id);
    let other = office.case_of(mail("ana@example.org", "My password", &to, "forgotten")).await;
    assert_ne!(other.id, case.id);
}
