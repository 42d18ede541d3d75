//! Mail on both databases, against a server that does as it is told.

use std::sync::Arc;
use std::time::Duration;

use base::id::{AddressId, MailId};
use base::{Env, Language, SignedDuration, Stop};
use identity::Email;
use store::jobs::Workers;
use store::scratch::Scratch;
use store::{Engine, Page, Store};

use super::sink::{Sink, Told};
use super::*;
use crate::mail_in;
use crate::people::{self, AddressKind, Audience, Hint};

const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

struct Office {
    _scratch: Scratch,
    store: Store,
    env: Env,
    post: Post,
}

impl Office {
    async fn open(engine: Engine, post: Post) -> Office {
        let scratch = Scratch::new(engine).await;
        let env = Env::fixed("2026-11-21T12:00:00Z".parse().unwrap(), 7);
        Office { store: scratch.store.clone(), _scratch: scratch, env, post }
    }

    async fn over(engine: Engine, sink: &Sink) -> Office {
        Office::open(engine, Post::smtp(&sink.address, "Shop <shop@example.org>").unwrap()).await
    }

    async fn write(&self, about: &str) -> Option<MailId> {
        let mail = NewMail {
            to: Email::checked("ana@example.org").unwrap(),
            language: Language::Da,
            kind: "receipt",
            about: Some(about.to_owned()),
            letter: Letter::new("Kvittering på køb", "Tak.\n".into(), "<p>Tak.</p>".into()),
        };
        let (env, post) = (&self.env, &self.post);
        store::write!(self.store, |tx| {
            Ok(queue(tx, env, post, "shop.example", mail.clone()).await?)
        })
        .unwrap()
    }

    /// A mail to the address of somebody we know, answered at `reply_to`.
    async fn write_to_ana(&self, reply_to: Option<&str>) -> (MailId, AddressId) {
        let (env, post) = (&self.env, &self.post);
        let reply_to = reply_to.map(str::to_owned);
        store::write!(self.store, |tx| {
            let hint = Hint { name: None, language: Language::Da, audience: Audience::Customer };
            let met = people::meet(tx, env, AddressKind::Mail, "ana@example.org", &hint).await?;
            let address = met.1.id;
            let carriage = Carriage {
                address: Some(address),
                reply_to: reply_to.clone(),
                ..Carriage::default()
            };
            let mail = NewMail {
                to: Email::checked("ana@example.org")?,
                language: Language::Da,
                kind: "case_answer",
                about: None,
                letter: Letter::new("Svar", "Hej.\n".into(), "<p>Hej.</p>".into()),
            };
            let written = queue_in_case(tx, env, post, "shop.example", (mail, carriage)).await?;
            Ok((written.unwrap(), address))
        })
        .unwrap()
    }

    /// Works everything that is due now; how many tries that took.
    async fn work(&self) -> usize {
        let send = Send::new(
            self.store.clone(),
            self.env.clone(),
            self.post.clone(),
            "support@shop.example",
        );
        let workers = Workers::new(self.store.clone(), self.env.clone()).with(Arc::new(send));
        workers.run_until_idle().await.unwrap()
    }

    async fn mail(&self, id: MailId) -> Outgoing {
        let mut reader = self.store.read().await.unwrap();
        find(&mut reader, id).await.unwrap().unwrap()
    }

    fn pass(&self, minutes: i64) {
        self.env.clock.advance(SignedDuration::from_mins(minutes));
    }
}

fn header<'a>(mail: &'a str, name: &str) -> Vec<&'a str> {
    let (head, _) = mail.split_once("\n\n").unwrap();
    head.lines().filter(|line| line.starts_with(&format!("{name}: "))).collect()
}

#[tokio::test]
async fn a_mail_is_sent_once_with_headers_that_tell_what_it_is() {
    for engine in ENGINES {
        let sink = Sink::open([]).await;
        let office = Office::over(engine, &sink).await;
        let id = office.write("pay_1").await.unwrap();
        assert_eq!((office.work().await, office.work().await), (1, 0));
        let mail = office.mail(id).await;
        assert_eq!((mail.state, mail.attempts), (State::Sent, 1));
        assert_eq!(mail.sent_at, Some(office.env.now()));
        let [raw] = &sink.mails()[..] else { panic!("one mail") };
        for (name, value) in [
            ("From", "Shop <shop@example.org>"),
            ("To", "ana@example.org"),
            ("Reply-To", "support@shop.example"),
            ("Message-ID", &format!("<{id}@shop.example>")),
            ("Date", "Sat, 21 Nov 2026 12:00:00 +0000"),
            ("Auto-Submitted", "auto-generated"),
            ("Content-Language", "da"),
            ("MIME-Version", "1.0"),
        ] {
            assert_eq!(header(raw, name), [format!("{name}: {value}")], "{raw}");
        }
        assert!(!raw.contains("List-"), "{raw}");
        assert!(raw.contains("Content-Type: multipart/alternative;"), "{raw}");
        assert!(raw.lines().all(|line| line.len() <= 998 && line.is_ascii()), "{raw}");
    }
}

