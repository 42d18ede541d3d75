//! Reading the file: TOML, then what it names, then the environment, then types.

use std::path::Path;

use toml::{Table, Value};

use super::Config;
use super::expand::expand;

/// The configuration cannot be used, and why, for the operator.
#[derive(Debug, thiserror::Error)]
#[error("the configuration {place}: {why}")]
pub struct ConfigError {
    place: String,
    why: String,
}

impl ConfigError {
    fn new(place: &str, why: impl std::fmt::Display) -> ConfigError {
        ConfigError { place: place.to_owned(), why: why.to_string() }
    }
}

/// Environment variables that stand above the file, with the keys they set.
const VARIABLES: [(&str, &str); 5] = [
    ("PAYDESK_LISTEN", "listen"),
    ("PAYDESK_PUBLIC_URL", "public_url"),
    ("PAYDESK_DATA", "data"),
    ("PAYDESK_DATABASE", "database"),
    ("PAYDESK_KEY", "key"),
];

/// Reads a file, or takes the defaults if none is named, and lets the environment stand above.
///
/// # Errors
/// [`ConfigError`] with the place and what is wrong there.
pub fn load(path: Option<&Path>) -> Result<Config, ConfigError> {
    let (place, text) = match path {
        None => ("(defaults and environment)".to_owned(), String::new()),
        Some(path) => {
            let place = path.display().to_string();
            let text = std::fs::read_to_string(path)
                .map_err(|error| ConfigError::new(&place, format!("cannot be read ({error})")))?;
            (place, text)
        }
    };
    read(&place, &text, |name| std::env::var(name).ok())
}

/// Reads a configuration from its text.
///
/// # Errors
/// As [`load`].
pub fn read(
    place: &str,
    text: &str,
    variable: impl Fn(&str) -> Option<String>,
) -> Result<Config, ConfigError> {
    let mut table: Table =
        text.parse().map_err(|error: toml::de::Error| ConfigError::new(place, error.message()))?;
    for (name, key) in VARIABLES {
        if let Some(value) = variable(name) {
            table.insert(key.to_owned(), Value::String(value));
        }
    }
    let mut value = Value::Table(table);
    expand(&mut value, "").map_err(|why| ConfigError::new(place, why))?;
    let config: Config = serde_path_to_error::deserialize(value).map_err(|error| {
        let at = error.path().to_string();
        let why = error.into_inner();
        let why = why.message().trim().to_owned();
        let sentence = if at == "." || at.is_empty() { why } else { format!("{at}: {why}") };
        ConfigError::new(place, sentence)
    })?;
    check(&config).map_err(|why| ConfigError::new(place, why))?;
    Ok(config)
}

fn check(config: &Config) -> Result<(), String> {
    let database = config.database.as_str();
    if database != "sqlite" && !database.starts_with("postgres") {
        return Err("database: write \"sqlite\", or a URL that begins with postgres://".to_owned());
    }
    if config.mail.smtp.is_some() && config.mail.from.is_none() {
        return Err("mail.from: mail out needs a sender, such as \"Shop <pay@example.com>\"".into());
    }
    if config.livemode && config.public_url.as_ref().is_none_or(|url| url.scheme() != "https") {
        return Err("public_url: real money needs an address that begins with https://".to_owned());
    }
    for account in &config.processors {
        let fits =
            |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        if account.key.is_empty() || account.key.len() > 40 || !account.key.chars().all(fits) {
            return Err(format!(
                "processors: the key \"{}\" may hold small letters, digits and dashes, 40 at most",
                account.key
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        read("paydesk.toml", text, |_| None).unwrap_err().to_string()
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_place_and_what_would_fit() {
        let said = said("[site]\nnmae = 'Shop'");
        assert!(said.contains("paydesk.toml: site"), "{said}");
        assert!(said.contains("unknown field `nmae`, expected one of `name`"), "{said}");
    }

    #[test]
    fn a_wrong_type_is_refused_with_its_place() {
        let said = said("[[processors]]\nkey = 'a'\nkind = 3\ndescriptor = 'X'");
        assert!(said.contains("processors[0].kind"), "{said}");
    }

    #[test]
    fn real_money_needs_https() {
        assert!(said("livemode = true").contains("https://"));
    }

    #[test]
    fn the_environment_stands_above_the_file() {
        let config = read("x", "listen = '127.0.0.1:1'", |name| {
            (name == "PAYDESK_LISTEN").then(|| "0.0.0.0:9".to_owned())
        });
        assert_eq!(config.unwrap().listen.port(), 9);
    }

    #[test]
    fn no_file_at_all_is_a_trial_on_this_machine() {
        let config = read("x", "", |_| None).unwrap();
        assert!(config.is_sqlite() && !config.livemode && config.listen.ip().is_loopback());
    }
}
