//! Bytes that nothing uses any more are removed. Who uses them is asked, never counted: a count
//! could be wrong.

use base::{Fault, Timestamp};

use super::rows;
use crate::reads::Reads;
use crate::tx::Tx;

/// A question that names which blobs the rows of a table use. Each answer has a column `hash`.
#[derive(Clone, Copy, Debug)]
pub enum Use {
    /// `$1` is the list of names that are asked for: `.. WHERE hash IN texts($1)`.
    Named(&'static str),
    /// All rows of the few that keep a list of names in one text.
    Listed(&'static str),
}

/// Removes those of the blobs that nothing uses; how many that were. `uses` must name every table
/// that keeps names of blobs.
///
/// # Errors
/// A fault if the database fails.
pub async fn remove_unused(tx: &mut Tx, hashes: &[String], uses: &[Use]) -> Result<u64, Fault> {
    let unused = unused(tx, hashes.to_vec(), uses).await?;
    if unused.is_empty() { Ok(0) } else { rows::remove(tx, unused).await }
}

/// Looks at the next blobs behind `after`: those that nothing uses and that were last put before
/// then, and where to go on; nowhere if these were the last.
///
/// # Errors
/// A fault if the database fails.
pub async fn unused_after(
    reads: &mut impl Reads,
    after: &str,
    before: Timestamp,
    most: u32,
    uses: &[Use],
) -> Result<(Vec<String>, Option<String>), Fault> {
    let (old, next) = rows::names_after(reads, after, before, most).await?;
    Ok((unused(reads, old, uses).await?, next))
}

async fn unused(
    reads: &mut impl Reads,
    mut hashes: Vec<String>,
    uses: &[Use],
) -> Result<Vec<String>, Fault> {
    for by in uses {
        if hashes.is_empty() {
            break;
        }
        let named = rows::named(reads, by, &hashes).await?;
        match by {
            Use::Named(_) => {
                let named: std::collections::HashSet<String> = named.into_iter().collect();
                hashes.retain(|hash| !named.contains(hash));
            }
            Use::Listed(_) => {
                hashes.retain(|hash| !named.iter().any(|list| list.contains(hash.as_str())));
            }
        }
    }
    Ok(hashes)
}
