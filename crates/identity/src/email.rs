//! A mail address that can be written to.

use base::{Kind, Refusal};

use crate::text;

/// Not a mail address.
const REFUSED: Refusal = Refusal::new(
    Kind::Malformed,
    "email_not_valid",
    "a mail address looks like name@example.org and has 254 characters at most",
);

/// A mail address: one line, one `@`, a host with a dot, ASCII only.
///
/// It is stricter than the standard, so that nothing in it can mean something to a mail server, a
/// header or a page. The host is written in small letters; names with other letters in the host
/// are given in their `xn--` form.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Email(String);

impl Email {
    /// Reads an address.
    ///
    /// # Errors
    /// Refused if it is not one.
    pub fn checked(written: &str) -> Result<Email, Refusal> {
        let written = written.trim_matches(' ');
        let (local, host) = written.rsplit_once('@').ok_or(REFUSED)?;
        if written.len() > 254 || !is_local(local) || !is_host(host) {
            return Err(REFUSED);
        }
        Ok(Email(format!("{local}@{}", host.to_ascii_lowercase())))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address as the name of an account: all in small letters.
    #[must_use]
    pub fn folded(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// The address as it is stored.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

/// Letters, digits and the signs that mean nothing elsewhere; no dot at an end, no two in a row.
fn is_local(local: &str) -> bool {
    (1..=64).contains(&local.len())
        && local.split('.').all(|part| !part.is_empty())
        && local
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".!#$&'*+-/=?^_{|}~".contains(&byte))
}

/// At least two labels of letters, digits and inner hyphens; the last one is no number.
fn is_host(host: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    host.contains('.')
        && host.split('.').all(label)
        && text::letters(last, 2..=63, |byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !last.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_people_have_are_taken() {
        for written in [
            "ana@example.org",
            "a.b+tag@mail.example.co",
            "o'neill@example.ie",
            "x@xn--bcher-kva.example",
        ] {
            assert_eq!(Email::checked(written).unwrap().as_str(), written);
        }
        assert_eq!(Email::checked(" Ana@Example.ORG ").unwrap().as_str(), "Ana@example.org");
        assert_eq!(Email::checked("Ana@Example.ORG").unwrap().folded(), "ana@example.org");
    }

    #[test]
    fn what_could_mean_something_elsewhere_is_refused() {
        let long = format!("{}@example.org", "a".repeat(65));
        for written in [
            "",
            "ana",
            "@example.org",
            "ana@",
            "ana@localhost",
            "ana@10.0.0.1",
            "ana@example..org",
            "ana@-example.org",
            ".ana@example.org",
            "a..b@example.org",
            "a b@example.org",
            "ana@example.org\r\nBcc: eve@example.org",
            "ana\n@example.org",
            "ana@example.org,eve@example.org",
            "<ana@example.org>",
            "\"ana\"@example.org",
            "ana%example.net@example.org",
            "änä@example.org",
            "ana@exämple.org",
            "ana@@example.org",
            "ana@example.org\0",
            &long,
        ] {
            assert_eq!(Email::checked(written).unwrap_err().code, "email_not_valid", "{written:?}");
        }
    }
}
