//! The answers that ship, so that nobody begins with an empty list. Staff may change or retire
//! them; a key that is known is never written again.

use std::collections::BTreeMap;

use base::{Env, Fault, Language, Stop};
use serde::Deserialize;
use store::Store;

use super::answer::Written;
use super::{keep, rows};

const SHIPPED: &str = include_str!("shipped.toml");

#[derive(Deserialize)]
struct Shipped {
    answers: Vec<One>,
}

#[derive(Deserialize)]
struct One {
    key: String,
    title: String,
    texts: BTreeMap<String, String>,
}

/// Writes down the answers that ship and are not known yet.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn ship(store: &Store, env: &Env) -> Result<(), Stop> {
    let all = read()?;
    store::write!(store, |tx| {
        for written in &all {
            if rows::find_by_key(tx, &written.key).await?.is_none() {
                keep::add(tx, env, written.clone(), None).await?;
            }
        }
        Ok(())
    })
}

/// The answers that ship.
pub(super) fn read() -> Result<Vec<Written>, Fault> {
    let shipped: Shipped =
        toml::from_str(SHIPPED).map_err(|error| Fault::of("read the answers that ship", error))?;
    let written = |one: One| {
        let text = |(tag, text): (String, String)| {
            let language: Language =
                tag.parse().map_err(|_| Fault::new(format!("read the language {tag}")))?;
            Ok((language, text))
        };
        let texts = one.texts.into_iter().map(text).collect::<Result<_, Fault>>()?;
        Written::checked(&one.key, &one.title, texts)
            .map_err(|refusal| Fault::new(format!("read the answer {}: {refusal}", one.key)))
    };
    shipped.answers.into_iter().map(written).collect()
}
