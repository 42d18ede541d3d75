//! The house's replies: lines of `key=value`, split at the first equals sign.

use std::collections::BTreeMap;

use processor::{Decline, DeclineClass, declines};

/// The most lines that are read.
const LINES: usize = 200;

/// A reply, by its keys in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reply(BTreeMap<String, String>);

impl Reply {
    /// Reads a reply. A line that is no pair, or a key that comes twice, makes all of it
    /// unreadable: an error page may hold any word.
    pub fn read(text: &str) -> Result<Reply, String> {
        let mut pairs = BTreeMap::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let Some((key, value)) = line.split_once('=') else {
                return Err("WTSeTicket's reply has a line that is no pair".to_owned());
            };
            let key = key.trim().to_ascii_lowercase();
            let fine = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
            if key.is_empty() || !key.bytes().all(fine) {
                return Err("WTSeTicket's reply has a line that is no pair".to_owned());
            }
            if pairs.len() >= LINES || pairs.insert(key, value.trim().to_owned()).is_some() {
                return Err("WTSeTicket's reply has a key twice, or too many".to_owned());
            }
        }
        Ok(Reply(pairs))
    }

    /// The value of a key; an empty one is none.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// What became of it, in lower case.
    pub fn status(&self) -> String {
        self.get("status").unwrap_or_default().to_ascii_lowercase()
    }

    /// Order and sale, as both are wanted for every call after it.
    pub fn transaction(&self) -> Option<String> {
        both(self.get("order_id"), self.get("history_id"))
    }

    /// Why not.
    pub fn decline(&self) -> Decline {
        decline(self.get("reason"), is_yes(self.get("duplicatetrans")))
    }

    /// Whether no money moves.
    pub fn is_test(&self) -> bool {
        is_yes(self.get("testtrans"))
    }
}

/// Order and sale in one id, `88001:99001`.
pub(super) fn both(order: Option<&str>, history: Option<&str>) -> Option<String> {
    let (order, history) = (order?, history?);
    (super::config::plain(order) && super::config::plain(history))
        .then(|| format!("{order}:{history}"))
}

/// Order and sale out of one id.
pub(super) fn parts(id: &str) -> Option<(&str, &str)> {
    let (order, history) = id.split_once(':')?;
    (super::config::plain(order) && super::config::plain(history)).then_some((order, history))
}

/// A flag of the house, whose values are not public: anything but a plain no counts as a yes.
pub(super) fn is_yes(flag: Option<&str>) -> bool {
    let flag = flag.unwrap_or_default().trim().to_ascii_lowercase();
    !matches!(flag.as_str(), "" | "0" | "n" | "no" | "f" | "false")
}

/// The house's words for a no are not public, so their cause is not known; that it has taken the
/// same check already is a flag of its own.
pub(super) fn decline(reason: Option<&str>, duplicate: bool) -> Decline {
    let reason = reason.unwrap_or("no").trim();
    let digits = reason.bytes().filter(u8::is_ascii_digit).count();
    let raw: String = if digits > 8 {
        // It may repeat an account's number.
        "number".to_owned()
    } else {
        reason.chars().filter(|letter| !letter.is_control()).take(80).collect()
    };
    if duplicate {
        let cause = declines::cause("duplicate");
        return Decline { raw, cause: cause.code.to_owned(), class: cause.class };
    }
    Decline { raw, cause: "unknown".to_owned(), class: DeclineClass::Soft }
}
