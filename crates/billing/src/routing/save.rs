//! Two deeds: a new version of the rules is kept and goes live; an older one goes live again.

use base::{Actor, Kind, Refusal, Stop};
use store::Tx;

use super::check::check;
use super::live::Routes;
use super::rows;
use super::rule::RouteSet;

/// Something is wrong with the rules.
pub const ROUTES_NOT_VALID: Refusal =
    Refusal::new(Kind::Rule, "routes_not_valid", "something is wrong with these rules");
/// There is no such version.
pub const VERSION_NOT_FOUND: Refusal =
    Refusal::new(Kind::NotFound, "routes_version_not_found", "there is no such version of routes");

/// Keeps a new version and makes it live. It decides on all nodes from the next payment on.
///
/// # Errors
/// [`ROUTES_NOT_VALID`] with everything that is wrong, or a fault if the database fails.
pub async fn save(tx: &mut Tx, routes: &Routes, set: &RouteSet, actor: Actor) -> Result<i64, Stop> {
    let wrong = check(set, &routes.accounts);
    if !wrong.is_empty() {
        return Err(ROUTES_NOT_VALID.because(wrong.join("; ")).into());
    }
    let now = routes.env.now();
    let version = rows::next_version(tx).await?;
    let made_by = actor.to_string();
    rows::insert_set(tx, version, set, &made_by, now).await?;
    rows::insert_change(tx, version, &made_by, now).await?;
    Ok(version)
}

/// Makes an older version live again; 0 is the set that ships.
///
/// # Errors
/// [`VERSION_NOT_FOUND`], [`ROUTES_NOT_VALID`] if it does not fit the accounts of today, or a fault
/// if the database fails.
pub async fn go_to(tx: &mut Tx, routes: &Routes, version: i64, actor: Actor) -> Result<(), Stop> {
    if version != 0 {
        let set = rows::body(tx, version).await?.ok_or(VERSION_NOT_FOUND)?;
        let wrong = check(&set, &routes.accounts);
        if !wrong.is_empty() {
            return Err(ROUTES_NOT_VALID.because(wrong.join("; ")).into());
        }
    }
    rows::insert_change(tx, version, &actor.to_string(), routes.env.now()).await?;
    Ok(())
}
