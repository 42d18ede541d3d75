//! The program under test, as a process of its own that is killed without warning.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;
use tokio::process::{Child, Command};

use crate::buyer::Shop;
use crate::house::{KEY, Neighbour, SIGNING};

const PROGRAM: &str = env!("CARGO_BIN_EXE_paydesk");

pub struct Victim {
    folder: TempDir,
    port: u16,
    child: Option<Child>,
}

impl Victim {
    pub fn prepare(neighbour: &Neighbour, database: Option<&str>) -> Victim {
        let folder = tempfile::tempdir().unwrap();
        // Free now, and ours again at each start.
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        let config = format!(
            "listen = '127.0.0.1:{port}'\ndata = '{data}'\ndatabase = '{database}'\n\
             connections = 8\n\
             [observe]\nlog = 'error'\n\
             [api]\nrequests_per_second = 100000\ntrusted_proxies = ['127.0.0.1']\n\
             [[processors]]\nkey = 'sandbox'\nkind = 'sandbox'\ndescriptor = 'CRASH*TEST'\n\
             [processors.settings]\nbase = '{base}'\nkey = '{KEY}'\nsigning_secret = '{SIGNING}'\n",
            data = folder.path().join("data").display(),
            database = database.unwrap_or("sqlite"),
            base = neighbour.base,
        );
        std::fs::write(folder.path().join("paydesk.toml"), config).unwrap();
        Victim { folder, port, child: None }
    }

    fn config(&self) -> PathBuf {
        self.folder.path().join("paydesk.toml")
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.arg("--config").arg(self.config()).args(words);
        command.stdin(Stdio::null()).kill_on_drop(true);
        command
    }

    /// Starts it, and waits until it can serve.
    pub async fn start(&mut self) {
        let child = self.command(&["serve"]).stdout(Stdio::null()).spawn().unwrap();
        self.child = Some(child);
        let ready = format!("http://127.0.0.1:{}/readyz", self.port);
        for _ in 0..600 {
            if reqwest::get(&ready).await.is_ok_and(|answer| answer.status().is_success()) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("the program did not come up");
    }

    /// SIGKILL.
    pub async fn is_killed(&mut self) {
        self.child.take().unwrap().kill().await.unwrap();
    }

    /// SIGTERM, and a clean end.
    pub async fn stops(&mut self) {
        let mut child = self.child.take().unwrap();
        let id = child.id().unwrap().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().await.unwrap().success());
        let ended = tokio::time::timeout(Duration::from_secs(30), child.wait()).await;
        assert!(ended.unwrap().unwrap().success(), "it must stop cleanly");
    }

    /// A shop with a pack of 100 tokens and one creator.
    pub async fn shop(&self) -> Shop {
        let made = self.command(&["keys", "add", "--name", "crash"]).output().await.unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let key = String::from_utf8(made.stdout).unwrap().trim().to_owned();
        Shop::open(format!("http://127.0.0.1:{}", self.port), key).await
    }

    pub fn proves_its_books(&self) {
        let proved = std::process::Command::new(PROGRAM)
            .arg("--config")
            .arg(self.config())
            .arg("verify")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&proved.stdout);
        assert!(proved.status.success(), "{said}");
    }
}
