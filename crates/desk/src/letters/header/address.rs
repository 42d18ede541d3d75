//! Mailboxes: names are decoded, addresses never are.

use crate::letters::limits::MOST_MAILBOXES;
use crate::letters::{charset, steps};

use super::words;

/// The longest address that mail can have.
const LONGEST: usize = 320;

/// Somebody's name and address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mailbox {
    /// The name beside the address; empty if there is none.
    pub name: String,
    /// As sent, never decoded. Empty or not an address if the sender made a mistake.
    pub address: String,
}

impl Mailbox {
    /// The address for comparing: lower case.
    #[must_use]
    pub fn key(&self) -> String {
        self.address.to_lowercase()
    }

    /// Whether mail can be sent there, as far as the form tells.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        valid(&self.address)
    }

    /// What stands behind the `@`, in lower case.
    #[must_use]
    pub fn domain(&self) -> String {
        self.address.rsplit_once('@').map(|(_, domain)| domain.to_lowercase()).unwrap_or_default()
    }
}

/// Whether a text has the form of an address.
pub(crate) fn valid(address: &str) -> bool {
    let Some((local, domain)) = address.rsplit_once('@') else { return false };
    let literal = domain.starts_with('[') && domain.ends_with(']');
    let dotted = !domain.is_empty()
        && !domain.starts_with(['.', '-'])
        && !domain.ends_with(['.', '-'])
        && !domain.contains("..")
        && domain.chars().all(|one| one.is_alphanumeric() || "-.".contains(one));
    let spoken = |one: char| !one.is_whitespace() && !one.is_control() && !"<>,;".contains(one);
    address.len() <= LONGEST
        && !local.is_empty()
        && local.chars().all(spoken)
        && !local.contains('@')
        && (literal || dotted)
}

/// What has been read of the mailbox that is being read.
#[derive(Default)]
struct Draft {
    phrase: String,
    comment: String,
    address: Option<String>,
}

/// Reads a list of mailboxes and of groups of them.
pub(super) fn read(value: &str, all: &mut Vec<Mailbox>) {
    steps::add(value.len());
    let mut draft = Draft::default();
    let mut at = 0;
    while at < value.len() && all.len() < MOST_MAILBOXES {
        let rest = &value[at..];
        let Some(sign) = rest.chars().next() else { break };
        let mut used = sign.len_utf8();
        match sign {
            '"' => used = quoted(rest, &mut draft.phrase),
            '(' => used = comment(rest, &mut draft.comment),
            '<' => used = angle(rest, &mut draft),
            ',' | ';' => flush(&mut draft, all),
            ':' if draft.address.is_none() && !draft.phrase.contains('@') => {
                draft = Draft::default();
            }
            '=' if rest.starts_with("=?") => {
                used = words::end_of_word(value, at).map_or(1, |end| end - at);
                draft.phrase.push_str(&value[at..at + used]);
            }
            sign => draft.phrase.push(sign),
        }
        at += used;
    }
    flush(&mut draft, all);
}

/// A quoted name; returns how many bytes it takes. One that never ends is a stray mark.
fn quoted(rest: &str, phrase: &mut String) -> usize {
    let mut escaped = false;
    for (at, sign) in rest.char_indices().skip(1) {
        match sign {
            _ if escaped => {
                phrase.push(sign);
                escaped = false;
            }
            '\\' => escaped = true,
            '"' => return at + 1,
            sign => phrase.push(sign),
        }
    }
    rest.len()
}

fn comment(rest: &str, text: &mut String) -> usize {
    let mut depth = 0_usize;
    for (at, sign) in rest.char_indices() {
        match sign {
            '(' => depth += 1,
            ')' if depth == 1 => return at + 1,
            ')' => depth -= 1,
            sign if text.len() < 1_000 => text.push(sign),
            _ => {}
        }
    }
    rest.len()
}

