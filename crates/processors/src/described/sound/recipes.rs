//! What makes a recipe of a digest sound.

use processor::sign::Digesting;

use crate::described::digest::key;
use crate::described::record::{AllFields, Covers, KeyPlace, Recipe, SentIn};
use crate::described::settings::Settings;

/// Weighs one recipe.
///
/// # Errors
/// A sentence that names the key.
pub(super) fn recipe(at: &str, recipe: &Recipe, settings: &Settings) -> Result<(), String> {
    let text = secret(&recipe.secret, at, settings)?;
    key(recipe, text)?;
    let keyed = matches!(
        recipe.algorithm,
        Digesting::HmacMd5 | Digesting::HmacSha1 | Digesting::HmacSha256
    );
    if keyed != (recipe.key == KeyPlace::Hmac) {
        return Err(format!("{at}: key = \"hmac\" belongs to the algorithms that begin with hmac"));
    }
    let in_part = matches!(recipe.sent, SentIn::Part { .. });
    let fresh = recipe.fresh.as_ref().map(|fresh| &fresh.from);
    let items = match &recipe.fields {
        Covers::List(items) => items.as_slice(),
        Covers::All(_) => &[],
    };
    if recipe.fields == Covers::List(Vec::new()) {
        return Err(format!("{at}.fields is empty: the digest would cover nothing"));
    }
    for item in items.iter().chain(fresh) {
        let from_message = item == "@body" || item.starts_with("@header:");
        if item.starts_with('@') && !from_message && !(in_part && item.starts_with("@part:")) {
            let known = "@body, @header:name, and @part:name where the digest is sent in a part";
            return Err(format!("{at}.fields: there is no {item}, only {known}"));
        }
    }
    let Some(ids) = &recipe.key_ids else { return Ok(()) };
    if recipe.fields != Covers::All(AllFields::InOrder) {
        return Err(format!("{at}.key_ids needs fields = \"in_order\""));
    }
    let mut once: Vec<String> = ids.ids.values().map(|id| id.to_ascii_lowercase()).collect();
    once.sort_unstable();
    let pair = |id: &String| id.len() == 2 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !once.iter().all(pair) || once.windows(2).any(|two| two[0] == two[1]) || once.is_empty() {
        return Err(format!("{at}.key_ids.ids must give each field its own two hex digits"));
    }
    Ok(())
}

/// A digest that the customer's browser carries can only travel in a field.
pub(super) fn sent_by_browser(at: &str, recipe: &Recipe) -> Result<(), String> {
    match recipe.sent {
        SentIn::Field(_) => Ok(()),
        SentIn::Header(_) | SentIn::Part { .. } => {
            Err(format!("{at}.sent must be a field: the customer's browser sends no header"))
        }
    }
}

/// A secret of the account.
///
/// # Errors
/// A sentence, if there is none of that name.
pub(super) fn secret<'a>(name: &str, at: &str, settings: &'a Settings) -> Result<&'a str, String> {
    let found = settings.secrets.get(name).filter(|secret| !secret.is_empty());
    found.map(String::as_str).ok_or_else(|| format!("secrets.{name} is missing: {at} takes it"))
}
