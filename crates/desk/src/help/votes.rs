//! "Did this help?": one voice for each reader, article and day; the last one counts.

use std::collections::BTreeMap;

use base::id::ArticleId;
use base::{Env, Fault, Language, SignedDuration};
use store::{Reads, Tx, Vault};

use super::rows::counts;

/// What a reader says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// It helped.
    Helped,
    /// It did not.
    DidNot,
}

/// So long voices count for editors.
const COUNTED: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Keeps what a reader says. `visitor` names their browser or address and is kept as a keyed hash
/// of the day only.
///
/// # Errors
/// A fault if the database fails.
pub async fn vote(
    tx: &mut Tx,
    env: &Env,
    vault: &Vault,
    (article, language): (ArticleId, Language),
    visitor: &str,
    voice: Voice,
) -> Result<(), Fault> {
    let now = env.now();
    let day = now.as_second().div_euclid(86_400);
    let visitor = vault.blind("help vote", &format!("{day} {article} {visitor}"));
    counts::vote(tx, article, language, (day, &visitor), voice, now).await
}

/// For articles that readers spoke of in the last 90 days: how many it helped, of how many.
///
/// # Errors
/// A fault if the database fails.
pub async fn voices(
    reads: &mut impl Reads,
    env: &Env,
    articles: &[ArticleId],
) -> Result<BTreeMap<ArticleId, (i64, i64)>, Fault> {
    let since = env.now().checked_sub(COUNTED).unwrap_or(base::Timestamp::MIN);
    let rows = counts::voices(reads, articles, since).await?;
    Ok(rows.into_iter().map(|(id, helped, said)| (id, (helped, said))).collect())
}
