//! The door over a line in memory, on both databases.

use base::Env;
use store::Engine;
use store::scratch::Scratch;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream};

use super::talk;
use crate::mail_in::raw::{RawMail, State};
use crate::mail_in::settings::MailIn;
use crate::mail_in::{bytes, rows};

const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];
const HELLO: &str = "LHLO mail.example.org\r\n";
const ENVELOPE: &str = "MAIL FROM:<ana@example.org>\r\nRCPT TO:<help@shop.example>\r\nDATA\r\n";

struct Door {
    scratch: Scratch,
    env: Env,
    mail_in: MailIn,
}

impl Door {
    async fn open(engine: Engine) -> Door {
        let mail_in = MailIn {
            addresses: vec!["help@shop.example".to_owned(), "sales@shop.example".to_owned()],
            largest: 10_000,
            ..MailIn::default()
        };
        let env = Env::fixed("2026-11-22T12:00:00Z".parse().unwrap(), 7);
        Door { scratch: Scratch::new(engine).await, env, mail_in }
    }

    /// Says all of it at once, hangs up, and gives what was answered.
    async fn hears(&self, said: &[u8]) -> String {
        let (mut near, far) = tokio::io::duplex(1 << 20);
        near.write_all(said).await.unwrap();
        near.shutdown().await.unwrap();
        let _ = self.talks(far).await;
        let mut answer = String::new();
        near.read_to_string(&mut answer).await.unwrap();
        answer
    }

    async fn talks(&self, far: DuplexStream) -> std::io::Result<()> {
        talk(far, &self.scratch.store, &self.env, &self.mail_in).await
    }

    async fn kept(&self) -> Vec<RawMail> {
        let mut reader = self.scratch.store.read().await.unwrap();
        rows::raw::list(&mut reader, State::Waiting, store::Page::first(100)).await.unwrap()
    }

    async fn bytes(&self, raw: &RawMail) -> Vec<u8> {
        bytes(&mut self.scratch.store.read().await.unwrap(), raw).await.unwrap()
    }
}

#[tokio::test]
async fn a_mail_is_kept_byte_by_byte_with_its_envelope() {
    for engine in ENGINES {
        let door = Door::open(engine).await;
        let said = format!(
            "{HELLO}MAIL FROM:<ana@example.org>\r\nRCPT TO:<help+abc@shop.example>\r\n\
             RCPT TO:<nobody@shop.example>\r\nRCPT TO:<Sales@shop.example>\r\nDATA\r\n\
             Subject: hi\r\n\r\n..a dot\r\n.\n.\rno end\r\nend\r\n.\r\nQUIT\r\n"
        );
        let answer = door.hears(said.as_bytes()).await;
        assert_eq!(answer.matches("250 2.0.0 kept\r\n").count(), 2, "{answer}");
        assert!(answer.contains("550 5.1.1") && answer.ends_with("221 2.0.0 goodbye\r\n"));
        let [raw] = &door.kept().await[..] else { panic!("one mail") };
        assert_eq!(raw.envelope_from.as_deref(), Some("ana@example.org"));
        assert_eq!(raw.envelope_to, ["help+abc@shop.example", "Sales@shop.example"]);
        let text = "Subject: hi\r\n\r\n.a dot\r\n\n.\rno end\r\nend\r\n";
        assert_eq!(String::from_utf8(door.bytes(raw).await).unwrap(), text);
    }
}

#[tokio::test]
async fn a_mail_whose_answer_was_lost_comes_again_and_is_kept_once() {
    for engine in ENGINES {
        let door = Door::open(engine).await;
        let said = format!("{HELLO}{ENVELOPE}Subject: hi\r\n\r\nhello\r\n.\r\n");
        // The line is cut while the answer is on its way: we never hear it.
        let (mut near, far) = tokio::io::duplex(64 * 1024);
        near.write_all(said.as_bytes()).await.unwrap();
        let cut = async {
            while door.kept().await.is_empty() {
                tokio::task::yield_now().await;
            }
            drop(near);
        };
        let _ = tokio::join!(door.talks(far), cut);
        assert_eq!(door.kept().await.len(), 1);
        assert!(door.hears(said.as_bytes()).await.contains("250 2.0.0 kept"));
        assert_eq!(door.kept().await.len(), 1);
    }
}

#[tokio::test]
async fn a_mail_that_is_cut_off_is_not_kept_and_one_too_large_is_refused_without_being_stored() {
    let door = Door::open(Engine::Sqlite).await;
    door.hears(format!("{HELLO}{ENVELOPE}Subject: hi\r\n\r\nhalf a").as_bytes()).await;
    let large = "x".repeat(9_000) + "\r\n" + &"y".repeat(9_000);
    let said = format!("{HELLO}{ENVELOPE}{large}\r\n.\r\n{ENVELOPE}small\r\n.\r\nQUIT\r\n");
    let answer = door.hears(said.as_bytes()).await;
    assert!(answer.contains("552 5.3.4"), "{answer}");
    assert!(answer.contains("250 2.0.0 kept"), "the next one goes through: {answer}");
    let [raw] = &door.kept().await[..] else { panic!("one mail") };
    assert_eq!(door.bytes(raw).await, b"small\r\n");
}

#[tokio::test]
async fn a_second_mail_cannot_be_hidden_behind_a_bare_line_end() {
    let door = Door::open(Engine::Sqlite).await;
    let said = format!(
        "{HELLO}{ENVELOPE}a\n.\nMAIL FROM:<eve@example.org>\r\nb\r\n.\n c\n.\r\nd\r\n.\r\n"
    );
    let answer = door.hears(said.as_bytes()).await;
    assert_eq!(answer.matches("kept").count(), 1, "{answer}");
    assert_eq!(door.kept().await.len(), 1);
}

#[tokio::test]
async fn a_line_of_any_length_ends_a_mail_where_it_ends() {
    let door = Door::open(Engine::Sqlite).await;
    for length in 4090..4100 {
        let said = format!("{HELLO}{ENVELOPE}{}\r\n.\r\nQUIT\r\n", "x".repeat(length));
        let answer = door.hears(said.as_bytes()).await;
        assert!(answer.contains("kept") && answer.contains("221"), "{length}: {answer}");
    }
    assert_eq!(door.kept().await.len(), 10);
}

#[tokio::test]
async fn mail_without_a_line_end_and_commands_without_an_end_do_not_fill_the_memory() {
    let door = Door::open(Engine::Sqlite).await;
    let answer = door.hears(&[b'x'; 200_000]).await;
    assert!(answer.starts_with("220 "));
    let said = [HELLO.as_bytes(), ENVELOPE.as_bytes(), &[b'z'; 300_000]].concat();
    door.hears(&said).await;
    assert!(door.kept().await.is_empty());
}