#[tokio::test]
async fn the_same_is_written_once() {
    for engine in ENGINES {
        let sink = Sink::open([]).await;
        let office = Office::over(engine, &sink).await;
        assert!(office.write("pay_1").await.is_some());
        assert!(office.write("pay_1").await.is_none());
        assert!(office.write("pay_2").await.is_some());
        office.work().await;
        assert_eq!(sink.mails().len(), 2);
        let mut reader = office.store.read().await.unwrap();
        assert_eq!(list(&mut reader, Page::first(10)).await.unwrap().len(), 2);
        let found = of(&mut reader, "receipt", "pay_2").await.unwrap().unwrap();
        assert_eq!(found.about.as_deref(), Some("pay_2"));
    }
}

#[tokio::test]
async fn a_server_that_is_busy_is_asked_again_later() {
    for engine in ENGINES {
        let busy = Told::AnswerReader("451 4.3.0 busy");
        let sink = Sink::open([busy, busy, Told::Take]).await;
        let office = Office::over(engine, &sink).await;
        let id = office.write("pay_1").await.unwrap();
        assert_eq!((office.work().await, office.work().await), (1, 0));
        let mail = office.mail(id).await;
        assert_eq!((mail.state, mail.attempts), (State::Queued, 1));
        assert!(mail.last_error.unwrap().contains("451"));
        office.pass(2);
        assert_eq!(office.work().await, 1);
        office.pass(6);
        assert_eq!(office.work().await, 1);
        let mail = office.mail(id).await;
        assert_eq!((mail.state, mail.attempts, mail.last_error), (State::Sent, 3, None));
        assert_eq!(sink.mails().len(), 1);
    }
}

#[tokio::test]
async fn what_a_server_took_without_a_word_goes_out_again_under_the_same_id() {
    for engine in ENGINES {
        let sink = Sink::open([Told::CutAfterMail, Told::SaySilent, Told::Take]).await;
        let mut office = Office::over(engine, &sink).await;
        if let Post::Smtp(smtp) = office.post.clone() {
            office.post = Post::Smtp(smtp.one_mail_within(Duration::from_millis(300)));
        }
        let id = office.write("pay_1").await.unwrap();
        for _ in 0..3 {
            assert_eq!(office.work().await, 1);
            office.pass(10);
        }
        assert_eq!(office.mail(id).await.state, State::Sent);
        let mails = sink.mails();
        assert_eq!(mails.len(), 3, "handed over three times");
        let ids: Vec<_> = mails.iter().map(|mail| header(mail, "Message-ID")).collect();
        assert!(ids.iter().all(|id| id == &ids[0] && id.len() == 1), "{ids:?}");
    }
}

#[tokio::test]
async fn a_reader_who_does_not_exist_is_not_tried_again_until_staff_say_so() {
    for engine in ENGINES {
        let sink = Sink::open([Told::AnswerReader("550 5.1.1 no such user"), Told::Take]).await;
        let office = Office::over(engine, &sink).await;
        let id = office.write("pay_1").await.unwrap();
        office.work().await;
        let mail = office.mail(id).await;
        assert_eq!((mail.state, mail.attempts), (State::Failed, 1));
        office.pass(10_000);
        assert_eq!(office.work().await, 0);
        let env = &office.env;
        let again = async |id| -> Result<(), Stop> {
            store::write!(office.store, |tx| send_again(tx, env, id).await)
        };
        again(id).await.unwrap();
        office.work().await;
        assert_eq!(office.mail(id).await.state, State::Sent);
        let code = |answer: Result<(), Stop>| answer.unwrap_err().refusal().unwrap().code;
        assert_eq!(code(again(id).await), "mail_not_failed");
        assert_eq!(code(again(env.id()).await), "mail_unknown");
    }
}

