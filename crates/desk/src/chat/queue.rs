//! How long one waits: who is there, how many stand before, and what the last hour tells.

use base::{Fault, SignedDuration, Timestamp};
use store::Reads;

use super::rows;
use super::settings::ChatSettings;
use crate::cases::{Case, CaseState};

/// Whether somebody answers now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Somebody is at the desk.
    There,
    /// These are hours of the desk, and nobody is at it.
    Away,
    /// The desk is closed, and opens then, if it ever does.
    Closed(Option<Timestamp>),
}

/// What somebody who comes or waits is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Whether somebody answers now.
    pub presence: Presence,
    /// In about how many minutes, as the last hour tells; nothing if it tells nothing.
    pub minutes: Option<i64>,
}

/// The last hour tells.
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// What somebody who comes now is told.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn look(
    reads: &mut impl Reads,
    settings: &ChatSettings,
    now: Timestamp,
) -> Result<Waiting, Fault> {
    let presence = if !settings.calendar.is_open(now) {
        Presence::Closed(settings.calendar.opens(now))
    } else if rows::desk_is_there(reads, now).await? {
        Presence::There
    } else {
        Presence::Away
    };
    let waits = rows::waits_since(reads, now.checked_sub(HOUR).unwrap_or(now)).await?;
    Ok(Waiting { presence, minutes: minutes(&waits) })
}

/// How many stand before this case, counted from one; nothing if somebody has taken or answered it.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn position(reads: &mut impl Reads, case: &Case) -> Result<Option<i64>, Fault> {
    let ours = matches!(case.state, CaseState::New | CaseState::Open);
    if !ours || case.first_answer_at.is_some() || case.assignee.is_some() {
        return Ok(None);
    }
    Ok(Some(rows::before(reads, case).await?.saturating_add(1)))
}

/// Within how many minutes four of five were answered.
fn minutes(waits: &[i64]) -> Option<i64> {
    const MINUTE: i64 = 60_000_000;
    let nth = (waits.len() * 4).div_ceil(5).checked_sub(1)?;
    let wait = *waits.get(nth)?;
    Some((wait.max(0) + MINUTE - 1).div_euclid(MINUTE).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_of_five_are_answered_in_the_time_that_is_told() {
        let second = 1_000_000;
        let table = [
            (vec![], None),
            (vec![5 * second], Some(1)),
            (vec![60 * second], Some(1)),
            (vec![61 * second], Some(2)),
            (vec![second, second, second, 180 * second, 9_000 * second], Some(3)),
            (vec![second; 9], Some(1)),
        ];
        for (waits, told) in table {
            assert_eq!(minutes(&waits), told, "{waits:?}");
        }
    }
}
