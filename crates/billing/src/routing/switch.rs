//! A deed: staff switch an account on, to finishing only, or off, whatever the configuration says.

use base::{Actor, Fault, Kind, Refusal, Stop, Timestamp};
use store::{Reads, Tx};

use super::live::Routes;
use super::rows;
use crate::{Account, AccountStatus};

/// There is no such account.
pub const ACCOUNT_UNKNOWN: Refusal = Refusal::new(
    Kind::NotFound,
    "processor_account_not_found",
    "there is no processor account of that name",
);
/// Somebody will ask why.
pub const SWITCH_NEEDS_A_REASON: Refusal = Refusal::new(
    Kind::Rule,
    "switch_needs_a_reason",
    "say in 1 to 200 characters why the account is switched",
);

const LONGEST_REASON: usize = 200;

/// What staff have said about an account.
#[derive(Clone, Debug)]
pub struct Switch {
    /// Which.
    pub account: String,
    /// How it shall stand; nothing means as configured.
    pub status: Option<AccountStatus>,
    /// Why.
    pub why: String,
    /// Who said so.
    pub made_by: String,
    /// When.
    pub created_at: Timestamp,
}

/// Switches an account. It holds on all nodes from the next payment on, until the next switch.
///
/// # Errors
/// [`ACCOUNT_UNKNOWN`], [`SWITCH_NEEDS_A_REASON`], or a fault if the database fails.
pub async fn switch(
    tx: &mut Tx,
    routes: &Routes,
    account: &str,
    status: Option<AccountStatus>,
    why: &str,
    actor: Actor,
) -> Result<Switch, Stop> {
    let account = routes.accounts.get(account).ok_or(ACCOUNT_UNKNOWN)?.key.clone();
    let why = why.trim();
    if why.is_empty() || why.chars().count() > LONGEST_REASON {
        return Err(SWITCH_NEEDS_A_REASON.at("why").into());
    }
    let switch = Switch {
        account,
        status,
        why: why.to_owned(),
        made_by: actor.to_string(),
        created_at: routes.env.now(),
    };
    rows::insert_switch(tx, &switch).await?;
    Ok(switch)
}

/// What staff have said last about each account that was ever switched.
///
/// # Errors
/// A fault if the database fails.
pub async fn switches(reads: &mut impl Reads) -> Result<Vec<Switch>, Fault> {
    rows::switches(reads).await
}

/// How an account stands: as staff have switched it, else as configured.
#[must_use]
pub fn effective(account: &Account, switches: &[Switch]) -> AccountStatus {
    let own = switches.iter().find(|switch| switch.account == account.key);
    own.and_then(|switch| switch.status).unwrap_or(account.status)
}