/// An address in angle brackets; a route before it is left out.
fn angle(rest: &str, draft: &mut Draft) -> usize {
    let inner = &rest[1..];
    let end = inner.find(['>', '<']).unwrap_or(inner.len());
    let address: String = inner[..end].chars().filter(|one| !one.is_whitespace()).collect();
    let address = match address.rsplit_once(':') {
        Some((route, address)) if route.starts_with('@') => address.to_owned(),
        Some((scheme, address)) if scheme.eq_ignore_ascii_case("mailto") => address.to_owned(),
        _ => address,
    };
    if draft.address.as_ref().is_none_or(|earlier| !valid(earlier)) {
        draft.address = Some(address);
    }
    1 + end + usize::from(inner[end..].starts_with('>'))
}

fn flush(draft: &mut Draft, all: &mut Vec<Mailbox>) {
    let Draft { phrase, comment, address } = std::mem::take(draft);
    let mut phrase = phrase.split_whitespace().collect::<Vec<&str>>().join(" ");
    let address = address.unwrap_or_else(|| {
        let bare = phrase.split(' ').find(|word| valid(word)).map(str::to_owned);
        if let Some(bare) = &bare {
            phrase = phrase.replacen(bare.as_str(), "", 1);
        }
        bare.unwrap_or_default()
    });
    let name = if phrase.trim().is_empty() { &comment } else { &phrase };
    let name = charset::tidy(&words::decode(name)).replace('\n', " ").trim().to_owned();
    if !name.is_empty() || !address.is_empty() {
        all.push(Mailbox { name, address });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(value: &str) -> (String, String) {
        let mut all = Vec::new();
        read(value, &mut all);
        assert!(all.len() <= 1, "{value}: {all:?}");
        all.pop().map(|one| (one.name, one.address)).unwrap_or_default()
    }

    #[test]
    fn a_mailbox_is_read_as_it_is_sent_in_fact() {
        for (sent, name, address) in [
            ("ann@example.com", "", "ann@example.com"),
            ("Ann <ann@example.com>", "Ann", "ann@example.com"),
            ("\"Doe, Ann\" <ann@example.com>", "Doe, Ann", "ann@example.com"),
            ("=?utf-8?Q?Doe,_Ann?= <ann@example.com>", "Doe, Ann", "ann@example.com"),
            ("\"=?utf-8?Q?J=C3=B6rg?=\" <j@example.com>", "Jörg", "j@example.com"),
            ("ann@example.com (Ann)", "Ann", "ann@example.com"),
            ("<ann@example.com>", "", "ann@example.com"),
            ("Ann <mailto:ann@example.com>", "Ann", "ann@example.com"),
            ("Ann <@a.example,@b.example:ann@example.com>", "Ann", "ann@example.com"),
            ("Ann <ann@example.com", "Ann", "ann@example.com"),
            ("\"ann@example.com\" <ann@example.com>", "ann@example.com", "ann@example.com"),
            // Never decoded inside the address.
            ("<=?utf-8?Q?ann?=@example.com>", "", "=?utf-8?Q?ann?=@example.com"),
            (
                "=?utf-8?Q?boss=40bank.example?= <x@evil.example>",
                "boss@bank.example",
                "x@evil.example",
            ),
            ("Nobody", "Nobody", ""),
            ("", "", ""),
        ] {
            assert_eq!(one(sent), (name.to_owned(), address.to_owned()), "{sent}");
        }
    }

    #[test]
    fn lists_and_groups_are_taken_apart() {
        let mut all = Vec::new();
        read("Friends: a@x.org, B <b@x.org>; c@x.org; \"d\" <d@x.org>,,", &mut all);
        let addresses: Vec<&str> = all.iter().map(|one| one.address.as_str()).collect();
        assert_eq!(addresses, ["a@x.org", "b@x.org", "c@x.org", "d@x.org"]);
        let mut none = Vec::new();
        read("undisclosed-recipients:;", &mut none);
        assert!(none.is_empty());
    }

    #[test]
    fn what_is_no_address_is_known_as_such() {
        for good in ["a@b.example", "a+b@b", "ü@b.example", "a@[192.0.2.1]", "=?a?@b.org"] {
            assert!(valid(good), "{good}");
        }
        for bad in ["", "a", "@b", "a@", "a b@c", "a@b..c", "a@b@c", "a@b_c!", "<a@b>"] {
            assert!(!valid(bad), "{bad}");
        }
    }
}
