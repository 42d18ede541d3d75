//! Secrets that are not written into the file: `env:NAME` and `file:PATH` stand for what is there.

use toml::Value;

/// Replaces every text that is exactly `env:NAME` or `file:PATH` by what it names.
///
/// # Errors
/// A sentence that names the key if the variable is not set or the file cannot be read.
pub(super) fn expand(value: &mut Value, at: &str) -> Result<(), String> {
    match value {
        Value::String(text) => {
            if let Some(found) = named(text, at)? {
                *text = found;
            }
            Ok(())
        }
        Value::Array(list) => list
            .iter_mut()
            .enumerate()
            .try_for_each(|(nth, value)| expand(value, &format!("{at}[{nth}]"))),
        Value::Table(table) => {
            table.iter_mut().try_for_each(|(key, value)| expand(value, &join(at, key)))
        }
        Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) => Ok(()),
    }
}

fn join(at: &str, key: &str) -> String {
    if at.is_empty() { key.to_owned() } else { format!("{at}.{key}") }
}

fn named(text: &str, at: &str) -> Result<Option<String>, String> {
    if let Some(name) = text.strip_prefix("env:") {
        let found = std::env::var(name)
            .map_err(|_| format!("{at}: the environment variable {name} is not set"))?;
        return Ok(Some(found));
    }
    if let Some(path) = text.strip_prefix("file:") {
        let found = std::fs::read_to_string(path)
            .map_err(|error| format!("{at}: the file {path} cannot be read ({error})"))?;
        return Ok(Some(found.trim_end().to_owned()));
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_that_is_not_set_is_named_with_its_key() {
        let mut value: Value = toml::from_str("[mail]\nsmtp = 'env:PAYDESK_NO_SUCH'").unwrap();
        let said = expand(&mut value, "").unwrap_err();
        assert_eq!(said, "mail.smtp: the environment variable PAYDESK_NO_SUCH is not set");
    }

    #[test]
    fn a_secret_file_is_read_without_its_last_line_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        std::fs::write(&path, "hush\n").unwrap();
        let mut value = Value::String(format!("file:{}", path.display()));
        expand(&mut value, "key").unwrap();
        assert_eq!(value.as_str(), Some("hush"));
    }
}
