//! A desk with an address, mails that arrive, and what becomes of them.

use std::sync::Arc;

use base::SignedDuration;
use base::id::{CaseId, RawMailId};
use identity::staff::Role;
use store::jobs::Workers;
use store::{Engine, Page};

use crate::DeskSettings;
use crate::cases::{self, Author, Case, Message, NewMessage, Origin, ThreadKind, To};
use crate::mail::{self, Outgoing};
use crate::mail_in::filing::{FileMail, Filed, file};
use crate::mail_in::keep::{Arrived, keep};
use crate::mail_in::raw::{RawMail, State};
use crate::mail_in::rows;
use crate::mail_in::settings::MailIn;
use crate::people::{self, Address, AddressKind};
use crate::scene::Scene;

pub(super) use crate::scene::ENGINES;

pub(super) const HELP: &str = "help@house.example";

/// A mail: `From`, `Subject`, more headers each with its line end, and what it says.
pub(super) fn mail(from: &str, subject: &str, more: &str, text: &str) -> String {
    let id = format!("{:x}", from.len() * 7 + subject.len() * 131 + text.len() * 17);
    let own = if more.contains("Message-ID:") {
        String::new()
    } else {
        format!("Message-ID: <{id}.{}@mail.example>\r\n", text.split(' ').next().unwrap_or("x"))
    };
    let to = if more.contains("To:") { "" } else { "To: help@house.example\r\n" };
    format!(
        "From: {from}\r\n{to}Subject: {subject}\r\n{own}{more}\
         Date: Sun, 22 Nov 2026 11:59:00 +0000\r\n\r\n{text}\r\n"
    )
}

/// Our server says that the sender is who they say.
pub(super) const ALIGNED: &str = "Authentication-Results: mx.house.example; dmarc=pass \
    header.from=example.org\r\n";

pub(super) struct Office {
    pub(super) scene: Scene,
}

impl Office {
    pub(super) async fn open(engine: Engine) -> Office {
        Office::with(engine, HELP).await
    }

    pub(super) async fn with(engine: Engine, address: &str) -> Office {
        let mail_in = MailIn {
            addresses: vec![address.to_owned()],
            authserv: Some("mx.house.example".to_owned()),
            ..MailIn::default()
        };
        let settings = DeskSettings { mail_in, ..DeskSettings::default() };
        Office { scene: Scene::with(engine, settings).await }
    }

    pub(super) async fn arrives(&self, raw: impl AsRef<[u8]>) -> RawMailId {
        self.arrives_at("lmtp", raw).await
    }

    pub(super) async fn arrives_at(&self, door: &str, raw: impl AsRef<[u8]>) -> RawMailId {
        let arrived = Arrived::whole(door, raw.as_ref());
        let env = &self.scene.env;
        store::write!(self.scene.store, |tx| keep(tx, env, &arrived).await).unwrap().id()
    }

    /// Keeps and files it.
    pub(super) async fn files(&self, raw: impl AsRef<[u8]>) -> Filed {
        let id = self.arrives(raw).await;
        file(&self.scene.desk, id).await.unwrap()
    }

    /// Files it, and gives the case it went to.
    pub(super) async fn case_of(&self, raw: impl AsRef<[u8]>) -> Case {
        match self.files(raw).await {
            Filed::Case(case, _) => self.case(case).await,
            other => panic!("{other:?}"),
        }
    }

    pub(super) async fn case(&self, id: CaseId) -> Case {
        let mut reader = self.scene.store.read().await.unwrap();
        cases::find(&mut reader, id).await.unwrap().unwrap()
    }

    pub(super) async fn said(&self, case: CaseId) -> Vec<Message> {
        let mut reader = self.scene.store.read().await.unwrap();
        cases::messages(&mut reader, case, ThreadKind::ALL, 0, 100).await.unwrap()
    }

    /// Staff answer, and the answer leaves at once; the mail it left as.
    pub(super) async fn answers(&self, case: &Case, text: &str) -> Outgoing {
        let staff = self.scene.staff(Role::Agent).await;
        self.says(case, To::Customer, Author::Staff(staff.id), text).await
    }

    pub(super) async fn says(&self, case: &Case, to: To, by: Author, text: &str) -> Outgoing {
        let answer = NewMessage::answer(by, Origin::Staff, case.language, text);
        let answer = NewMessage { thread: to, ..answer };
        let env = &self.scene.env;
        let added = store::write!(self.scene.store, |tx| {
            cases::add(tx, env, case.id, answer.clone()).await
        });
        let message = added.unwrap().message;
        self.works().await;
        let mut reader = self.scene.store.read().await.unwrap();
        let found = mail::of(&mut reader, "case_answer", &message.id.to_string()).await.unwrap();
        found.expect("the answer left as a mail")
    }

    /// Works whatever is due.
    pub(super) async fn works(&self) -> usize {
        let desk = &self.scene.desk;
        let workers = Workers::new(self.scene.store.clone(), self.scene.env.clone());
        let workers = crate::works(desk).into_iter().fold(workers, Workers::with);
        workers.run_until_idle().await.unwrap()
    }

    /// A worker that files and does nothing else.
    pub(super) async fn files_jobs(&self) -> usize {
        let workers = Workers::new(self.scene.store.clone(), self.scene.env.clone());
        let filer = Arc::new(FileMail::new(self.scene.desk.clone()));
        workers.with(filer).run_until_idle().await.unwrap()
    }

    pub(super) async fn raw(&self, id: RawMailId) -> RawMail {
        let mut reader = self.scene.store.read().await.unwrap();
        rows::raw::find(&mut reader, id).await.unwrap().unwrap()
    }

    pub(super) async fn in_state(&self, state: State) -> Vec<RawMail> {
        let mut reader = self.scene.store.read().await.unwrap();
        rows::raw::list(&mut reader, state, Page::first(100)).await.unwrap()
    }

    /// The mails that went out, oldest first.
    pub(super) async fn sent(&self) -> Vec<Outgoing> {
        let mut reader = self.scene.store.read().await.unwrap();
        let mut all = mail::list(&mut reader, Page::first(100)).await.unwrap();
        all.reverse();
        all
    }

    pub(super) async fn address(&self, value: &str) -> Address {
        let mut reader = self.scene.store.read().await.unwrap();
        let found = people::find_address(&mut reader, AddressKind::Mail, value).await.unwrap();
        found.unwrap()
    }

    pub(super) fn pass(&self, minutes: i64) {
        self.scene.env.clock.advance(SignedDuration::from_mins(minutes));
    }
}
