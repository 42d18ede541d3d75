//! Weighing a record and its account before anything is begun: every mistake has a sentence that
//! names its key.

mod calls;
mod recipes;
mod words;

use processor::Locks;
use url::Url;

use super::own::{START, names};
use super::record::{Encode, Means, Parameter, Postback, Record, Start};
use super::settings::Settings;

/// Weighs everything and gives the locks, with the house's senders if the account names none.
///
/// # Errors
/// A sentence that names the key.
pub(super) fn weigh(record: &Record, settings: &Settings) -> Result<Locks, String> {
    if record.support.name.trim().is_empty() {
        return Err("record.support.name is missing".to_owned());
    }
    settings.locks.sound()?;
    if let Some(start) = &record.start {
        begins(start, settings)?;
    }
    if let Some(recipe) = &record.returned {
        recipes::recipe("record.return", recipe, settings)?;
    }
    let mut locks = settings.locks.clone();
    if let Some(postback) = &record.postback {
        hears(postback, settings)?;
        if locks.senders.is_empty() {
            locks.senders = senders(postback)?.senders;
        }
    }
    calls::operations(&record.operations, settings)?;
    for (raw, cause) in &record.declines {
        if !processor::declines::causes().any(|known| known.code == cause) {
            return Err(format!("record.declines.{raw}: {cause} is no cause of a decline"));
        }
    }
    let shown = record.start.iter().flat_map(|start| &start.parameters);
    let shown =
        shown.into_iter().any(|parameter| names(&parameter.value).contains(&"postback_url"));
    if let (true, Some(postback)) = (shown, &record.postback) {
        let shut = postback.digest.is_some()
            || settings.locks.basic.is_some()
            || !locks.senders.is_empty()
            || settings.look_up;
        if !shut {
            return Err("record.start shows the postback address to the customer, so its secret \
                        locks nothing: postback.digest, locks.basic, locks.senders or look_up is \
                        needed as well"
                .to_owned());
        }
    }
    if settings.look_up && !matches!(record.operations.find, Some(super::Operation::Call(_))) {
        return Err("look_up needs record.operations.find.call".to_owned());
    }
    Ok(locks)
}

fn begins(start: &Start, settings: &Settings) -> Result<(), String> {
    let key = "record.start";
    address(&format!("{key}.address"), &start.address)?;
    test_address(key, start.test_address.as_deref(), settings)?;
    parameters(&format!("{key}.parameters"), &start.parameters, &[START], settings)?;
    for parameter in &start.parameters {
        let shown = names(&parameter.value).iter().any(|name| name.starts_with("secret."));
        if shown && !parameter.encode.contains(&Encode::Xor) {
            let name = &parameter.name;
            return Err(format!("{key}.parameters: {name} would show a secret to the customer"));
        }
    }
    if start.parameters.is_empty() {
        return Err(format!("{key}.parameters is empty"));
    }
    let Some(recipe) = &start.digest else { return Ok(()) };
    recipes::recipe(&format!("{key}.digest"), recipe, settings)?;
    recipes::sent_by_browser(&format!("{key}.digest"), recipe)
}

fn hears(postback: &Postback, settings: &Settings) -> Result<(), String> {
    let key = "record.postback";
    match &postback.digest {
        Some(recipe) => recipes::recipe(&format!("{key}.digest"), recipe, settings)?,
        None if settings.locks.take_a_secret() => {}
        None => {
            return Err(format!(
                "{key}.digest is missing, so locks.path_secret or locks.basic must be set"
            ));
        }
    }
    words::rules(&format!("{key}.status"), &postback.status, words::OF_NOTICES)?;
    let yes = [Means::Paid, Means::Provisional, Means::Authorized];
    if !postback.status.iter().any(|rule| yes.contains(&rule.means)) {
        return Err(format!("{key}.status never says that something is paid"));
    }
    if postback.amount.is_none() {
        return Err(format!("{key}.amount is missing: what moves money must say how much"));
    }
    let ids = [&postback.ids.reference, &postback.ids.transaction];
    if ids.iter().any(|names| names.all().is_empty()) || postback.ids.dedupe.is_empty() {
        return Err(format!("{key}.ids: reference, transaction and dedupe must name fields"));
    }
    if let Some(time) = &postback.time {
        words::time(&format!("{key}.time.form"), &time.form)?;
    }
    words::answers(&format!("{key}.answer"), &postback.answer)
}

/// The house's own list of senders, in the form of the locks.
fn senders(postback: &Postback) -> Result<Locks, String> {
    let list = serde_json::json!({ "senders": postback.senders });
    serde_json::from_value(list).map_err(|no| format!("record.postback.senders: {no}"))
}

/// An address that a customer or a call may be sent to.
fn address(key: &str, text: &str) -> Result<(), String> {
    let bare = super::own::Own::default().fill_with(text, str::to_owned);
    let sample = bare.unwrap_or_else(|| text.replace(['{', '}'], "x"));
    let url: Url = sample.parse().map_err(|error| format!("{key} is not an address: {error}"))?;
    if url.scheme() == "https" || (url.scheme() == "http" && processor::is_loopback(&url)) {
        Ok(())
    } else {
        Err(format!("{key} must begin with https"))
    }
}

fn test_address(key: &str, test: Option<&str>, settings: &Settings) -> Result<(), String> {
    match test {
        Some(test) => address(&format!("{key}.test_address"), test),
        None if settings.test => Err(format!("{key}.test_address is missing, and test is on")),
        None => Ok(()),
    }
}

/// Whether every parameter has a name of its own and speaks of names there are.
fn parameters(
    key: &str,
    all: &[Parameter],
    known: &[&[&str]],
    settings: &Settings,
) -> Result<(), String> {
    for (nth, parameter) in all.iter().enumerate() {
        let name = &parameter.name;
        if name.is_empty() {
            return Err(format!("{key} has a parameter without a name"));
        }
        let twin = |other: &&Parameter| {
            let apart = parameter.when.is_some() && other.when.is_some();
            other.name == *name && !(apart && other.when != parameter.when)
        };
        if all[..nth].iter().any(|other| twin(&other)) {
            return Err(format!("{key} has {name} twice"));
        }
        let key = format!("{key}: {name}");
        template(&key, &parameter.value, known, settings)?;
        let missing = |used: &&str| {
            let own = used.strip_prefix("account.");
            own.is_some_and(|own| settings.values.get(own).is_none_or(String::is_empty))
        };
        if let Some(used) = names(&parameter.value).iter().find(|used| missing(used))
            && parameter.required
        {
            let own = used.trim_start_matches("account.");
            return Err(format!("values.{own} is missing: the house wants it as {name}"));
        }
        if parameter.encode.contains(&Encode::Xor) {
            recipes::secret(parameter.salt.as_deref().unwrap_or("key"), &key, settings)?;
        }
    }
    Ok(())
}

/// Whether a template speaks only of names there are, and of secrets the account has.
fn template(key: &str, text: &str, known: &[&[&str]], settings: &Settings) -> Result<(), String> {
    for name in names(text) {
        if let Some(secret) = name.strip_prefix("secret.") {
            recipes::secret(secret, key, settings)?;
        } else if !name.starts_with("account.") && !known.iter().any(|list| list.contains(&name)) {
            return Err(format!("{key} speaks of {{{name}}}, which there is not"));
        }
    }
    Ok(())
}
