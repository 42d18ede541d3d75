//! Cases as text: rows in, statuses and balances out, the same on both engines.
//!
//! ```text
//! account 1 flags=debits_must_not_exceed_credits
//! transfer 10 dr=1 cr=2 amount=5 flags=linked
//! tick 60s
//! lookup 1 2
//! ```
//!
//! Lines of one kind that follow each other are one request; an empty line parts them. `max` is
//! the largest number that fits. `ledger` and `code` are 1 unless said otherwise.

use std::fmt::Write as _;

use base::time::SignedDuration;
use ledger::{
    AccountFilter, AccountFlags, CreateAccountStatus, CreateTransferStatus, NewAccount,
    NewTransfer, Order, TransferFlags,
};
use store::Engine;

use crate::world::World;

const CASES: &[(&str, &str)] = &[
    ("first", include_str!("cases/first.txt")),
    ("chains", include_str!("cases/chains.txt")),
    ("exists", include_str!("cases/exists.txt")),
    ("holds", include_str!("cases/holds.txt")),
    ("limits", include_str!("cases/limits.txt")),
    ("closing", include_str!("cases/closing.txt")),
    ("shapes", include_str!("cases/shapes.txt")),
    ("accounts", include_str!("cases/accounts.txt")),
    ("history", include_str!("cases/history.txt")),
];

#[tokio::test]
async fn every_case_gives_the_same_answers_on_both_engines() {
    for (name, text) in CASES {
        let mut told = Vec::new();
        for engine in [Engine::Sqlite, Engine::Postgres] {
            let mut runner = Runner::new(engine).await;
            told.push(runner.run(text).await);
            runner.world.balances().await;
        }
        assert_eq!(told[0], told[1], "{name} differs between the engines");
        insta::assert_snapshot!(*name, told[0]);
    }
}

#[test]
fn every_status_is_reached_by_some_case() {
    let all: String = CASES
        .iter()
        .map(|(name, _)| {
            let place = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/books/snapshots");
            std::fs::read_to_string(format!("{place}/books__script__{name}.snap")).unwrap()
        })
        .collect();
    let reached = |word: &str| all.lines().any(|line| line.ends_with(&format!("=> {word}")));
    for status in CreateTransferStatus::ALL {
        assert!(reached(status.word()), "no case reaches {status}");
    }
    for status in CreateAccountStatus::ALL {
        assert!(reached(status.word()), "no case reaches {status}");
    }
}

struct Runner {
    world: World,
    told: String,
}

impl Runner {
    async fn new(engine: Engine) -> Runner {
        Runner { world: World::new(engine).await, told: String::new() }
    }

    async fn run(&mut self, text: &str) -> String {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        for request in lines.chunk_by(|one, next| kind(one) == kind(next)) {
            match kind(request[0]) {
                "account" => self.accounts(request).await,
                "transfer" => self.transfers(request).await,
                "" | "#" => request.iter().for_each(|line| self.tell(line)),
                _ => {
                    for line in request {
                        self.other(line).await;
                    }
                }
            }
        }
        std::mem::take(&mut self.told)
    }

    fn tell(&mut self, line: &str) {
        writeln!(self.told, "{line}").unwrap();
    }

    async fn accounts(&mut self, lines: &[&str]) {
        let new: Vec<NewAccount> = lines.iter().map(|line| account(line)).collect();
        let statuses = self.world.open(&new).await;
        for (line, status) in lines.iter().zip(statuses) {
            self.tell(&format!("{line} => {status}"));
        }
    }

    async fn transfers(&mut self, lines: &[&str]) {
        let new: Vec<NewTransfer> = lines.iter().map(|line| transfer(line)).collect();
        let statuses = self.world.make(&new).await;
        for (line, status) in lines.iter().zip(statuses) {
            self.tell(&format!("{line} => {status}"));
        }
    }