#[tokio::test]
async fn only_a_server_that_knows_no_such_reader_marks_the_address() {
    let (busy, nobody) =
        (Told::AnswerReader("451 4.3.0 busy"), Told::AnswerReader("550 5.1.1 no such user"));
    for engine in ENGINES {
        for (told, reply_to, marked) in [
            (vec![nobody], None, true),
            (vec![busy, nobody], None, true),
            // What we wrote cannot be sent: that is no fault of the reader.
            (vec![], Some("nobody at all"), false),
        ] {
            let sink = Sink::open(told).await;
            let office = Office::over(engine, &sink).await;
            let (id, address) = office.write_to_ana(reply_to).await;
            office.work().await;
            office.pass(2);
            office.work().await;
            assert_eq!(office.mail(id).await.state, State::Failed);
            let mut reader = office.store.read().await.unwrap();
            let address = people::address(&mut reader, address).await.unwrap().unwrap();
            let (value, now) = (address.value.as_str(), office.env.now());
            let quiet = mail_in::suppressed(&mut reader, value, now).await.unwrap();
            assert_eq!((address.bounced_at.is_some(), quiet.is_some()), (marked, marked));
        }
    }
}

#[tokio::test]
async fn a_server_that_is_away_for_days_ends_in_a_failure_that_staff_see() {
    let office =
        Office::open(Engine::Sqlite, Post::smtp("smtp://127.0.0.1:1", "shop@example.org").unwrap())
            .await;
    assert!(office.post.check().await.is_err());
    let id = office.write("pay_1").await.unwrap();
    for _ in 0..10 {
        assert_eq!(office.work().await, 1);
        office.pass(2 * 24 * 60);
    }
    assert_eq!(office.work().await, 0);
    let mail = office.mail(id).await;
    assert_eq!((mail.state, mail.attempts), (State::Failed, 10));
    assert!(mail.last_error.is_some());
}

#[tokio::test]
async fn a_goodbye_that_fails_sends_nothing_twice() {
    let sink = Sink::open([Told::TakeAndCut]).await;
    let office = Office::over(Engine::Sqlite, &sink).await;
    let id = office.write("pay_1").await.unwrap();
    office.work().await;
    assert_eq!((office.mail(id).await.state, sink.mails().len()), (State::Sent, 1));
}

#[tokio::test]
async fn a_server_that_does_not_take_our_name_is_no_fault_of_the_reader() {
    let sink = Sink::open([Told::AnswerSender("550 5.7.1 not from you")]).await;
    let office = Office::over(Engine::Sqlite, &sink).await;
    let id = office.write("pay_1").await.unwrap();
    office.work().await;
    assert_eq!(office.mail(id).await.state, State::Queued);
    office.pass(2);
    office.work().await;
    assert_eq!(office.mail(id).await.state, State::Sent);
}

#[tokio::test]
async fn without_a_server_mail_is_kept_and_nothing_is_tried() {
    for engine in ENGINES {
        let office = Office::open(engine, Post::Kept).await;
        let id = office.write("pay_1").await.unwrap();
        assert_eq!(office.work().await, 0);
        assert_eq!(office.mail(id).await.state, State::Kept);
    }
}

#[tokio::test]
async fn a_server_that_answers_passes_the_check() {
    let sink = Sink::open([]).await;
    Post::smtp(&sink.address, "shop@example.org").unwrap().check().await.unwrap();
    assert!(sink.mails().is_empty());
}

#[tokio::test]
async fn a_server_that_asks_who_we_are_is_told_and_a_wrong_password_is_ours_to_mend() {
    let sink = Sink::open([]).await;
    let with = |password: &str| {
        let address = sink.address.replace("smtp://", &format!("smtp://shop:{password}@"));
        Post::smtp(&address, "shop@example.org").unwrap()
    };
    with("p%40ss").check().await.unwrap();
    let why = with("geheim").check().await.unwrap_err();
    assert!(why.contains("535") && !why.contains("geheim"), "{why}");
    let office = Office::open(Engine::Sqlite, with("geheim")).await;
    let id = office.write("pay_1").await.unwrap();
    office.work().await;
    assert_eq!(office.mail(id).await.state, State::Queued);
}

#[tokio::test]
async fn a_connection_that_cannot_be_encrypted_carries_no_mail() {
    let sink = Sink::open([]).await;
    let address = format!("{}?tls=required", sink.address);
    let office =
        Office::open(Engine::Sqlite, Post::smtp(&address, "shop@example.org").unwrap()).await;
    let id = office.write("pay_1").await.unwrap();
    office.work().await;
    assert_eq!((office.mail(id).await.state, sink.mails().len()), (State::Queued, 0));
}

#[test]
fn nothing_in_a_subject_begins_another_header() {
    let subject = "Receipt\r\nBcc: eve@example.org\u{85}x";
    let letter = Letter::new(subject, String::new(), String::new());
    assert_eq!(letter.subject, "Receipt  Bcc: eve@example.org x");
    let long = Letter::new(&"å".repeat(500), String::new(), String::new());
    assert_eq!(long.subject.chars().count(), 200);
}
