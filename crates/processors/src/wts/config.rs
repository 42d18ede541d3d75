//! What a `WTSeTicket` account is configured with, and what makes a configuration sound.

use std::collections::BTreeMap;

use processor::Locks;
use serde::Deserialize;
use url::Url;

/// The addresses TOAST notices come from, as the open client lists them.
const SENDERS: [&str; 5] =
    ["209.99.11.30", "209.99.11.50", "209.99.11.157", "209.99.11.200", "209.99.11.179"];

/// What must never be sent from here: account numbers and what identifies a person.
const NEVER: [&str; 7] =
    ["chk_acct", "chk_aba", "chk_number", "chk_fract", "acct_name", "custssn", "birth_date"];

/// The configuration of a `WTSeTicket` account, as written down.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WtsConfig {
    /// The merchant's number.
    pub parent_id: String,
    /// The number of the merchant's site.
    pub sub_id: String,
    /// How a payment begins without a bank account; ask the house which of the two it wants.
    pub begin: Begin,
    /// What opens for TOAST notices; nothing is signed, so `path_secret` is required. Without
    /// senders, those that are publicly known are used.
    pub locks: Locks,
    /// The system login, for giving back and ending.
    #[serde(default)]
    pub login: Option<Login>,
    /// Whether a check may be drawn again on an account that paid before.
    #[serde(default)]
    pub one_click: bool,
    /// Whether a part of a payment may be given back.
    #[serde(default)]
    pub partial_refunds: bool,
    /// Whether test transactions count as real ones.
    #[serde(default)]
    pub tests: bool,
    /// Fields that the house wants with every sale (`profile_id`, `reseller_code`).
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
    /// The columns of the nightly history files.
    #[serde(default)]
    pub history: Option<History>,
    /// Where the house is; changed in tests only.
    #[serde(default = "live")]
    pub address: String,
}

/// How a payment begins without a bank account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Begin {
    /// Action Q: it is queued until the customer has gone through the house's page.
    Queue,
    /// Action V: it is to be validated on the house's page.
    Validate,
}

impl Begin {
    /// The house's letter for it.
    pub(super) const fn action(self) -> &'static str {
        match self {
            Begin::Queue => "Q",
            Begin::Validate => "V",
        }
    }
}

/// The system login.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Login {
    /// User name.
    pub username: String,
    /// Password.
    pub password: String,
    /// The system password.
    pub syspass: String,
}

/// The columns of a history file and the words in it: neither is public, so they are asked for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct History {
    /// What stands between two cells.
    #[serde(default = "comma")]
    pub delimiter: char,
    /// What the columns are called.
    pub columns: Columns,
    /// Words of the `what` column by which the bank has returned a check.
    pub returned: Vec<String>,
}

/// What the columns are called.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// What happened.
    pub what: String,
    /// The house's number of the sale (`history_id`).
    pub history_id: String,
    /// How much, in dollars.
    pub amount: String,
    /// When it happened.
    pub date: String,
    /// The house's number of the order.
    #[serde(default)]
    pub order_id: Option<String>,
    /// Our reference (`merordernumber`).
    #[serde(default)]
    pub reference: Option<String>,
    /// Why, as a code of the banks (`R01`).
    #[serde(default)]
    pub reason: Option<String>,
}

/// The configuration with everything read and held against everything else.
pub(super) struct Sound {
    pub parent_id: String,
    pub sub_id: String,
    pub begin: Begin,
    pub locks: Locks,
    pub login: Option<Login>,
    pub one_click: bool,
    pub partial_refunds: bool,
    pub tests: bool,
    pub fields: BTreeMap<String, String>,
    pub history: Option<History>,
    pub at: Url,
}

impl WtsConfig {
    /// Reads and weighs everything.
    ///
    /// # Errors
    /// A sentence that names the key.
    pub(super) fn sound(mut self) -> Result<Sound, String> {
        self.locks.sound()?;
        if !self.locks.take_a_secret() {
            let why = "WTSeTicket signs nothing, so locks.path_secret must be set";
            return Err(why.to_owned());
        }
        if self.locks.senders.is_empty() {
            let known = SENDERS.iter().filter_map(|ip| ip.parse::<std::net::IpAddr>().ok());
            self.locks.senders = known.map(Into::into).collect();
        }
        for (key, id) in [("parent_id", &self.parent_id), ("sub_id", &self.sub_id)] {
            if !plain(id) {
                return Err(format!("{key} must be letters and digits"));
            }
        }
        if let Some(login) = &self.login {
            let parts = [&login.username, &login.password, &login.syspass];
            if parts.iter().any(|part| part.is_empty()) {
                return Err("login needs username, password and syspass".to_owned());
            }
        }
        if let Some(name) = self.fields.keys().find(|name| !may_be_sent(name)) {
            return Err(format!("fields.{name} must not be sent from here"));
        }
        if let Some(history) = &self.history
            && (!history.delimiter.is_ascii() || history.returned.is_empty())
        {
            let why = "history needs an ASCII delimiter and at least one word in returned";
            return Err(why.to_owned());
        }
        Ok(Sound {
            at: self.address.parse().map_err(|error| format!("address: {error}"))?,
            parent_id: self.parent_id,
            sub_id: self.sub_id,
            begin: self.begin,
            locks: self.locks,
            login: self.login,
            one_click: self.one_click,
            partial_refunds: self.partial_refunds,
            tests: self.tests,
            fields: self.fields,
            history: self.history,
        })
    }
}

/// An id of the house.
pub(super) fn plain(id: &str) -> bool {
    let fine = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=64).contains(&id.len()) && id.bytes().all(fine)
}

/// A further field: none that we fill ourselves and none that must never be sent.
fn may_be_sent(name: &str) -> bool {
    let ours =
        ["action_code", "initial_amount", "merordernumber", "parent_id", "sub_id", "pmt_type"];
    plain(name) && !NEVER.contains(&name) && !ours.contains(&name)
}

fn live() -> String {
    "https://join.achbill.com/cgi-bin/man_trans.cgi".to_owned()
}

const fn comma() -> char {
    ','
}

impl std::fmt::Debug for Login {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Login(…)")
    }
}

impl std::fmt::Debug for WtsConfig {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("WtsConfig")
            .field("begin", &self.begin)
            .field("locks", &self.locks)
            .field("login", &self.login)
            .field("history", &self.history)
            .finish_non_exhaustive()
    }
}
