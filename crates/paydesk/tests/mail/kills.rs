//! The program is killed at any point while a mail server hands mails over; the mail server sends
//! again whatever was not answered, as real ones do. Each mail becomes one message.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use base::Chance;
use desk::mail_in::{self, State};
use store::{Access, Page, Store};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

const PROGRAM: &str = env!("CARGO_BIN_EXE_paydesk");
const MAILS: usize = 30;
const KILLS: usize = 6;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn heavy_kills_between_keeping_and_answering_leave_one_message_of_each_mail() {
    let desk = Desk::prepare();
    let port = desk.lmtp;
    let hands_over = tokio::spawn(async move {
        for nth in 0..MAILS {
            while hand_over(port, nth).await.is_none() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
    });
    let chance = Chance::system();
    let mut child = desk.starts();
    for _ in 0..KILLS {
        tokio::time::sleep(Duration::from_millis(500 + chance.below(600))).await;
        child.kill().await.unwrap();
        child = desk.starts();
    }
    hands_over.await.unwrap();
    desk.has_filed_all().await;
    child.kill().await.unwrap();
}

/// Hands one mail over; none if it was not answered with a yes.
async fn hand_over(port: u16, nth: usize) -> Option<()> {
    let stream = TcpStream::connect(("127.0.0.1", port)).await.ok()?;
    let (lines, mut out) = stream.into_split();
    let mut lines = BufReader::new(lines).lines();
    let talk = format!(
        "LHLO mail.example.org\r\nMAIL FROM:<ana{nth}@example.org>\r\n\
         RCPT TO:<desk@shop.example>\r\nDATA\r\n"
    );
    out.write_all(talk.as_bytes()).await.ok()?;
    let mail = format!(
        "From: ana{nth}@example.org\r\nTo: desk@shop.example\r\nSubject: mail {nth}\r\n\
         Message-ID: <{nth}@example.org>\r\n\r\nHello {nth}\r\n.\r\nQUIT\r\n"
    );
    while !lines.next_line().await.ok()??.starts_with("354") {}
    out.write_all(mail.as_bytes()).await.ok()?;
    lines.next_line().await.ok()??.starts_with("250").then_some(())
}

struct Desk {
    folder: TempDir,
    lmtp: u16,
}

impl Desk {
    fn prepare() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let port = || TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        let (listen, lmtp) = (port(), port());
        let config = format!(
            "listen = '127.0.0.1:{listen}'\ndata = '{data}'\n\
             [observe]\nlog = 'error'\n\
             [desk.mail]\naddresses = ['desk@shop.example']\nlmtp = '127.0.0.1:{lmtp}'\n\
             [[processors]]\nkey = 'sandbox'\nkind = 'sandbox'\ndescriptor = 'SHOP'\n",
            data = folder.path().join("data").display(),
        );
        std::fs::write(folder.path().join("paydesk.toml"), config).unwrap();
        Desk { folder, lmtp }
    }

    fn config(&self) -> PathBuf {
        self.folder.path().join("paydesk.toml")
    }

    fn starts(&self) -> Child {
        let mut command = Command::new(PROGRAM);
        command.arg("--config").arg(self.config()).arg("serve");
        command.stdin(Stdio::null()).stdout(Stdio::null()).kill_on_drop(true).spawn().unwrap()
    }

    /// Looks from beside while the program runs, until nothing waits.
    async fn has_filed_all(&self) {
        let data = self.folder.path().join("data");
        let store = Store::open_sqlite(&data, Access::Visitor).await.unwrap();
        for _ in 0..300 {
            let mut reader = store.read().await.unwrap();
            let (waiting, _) = mail_in::waiting(&mut reader).await.unwrap();
            let filed = mail_in::list(&mut reader, State::Filed, Page::first(100)).await.unwrap();
            if waiting == 0 && filed.len() >= MAILS {
                let mut subjects: Vec<_> = filed.iter().map(|raw| raw.subject.clone()).collect();
                subjects.sort();
                subjects.dedup();
                let mut cases: Vec<_> = filed.iter().map(|raw| raw.case.clone()).collect();
                cases.sort();
                cases.dedup();
                let all = (filed.len(), subjects.len(), cases.len());
                assert_eq!(all, (MAILS, MAILS, MAILS), "each mail once");
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("not every mail was filed");
    }
}
