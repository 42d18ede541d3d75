//! The parent's side: starts children, hears their answers, ends them, and checks what is left.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use base::Clock;
use base::time::SignedDuration;
use ledger::Ledger;

use super::child::{self, ACCOUNTS, PLACE, ROUND};
use crate::world::QUICK;

/// What children were told, over all rounds.
pub struct Sidecar {
    place: String,
    pub told: BTreeMap<u128, String>,
    round: u128,
}

impl Sidecar {
    pub fn new(place: &str) -> Sidecar {
        Sidecar { place: place.to_owned(), told: BTreeMap::new(), round: 0 }
    }

    fn start(&mut self, with: &[(&str, &str)]) -> Child {
        self.round += 1;
        Command::new(std::env::current_exe().unwrap())
            .args(["durability::child::the_child", "--exact", "--ignored", "--nocapture"])
            .env(PLACE, &self.place)
            .env(ROUND, self.round.to_string())
            .envs(with.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }

    /// Lets a child work for a while after its first answer, then ends it with SIGKILL.
    pub fn kill_after(&mut self, time: Duration) {
        let mut child = self.start(&[]);
        let answers = BufReader::new(child.stdout.take().unwrap());
        let (heard, hears) = std::sync::mpsc::channel();
        let reader = std::thread::spawn(move || {
            for line in answers.split(b'\n') {
                let _ = heard.send(line.unwrap());
            }
        });
        while !hears.recv().unwrap().starts_with(b"did ") {}
        std::thread::sleep(time);
        child.kill().unwrap();
        child.wait().unwrap();
        reader.join().unwrap();
        // The first line was eaten while waiting; its transfer is found by the proof like all.
        hears.try_iter().for_each(|line| self.hear(&line));
    }

    /// Lets a child work until it ends by itself at a named point.
    pub fn crash_at(&mut self, point: &str) {
        let mut child = self.start(&[("PAYDESK_LEDGER_KILL_AT", point)]);
        let answers = BufReader::new(child.stdout.take().unwrap());
        for line in answers.split(b'\n') {
            self.hear(&line.unwrap());
        }
        let status = child.wait().unwrap();
        assert_eq!(status.code(), None, "the child was ended by a signal, not by a failure");
    }

    fn hear(&mut self, line: &[u8]) {
        let Ok(line) = std::str::from_utf8(line) else { return };
        let words: Vec<&str> = line.split(' ').collect();
        // A line that was cut was not an answer yet.
        if let ["did", id, word] = words[..]
            && word.parse::<ledger::CreateTransferStatus>().is_ok()
        {
            self.told.insert(u128::from_str_radix(id, 16).unwrap(), word.to_owned());
        }
    }

    /// Nothing acknowledged is missing, nothing is there twice, memory is what the rows add up to.
    pub async fn check(&self) {
        let store = child::open(&self.place).await;
        let clock = Clock::fixed("2026-11-21T20:00:00Z".parse().unwrap());
        clock.advance(SignedDuration::from_secs(i64::try_from(self.round).unwrap() * 3600));
        let ledger = Ledger::open_at(&store, clock, QUICK).await.unwrap();
        let proof = ledger.prove().await.unwrap();
        assert!(proof.holds(), "{:#?}", proof.violations);

        let ids: Vec<u128> = (1..=ACCOUNTS).collect();
        let accounts = ledger.look_up_accounts(&ids).await.unwrap();
        let sum = |of: fn(&ledger::Account) -> i64| {
            accounts.iter().flatten().map(|account| i128::from(of(account))).sum::<i128>()
        };
        if let [kept] = &proof.ledgers[..] {
            assert_eq!(sum(|account| account.debits_posted), kept.debits_posted);
            assert_eq!(sum(|account| account.debits_pending), kept.debits_pending);
        }
        for page in self.told.keys().copied().collect::<Vec<u128>>().chunks(1000) {
            let found = ledger.look_up_transfers(page).await.unwrap();
            for (id, found) in page.iter().zip(found) {
                let created = self.told[id] == "created";
                assert_eq!(found.is_some(), created, "{id:032x} was told {}", self.told[id]);
            }
        }
        store.close().await;
    }
}
