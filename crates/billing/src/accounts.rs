//! The processor accounts as configured: what is plugged into the port, and which takes a payment.

use std::sync::Arc;

use base::{Currency, Kind, Money, Refusal};
use processor::Processor;

/// No account takes this currency now.
pub const NO_ACCOUNT: Refusal = Refusal::new(
    Kind::Unavailable,
    "no_processor_account",
    "no live processor account takes this currency; configure one or choose another currency",
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
    /// Whether it takes new payments.
    pub status: AccountStatus,
    /// The secret last part of its postback address, if it has one.
    pub path_secret: Option<String>,
}

/// Whether an account takes new payments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountStatus {
    /// It does.
    Live,
    /// It only finishes what has begun.
    Drain,
    /// It is not asked anything.
    Paused,
}

impl Account {
    /// Whether a new payment of this currency may go here.
    #[must_use]
    pub fn takes(&self, currency: Currency) -> bool {
        let listed = |list: &[Currency]| list.is_empty() || list.contains(&currency);
        let codes = self.connector.capabilities().currencies;
        self.status == AccountStatus::Live
            && listed(&self.currencies)
            && (codes.is_empty() || codes.iter().any(|code| code == currency.code()))
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

    /// The first live account that takes the currency.
    ///
    /// # Errors
    /// [`NO_ACCOUNT`] if none does.
    pub fn choose(&self, money: Money) -> Result<&Account, Refusal> {
        self.0.iter().find(|account| account.takes(money.currency)).ok_or(NO_ACCOUNT)
    }

    /// The account of that name, if it takes the currency now; the first that does without a name.
    ///
    /// # Errors
    /// [`NO_ACCOUNT`] if it does not or there is none.
    pub fn pick(&self, key: Option<&str>, money: Money) -> Result<&Account, Refusal> {
        match key {
            None => self.choose(money),
            Some(key) => {
                self.get(key).filter(|account| account.takes(money.currency)).ok_or(NO_ACCOUNT)
            }
        }
    }
}
