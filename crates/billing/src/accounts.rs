//! The processor accounts as configured: what is plugged into the port, and on which terms.

use std::sync::Arc;

use base::{Currency, Kind, Refusal};
use processor::{Processor, SupportContact};

use crate::routing::Terms;
use store::UnknownTerm;

/// No account takes this currency now.
pub const NO_ACCOUNT: Refusal = Refusal::new(
    Kind::Unavailable,
    "no_processor_account",
    "no live processor account takes this payment; configure one or choose another currency",
);

/// One contract with a processor.
#[derive(Clone)]
pub struct Account {
    /// Its stable name in addresses and books: `segpay-eu`.
    pub key: String,
    /// The connector, with its credentials.
    pub connector: Arc<dyn Processor>,
    /// What the customer reads on their statement, letter by letter.
    pub descriptor: String,
    /// What it takes; empty means any.
    pub currencies: Vec<Currency>,
    /// Whether it takes new payments, as configured; staff may switch it otherwise.
    pub status: AccountStatus,
    /// The secret last part of its postback address, if it has one.
    pub path_secret: Option<String>,
    /// What else the contract says: where, how much, what for, at which price.
    pub terms: Terms,
}

/// Whether an account takes new payments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountStatus {
    /// It does.
    Live,
    /// It only finishes what has begun.
    Drain,
    /// Something is wrong with it: it takes no new payment until somebody says so.
    Paused,
}

impl AccountStatus {
    /// Every status.
    pub const ALL: [AccountStatus; 3] =
        [AccountStatus::Live, AccountStatus::Drain, AccountStatus::Paused];

    /// The word, as configured and stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            AccountStatus::Live => "live",
            AccountStatus::Drain => "drain",
            AccountStatus::Paused => "paused",
        }
    }
}

impl std::fmt::Display for AccountStatus {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.as_str())
    }
}

impl std::str::FromStr for AccountStatus {
    type Err = UnknownTerm;

    fn from_str(text: &str) -> Result<AccountStatus, UnknownTerm> {
        AccountStatus::ALL.into_iter().find(|status| status.as_str() == text).ok_or(UnknownTerm)
    }
}

impl Account {
    /// The currencies it takes, by contract and by ability; `None` means any.
    #[must_use]
    pub fn currencies(&self) -> Option<Vec<String>> {
        let able = self.connector.capabilities().currencies;
        let codes = self.currencies.iter().map(|currency| currency.code().to_owned());
        match (self.currencies.is_empty(), able.is_empty()) {
            (true, true) => None,
            (true, false) => Some(able),
            (false, true) => Some(codes.collect()),
            (false, false) => Some(codes.filter(|code| able.contains(code)).collect()),
        }
    }

    /// How a customer reaches the house behind it: what the operator wrote stands above what the
    /// connector knows.
    #[must_use]
    pub fn support(&self) -> SupportContact {
        let (known, own) = (self.connector.support(), self.terms.support.clone());
        let list = |own: Vec<String>, known| if own.is_empty() { known } else { own };
        SupportContact {
            name: if own.name.is_empty() { known.name } else { own.name },
            statement: list(own.statement, known.statement),
            web: own.web.or(known.web),
            chat: own.chat.or(known.chat),
            mail: own.mail.or(known.mail),
            phones: if own.phones.is_empty() { known.phones } else { own.phones },
            hours: own.hours.or(known.hours),
            languages: list(own.languages, known.languages),
            regions: list(own.regions, known.regions),
            can: if own.can.is_empty() { known.can } else { own.can },
        }
    }

    /// The path its postbacks come in on.
    #[must_use]
    pub fn postback_path(&self) -> String {
        match &self.path_secret {
            Some(secret) => format!("/postbacks/{}/{secret}", self.key),
            None => format!("/postbacks/{}", self.key),
        }
    }
}

impl std::fmt::Debug for Account {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Account({}, {:?})", self.key, self.status)
    }
}

/// All accounts, in the order of the configuration. They do not change while the program runs.
#[derive(Clone, Debug)]
pub struct Accounts(Arc<[Account]>);

impl Accounts {
    /// The accounts, if their names can be told apart and be part of an address.
    ///
    /// # Errors
    /// A sentence for the operator.
    pub fn new(list: Vec<Account>) -> Result<Accounts, String> {
        for (nth, account) in list.iter().enumerate() {
            let key = account.key.as_str();
            let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
            let good = (1..=40).contains(&key.len())
                && key.bytes().all(|byte| plain(byte) || byte == b'-' || byte == b'_');
            if !good {
                return Err(format!(
                    "the processor account {key:?} must be named with 1 to 40 small letters, \
                     digits, - or _"
                ));
            }
            if list[..nth].iter().any(|other| other.key == key) {
                return Err(format!("two processor accounts are named {key:?}"));
            }
        }
        Ok(Accounts(list.into()))
    }

    /// The account of that name.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Account> {
        self.0.iter().find(|account| account.key == key)
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Account] {
        &self.0
    }
}
