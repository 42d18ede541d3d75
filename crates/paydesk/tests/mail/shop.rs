//! The program as it is served, with its doors for mail open.

use std::time::Duration;

use base::Stop;
use base::id::CaseId;
use desk::cases::{self, Author, Case, Message, NewMessage, Origin, ThreadKind};
use desk::mail_in::{self, RawMail, State, doors};
use identity::staff::{self, NewStaff, Role};
use identity::{Email, Name};
use paydesk::config;
use paydesk::serve::{self, Part, Running};
use store::{Page, Store};
use tempfile::TempDir;
use tokio::sync::watch;

use crate::servers::{PASSWORD, Servers};

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(30);

pub struct Shop {
    running: Running,
    stop: watch::Sender<bool>,
    _folder: TempDir,
}

impl Shop {
    /// Serves with mail of `first` and of both addresses.
    pub async fn open(servers: &Servers, first: &str, server: &str) -> Shop {
        let folder = tempfile::tempdir().unwrap();
        let config = format!(
            "listen = '127.0.0.1:0'\ndata = '{data}'\npublic_url = 'http://pay.shop.example/'\n\
             [site]\nname = 'Shop'\nsupport_mail = '{first}'\n\
             [mail]\nsmtp = 'smtp://127.0.0.1:{smtp}'\nfrom = 'Shop <{first}>'\n\
             [desk.mail]\naddresses = ['{first}', 'help@shop.example', 'desk@shop.example']\n\
             authserv = 'mail.shop.example'\nlmtp = '127.0.0.1:{desk}'\n\
             [[desk.mail.mailboxes]]\nname = 'support'\nserver = '{server}'\nca = '{ca}'\n\
             [[processors]]\nkey = 'sandbox'\nkind = 'sandbox'\ndescriptor = 'SHOP'\n",
            data = folder.path().display(),
            smtp = servers.smtp,
            desk = servers.desk,
            ca = servers.certificate(),
        );
        let config = config::read("(a test)", &config, |_| None).unwrap();
        let (stop, stopping) = watch::channel(false);
        let running = Box::pin(serve::begin(config, Part::Everything, stopping)).await.unwrap();
        Shop { running, stop, _folder: folder }
    }

    pub fn store(&self) -> &Store {
        &self.running.app.billing.store
    }

    /// The address of the mailbox `help@shop.example`, encrypted from the first byte.
    pub fn encrypted(servers: &Servers) -> String {
        format!("imaps://help%40shop.example:{PASSWORD}@localhost:{}", servers.imaps)
    }

    /// The same, encrypted after a plain beginning.
    pub fn upgraded(servers: &Servers) -> String {
        let port = servers.imap;
        format!("imap://help%40shop.example:{PASSWORD}@localhost:{port}?tls=required")
    }

    /// Waits until a mail with this subject is filed.
    pub async fn filed(&self, servers: &Servers, subject: &str) -> (RawMail, Case) {
        let what = format!("the mail {subject:?} is filed");
        let raw = self.until(servers, &what, async || {
            let mut reader = self.store().read().await.unwrap();
            let page = Page::first(100);
            let all = mail_in::list(&mut reader, State::Filed, page).await.unwrap();
            all.into_iter().find(|raw| raw.subject.as_deref() == Some(subject))
        });
        let raw = raw.await;
        let case: CaseId = raw.case.as_ref().unwrap().parse().unwrap();
        let mut reader = self.store().read().await.unwrap();
        let case = cases::find(&mut reader, case).await.unwrap().unwrap();
        (raw, case)
    }

    /// Waits until the mailbox's server has the program on a line on which it listens.
    pub async fn is_listened_to(&self, servers: &Servers) {
        let begun = tokio::time::Instant::now();
        while begun.elapsed() < PATIENCE {
            if servers.is_idled_at() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("nobody listens to the mailbox: {}", servers.logs());
    }

    /// Waits, without waking anybody, until a mail with this subject is filed.
    pub async fn hears_by_itself(&self, subject: &str) {
        let begun = tokio::time::Instant::now();
        while begun.elapsed() < Duration::from_secs(15) {
            let mut reader = self.store().read().await.unwrap();
            let page = Page::first(100);
            let all = mail_in::list(&mut reader, State::Filed, page).await.unwrap();
            if all.iter().any(|raw| raw.subject.as_deref() == Some(subject)) {
                return;
            }
            drop(reader);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the mail {subject:?} did not come by itself");
    }

    /// Waits until a mail to this address has a subject that says so.
    pub async fn mail_to(&self, servers: &Servers, address: &str, subject: &str) -> String {
        self.until(servers, &format!("{address} gets {subject:?}"), async || {
            let mails = servers.mails_of(address);
            mails.into_iter().find(|mail| header(mail, "Subject").contains(subject))
        })
        .await
    }

    async fn until<T>(
        &self,
        servers: &Servers,
        what: &str,
        found: impl AsyncFn() -> Option<T>,
    ) -> T {
        let begun = tokio::time::Instant::now();
        while begun.elapsed() < PATIENCE {
            if let Some(found) = found().await {
                return found;
            }
            let woken: Result<(), Stop> = store::write!(self.store(), |tx| {
                tx.signal(doors::imap::WAKE);
                Ok(())
            });
            woken.unwrap();
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let mut reader = self.store().read().await.unwrap();
        let held = mail_in::list(&mut reader, State::Quarantined, Page::first(9)).await.unwrap();
        let health = mail_in::health(&mut reader).await.unwrap();
        panic!("waited in vain until {what}; {held:?} {health:?}\n{}", servers.logs());
    }

    /// Staff answer a case.
    pub async fn answers(&self, case: &Case, text: &str) {
        let env = &self.running.app.billing.env;
        let new = NewStaff {
            email: Email::checked("bo@shop.example").unwrap(),
            name: Name::checked("Bo").unwrap(),
            role: Role::Agent,
        };
        let said: Result<(), Stop> = store::write!(self.store(), |tx| {
            let staff = match staff::find_by_email(tx, &new.email).await? {
                Some(staff) => staff,
                None => staff::add(tx, env, new.clone()).await?.0,
            };
            let by = Author::Staff(staff.id);
            let answer = NewMessage::answer(by, Origin::Staff, case.language, text);
            cases::add(tx, env, case.id, answer).await?;
            Ok(())
        });
        said.unwrap();
    }

    /// What was said in a case.
    pub async fn said(&self, case: CaseId) -> Vec<Message> {
        let mut reader = self.store().read().await.unwrap();
        cases::messages(&mut reader, case, &[ThreadKind::Customer], 0, 100).await.unwrap()
    }

    pub async fn closes(self) {
        self.stop.send_replace(true);
        Box::pin(self.running.end()).await.unwrap();
    }
}

/// A header of a mail, unfolded; empty if there is none.
pub fn header(mail: &str, name: &str) -> String {
    let head = mail.split("\n\n").next().unwrap_or_default().replace("\r\n", "\n");
    let head = head.split("\n\n").next().unwrap_or_default().replace("\n ", " ");
    let line = head
        .lines()
        .find(|line| line.split_once(':').is_some_and(|(one, _)| one.eq_ignore_ascii_case(name)));
    line.and_then(|line| line.split_once(':')).map_or("", |(_, value)| value.trim()).to_owned()
}