    async fn other(&mut self, line: &str) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[0] {
            "tick" => {
                let by: SignedDuration = words[1].parse().unwrap();
                self.world.clock.advance(by);
                self.tell(line);
            }
            "expire" => {
                let released = self.world.expire().await;
                self.tell(&format!("{line} => {released}"));
            }
            "checkpoint" => {
                self.world.checkpoint().await;
                self.tell(line);
            }
            "reopen" => {
                self.world.reopen().await;
                self.tell(line);
            }
            "lookup" => self.look_up(&words[1..]).await,
            "transfers" => self.list(line, &words[1..]).await,
            "balances" => self.kept(line, &words[1..]).await,
            other => panic!("no such word: {other}"),
        }
    }

    async fn look_up(&mut self, ids: &[&str]) {
        let ids: Vec<u128> = ids.iter().map(|id| number(id)).collect();
        let accounts = self.world.ledger.look_up_accounts(&ids).await.unwrap();
        for (id, account) in ids.iter().zip(accounts) {
            let Some(account) = account else {
                self.tell(&format!("lookup {id} => none"));
                continue;
            };
            self.tell(&format!(
                "lookup {id} => debits {} + {}, credits {} + {}, flags [{}]",
                account.debits_posted,
                account.debits_pending,
                account.credits_posted,
                account.credits_pending,
                account.flags
            ));
        }
    }

    async fn list(&mut self, line: &str, words: &[&str]) {
        let filter = filter(words);
        let listed = self.world.ledger.account_transfers(&filter).await.unwrap();
        let rising = listed.is_sorted_by_key(|transfer| transfer.timestamp);
        let falling = listed.is_sorted_by_key(|transfer| -transfer.timestamp);
        assert!(if filter.order == Order::OldestFirst { rising } else { falling });
        let ids: Vec<String> =
            listed.iter().map(|one| format!("{}({})", one.id, one.amount)).collect();
        self.tell(&format!("{line} => {}", ids.join(" ")));
    }

    async fn kept(&mut self, line: &str, words: &[&str]) {
        let balances = self.world.ledger.account_balances(&filter(words)).await.unwrap();
        let told: Vec<String> = balances
            .iter()
            .map(|kept| {
                format!(
                    "{}+{}/{}+{}",
                    kept.debits_posted,
                    kept.debits_pending,
                    kept.credits_posted,
                    kept.credits_pending
                )
            })
            .collect();
        self.tell(&format!("{line} => {}", told.join(" ")));
    }
}

fn kind(line: &str) -> &str {
    line.split_whitespace().next().unwrap_or("")
}

fn number<T: TryFrom<u128>>(text: &str) -> T {
    let number = if text == "max" { u128::MAX } else { text.parse().unwrap() };
    T::try_from(number).unwrap_or_else(|_| panic!("{text} does not fit"))
}

fn fields(line: &str) -> impl Iterator<Item = (&str, &str)> {
    line.split_whitespace().skip(2).map(|field| field.split_once('=').unwrap())
}

fn account(line: &str) -> NewAccount {
    let id = number(line.split_whitespace().nth(1).unwrap());
    let mut new = NewAccount { id, ledger: 1, code: 1, ..NewAccount::default() };
    for (name, value) in fields(line) {
        match name {
            "ledger" => new.ledger = number(value),
            "code" => new.code = number(value),
            "user128" => new.user_data_128 = number(value),
            "user64" => new.user_data_64 = number(value),
            "user32" => new.user_data_32 = number(value),
            "flags" => {
                new.flags = value.split(',').fold(AccountFlags::NONE, |flags, name| {
                    flags | AccountFlags::named(name).unwrap_or(AccountFlags::from_bits(1 << 15))
                });
            }
            other => panic!("an account has no {other}"),
        }
    }
    new
}

fn transfer(line: &str) -> NewTransfer {
    let id = number(line.split_whitespace().nth(1).unwrap());
    let mut new = NewTransfer { id, ledger: 1, code: 1, ..NewTransfer::default() };
    for (name, value) in fields(line) {
        match name {
            "dr" => new.debit_account_id = number(value),
            "cr" => new.credit_account_id = number(value),
            "amount" if value == "max" => new.amount = i64::MAX,
            "amount" => new.amount = value.parse().unwrap(),
            "pending" => new.pending_id = number(value),
            "timeout" => new.timeout = number(value),
            "ledger" => new.ledger = number(value),
            "code" => new.code = number(value),
            "user128" => new.user_data_128 = number(value),
            "user64" => new.user_data_64 = number(value),
            "user32" => new.user_data_32 = number(value),
            "flags" => {
                new.flags = value.split(',').fold(TransferFlags::NONE, |flags, name| {
                    flags | TransferFlags::named(name).unwrap_or(TransferFlags::from_bits(1 << 15))
                });
            }
            other => panic!("a transfer has no {other}"),
        }
    }
    new
}

fn filter(words: &[&str]) -> AccountFilter {
    let mut filter = AccountFilter::newest(number(words[0]), 100);
    for word in &words[1..] {
        match *word {
            "oldest" => filter.order = Order::OldestFirst,
            "debits" => filter.side = ledger::Side::Debits,
            "credits" => filter.side = ledger::Side::Credits,
            other => match other.split_once('=').unwrap() {
                ("limit", value) => filter.limit = number(value),
                ("code", value) => filter.code = number(value),
                ("user128", value) => filter.user_data_128 = number(value),
                _ => panic!("a list has no {other}"),
            },
        }
    }
    filter
}
