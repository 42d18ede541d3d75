//! What fills the places of an answer while nobody asks, so that whoever writes sees how it reads.

use base::{Currency, Language, Money, Timestamp};
use jiff::tz::TimeZone;
use words::Words;

use super::fill::Place;

/// A value for a place, as a customer who reads this language would see it.
#[must_use]
pub fn sample(place: Place, site: &str, agent: &str, language: Language, now: Timestamp) -> String {
    let words = Words::of(language);
    match place {
        Place::Customer => "Mia".to_owned(),
        Place::Reference => "PD-7K3M-92QX-T".to_owned(),
        Place::Site => site.to_owned(),
        Place::Agent => agent.to_owned(),
        Place::Amount => words.money(Money::new(1_999, Currency::EUR)),
        Place::Paid => words.date(now, &TimeZone::UTC),
        Place::Statement => "SAMPLE*SHOP".to_owned(),
        Place::Processor => "Sample Payments".to_owned(),
        Place::Due => format!("{} UTC", words.date_time(now, &TimeZone::UTC)),
        Place::ReopenDays => words.number(7),
    }
}
