//! A mailbox elsewhere, on both databases, over a line that breaks.

use base::{Env, Fault};
use store::scratch::Scratch;
use store::{Engine, Page};

use super::server::Server;
use super::{Polled, check, poll};
use crate::mail_in::raw::{Extent, RawMail, State};
use crate::mail_in::settings::MailIn;
use crate::mail_in::{bytes, health, rows};

const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

struct Office {
    scratch: Scratch,
    env: Env,
    server: Server,
    mail_in: MailIn,
}

impl Office {
    async fn open(engine: Engine) -> Office {
        let env = Env::fixed("2026-11-22T12:00:00Z".parse().unwrap(), 7);
        let scratch = Scratch::new(engine).await;
        let mail_in = MailIn { largest: 1_000, ..MailIn::default() };
        Office { scratch, env, server: Server::open().await, mail_in }
    }

    async fn polls(&self) -> Result<Polled, Fault> {
        poll(&self.scratch.store, &self.env, &self.mail_in, &self.server.mailbox()).await
    }

    async fn kept(&self) -> Vec<RawMail> {
        let mut reader = self.scratch.store.read().await.unwrap();
        let mut all = rows::raw::list(&mut reader, State::Waiting, Page::first(100)).await.unwrap();
        all.reverse();
        all
    }

    async fn texts(&self) -> Vec<String> {
        let mut reader = self.scratch.store.read().await.unwrap();
        let mut texts = Vec::new();
        for raw in self.kept().await {
            let text = bytes(&mut reader, &raw).await.unwrap();
            texts.push(String::from_utf8(text).unwrap());
        }
        texts.sort();
        texts
    }
}

fn mail(nth: u32) -> String {
    format!("Subject: {nth:03}\r\n\r\nmail {nth}\r\n")
}

#[tokio::test]
async fn every_mail_of_a_folder_is_kept_once_and_marked_as_read() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        for uid in [3, 7, 90] {
            office.server.put(uid, mail(uid));
        }
        assert_eq!(office.polls().await.unwrap(), Polled { kept: 3, left: 0 });
        assert_eq!(office.polls().await.unwrap(), Polled { kept: 0, left: 0 });
        office.server.put(91, mail(91));
        assert_eq!(office.polls().await.unwrap().kept, 1);
        assert_eq!(office.texts().await, [mail(3), mail(7), mail(90), mail(91)]);
        let raw = &office.kept().await[0];
        assert_eq!((raw.door.as_str(), raw.extent), ("imap:support", Extent::Whole));
        assert_eq!(raw.envelope_to, ["help@shop.example"]);
        let asked = office.server.with(|folder| folder.asked.join("\n"));
        assert!(asked.contains("UID STORE 3,7,90 +FLAGS.SILENT (\\Seen)"), "{asked}");
        assert!(asked.contains("UID FETCH 3,7,90 (UID RFC822.SIZE)"), "size first: {asked}");
        assert!(!asked.contains("UID FETCH 1:"), "never a range: {asked}");
    }
}

#[tokio::test]
async fn a_line_cut_at_any_byte_loses_no_mail_and_keeps_none_twice() {
    // About what one look into a folder of three mails is answered with.
    for cut in (0..700).step_by(23) {
        let office = Office::open(Engine::Sqlite).await;
        for uid in 1..=3 {
            office.server.put(uid, mail(uid));
        }
        office.server.with(|folder| folder.cut_after = Some(cut));
        let _ = office.polls().await;
        office.server.with(|folder| folder.cut_after = None);
        office.polls().await.unwrap();
        assert_eq!(office.texts().await, [mail(1), mail(2), mail(3)], "cut after {cut} bytes");
    }
}

#[tokio::test]
async fn a_folder_that_was_numbered_anew_is_read_again_without_a_mail_twice() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        office.server.put(5, mail(5));
        office.server.put(6, mail(6));
        office.polls().await.unwrap();
        office.server.with(|folder| {
            folder.validity = 2;
            folder.mails = vec![(1, mail(6).into()), (2, mail(7).into())];
        });
        assert_eq!(office.polls().await.unwrap().kept, 1);
        assert_eq!(office.texts().await, [mail(5), mail(6), mail(7)]);
        office.server.put(3, mail(8));
        assert_eq!(office.polls().await.unwrap().kept, 1);
    }
}

#[tokio::test]
async fn of_a_mail_that_is_too_large_the_headers_are_kept() {
    let office = Office::open(Engine::Sqlite).await;
    office.server.put(1, format!("Subject: huge\r\n\r\n{}", "x".repeat(2_000)));
    office.server.put(2, mail(2));
    assert_eq!(office.polls().await.unwrap().kept, 2);
    let kept = office.kept().await;
    let huge: Vec<_> = kept.iter().filter(|raw| raw.extent == Extent::Headers).collect();
    assert_eq!(huge.len(), 1);
    assert_eq!(huge[0].size, 2_017);
    assert_eq!(office.texts().await, [mail(2), "Subject: huge\r\n\r\n".to_owned()]);
    let asked = office.server.with(|folder| folder.asked.join("\n"));
    assert!(!asked.contains("UID FETCH 1 (UID BODY.PEEK[])"), "never fetched whole: {asked}");
}

#[tokio::test]
async fn a_mailbox_that_does_not_let_us_in_is_told_without_the_password() {
    let office = Office::open(Engine::Sqlite).await;
    let mut mailbox = office.server.mailbox();
    check(&mailbox).await.unwrap();
    mailbox.password = base::Secret::from_text("geheim");
    let why = check(&mailbox).await.unwrap_err();
    assert!(why.contains("does not let us in") && !why.contains("geheim"), "{why}");
    let looked = poll(&office.scratch.store, &office.env, &office.mail_in, &mailbox).await;
    assert!(looked.is_err());
    let health = health(&mut office.scratch.store.read().await.unwrap()).await.unwrap();
    assert!(health[0].last_error.as_ref().unwrap().contains("does not let us in"));
    office.polls().await.unwrap();
    let mut reader = office.scratch.store.read().await.unwrap();
    assert_eq!(super::super::super::health(&mut reader).await.unwrap()[0].last_error, None);
}
