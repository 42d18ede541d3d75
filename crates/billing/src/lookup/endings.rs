//! How look-ups end and which door people take then: counts of a day, without anything of the
//! charge or the person.

use base::{Stop, Timestamp};

use super::{Lookup, rows};
use store::terms;

terms! {
    /// How a look-up ends.
    Ending {
        /// The neutral card was shown.
        Found = "found",
        /// The one answer for "no", "not enough" and "too many".
        Nothing = "nothing",
        /// Not looked at all: too often.
        Refused = "refused",
    }
}

terms! {
    /// Where somebody goes on from the card.
    Door {
        /// The details to the mail on file.
        Details = "details",
        /// A refund.
        Refund = "refund",
        /// The end of a renewal.
        Cancel = "cancel",
        /// "I did not do this".
        Contact = "contact",
        /// The house that took the money.
        House = "house",
    }
}

const A_DAY: i64 = 86_400_000_000;

/// Counts that somebody took a door.
///
/// # Errors
/// A fault if the database fails.
pub async fn enter(lookup: &Lookup, kinds: &str, door: Door) -> Result<(), Stop> {
    write(lookup, kinds, Ending::Found, Some(door)).await
}

pub(super) async fn write(
    lookup: &Lookup,
    kinds: &str,
    ending: Ending,
    door: Option<Door>,
) -> Result<(), Stop> {
    let day = midnight(lookup.billing.env.now());
    let named = door.map(Door::as_str).unwrap_or_default();
    store::write!(lookup.billing.store, |tx| {
        Ok(rows::count_ending(tx, day, kinds, ending, named).await?)
    })?;
    metrics::counter!("paydesk_lookups_total", "ending" => ending.as_str(), "door" => named)
        .increment(1);
    Ok(())
}

fn midnight(now: Timestamp) -> i64 {
    let micros = now.as_microsecond();
    micros - micros.rem_euclid(A_DAY)
}
