//! What somebody types who does not know a charge, and what is read of it.

use std::collections::BTreeMap;

use base::{Currency, Timestamp};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, ToSpan as _};
use serde::Deserialize;

use super::fact::Kind;
use super::{amount, spelling};

/// So many days before and after the one that was named.
const DAYS: i64 = 3;

/// The fields as they were typed. Whatever is empty is not known.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Form {
    /// The day on the statement, `2026-11-21`.
    pub date: String,
    /// The amount as the statement writes it.
    pub amount: String,
    /// Its currency, three letters.
    pub currency: String,
    /// The last four digits of the card.
    pub card: String,
    /// The text on the statement.
    pub statement: String,
    /// A mail address.
    pub mail: String,
    /// A user name.
    pub user: String,
    /// The processor's reference, ours, or a receipt's number.
    pub reference: String,
}

/// The facts in a form. One that cannot be read counts as a fact that no charge has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    facts: BTreeMap<Kind, Option<String>>,
    window: Option<(Timestamp, Timestamp)>,
}

impl Asked {
    /// Reads a form. Nothing is refused: a refusal would say more than the one answer may.
    #[must_use]
    pub fn read(form: &Form) -> Asked {
        let currency = form.currency.trim().to_ascii_uppercase().parse::<Currency>().ok();
        let sum = currency.and_then(|currency| amount::read(&form.amount, currency));
        let day = form.date.trim().parse::<Date>().ok().and_then(window);
        let typed = [
            (Kind::Reference, &form.reference, spelling::reference(&form.reference)),
            (Kind::Mail, &form.mail, spelling::mail(&form.mail)),
            (Kind::User, &form.user, spelling::user(&form.user)),
            (Kind::Card, &form.card, spelling::card(&form.card)),
            (Kind::Amount, &form.amount, sum.map(amount::spelled)),
            (Kind::Statement, &form.statement, spelling::statement(&form.statement)),
            (Kind::Date, &form.date, day.map(|_| "day".to_owned())),
        ];
        let given = typed.into_iter().filter(|(_, written, _)| !written.trim().is_empty());
        let facts = given.map(|(kind, _, spelled)| (kind, spelled)).collect();
        Asked { facts, window: day }
    }

    /// Whether there are two facts, and every one can be true of a charge.
    pub(super) fn is_enough(&self) -> bool {
        self.facts.len() >= 2 && self.facts.values().all(Option::is_some)
    }

    /// The kinds of facts that were typed, for the count: `amount+date`.
    pub(super) fn kinds(&self) -> String {
        self.facts.keys().map(|kind| kind.as_str()).collect::<Vec<_>>().join("+")
    }

    /// From when until when the charge may have been taken.
    pub(super) fn window(&self) -> (i64, i64) {
        let micros =
            |(from, until): (Timestamp, Timestamp)| (from.as_microsecond(), until.as_microsecond());
        self.window.map_or((i64::MIN, i64::MAX), micros)
    }

    /// The facts that are kept as hashes, the one that fewest charges share first.
    pub(super) fn spelled(&self) -> Vec<(Kind, String)> {
        let known = |kind: Kind| self.facts.get(&kind).cloned().flatten();
        let both = known(Kind::Amount).zip(known(Kind::Card));
        let both = both.map(|(amount, card)| format!("{amount} {card}"));
        let hashed = |kind: &Kind| !matches!(kind, Kind::Date | Kind::AmountAndCard);
        let own = self.facts.keys().copied().filter(hashed);
        let mut all: Vec<_> = own.filter_map(|kind| Some((kind, known(kind)?))).collect();
        all.extend(both.map(|both| (Kind::AmountAndCard, both)));
        all.sort();
        all
    }
}

/// The days around one. Statements count in zones we do not know; the days are counted in UTC.
fn window(day: Date) -> Option<(Timestamp, Timestamp)> {
    let at = |by: Span| {
        let midnight = day.checked_add(by).ok()?.to_zoned(TimeZone::UTC).ok()?;
        Some(midnight.timestamp())
    };
    Some((at((-DAYS).days())?, at((DAYS + 1).days())?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> Form {
        Form {
            date: "2026-11-21".to_owned(),
            amount: "12,50".to_owned(),
            currency: "usd".to_owned(),
            card: "4242".to_owned(),
            ..Form::default()
        }
    }

    #[test]
    fn the_rarest_fact_comes_first_and_the_day_is_a_window() {
        let asked = Asked::read(&form());
        assert!(asked.is_enough());
        assert_eq!(asked.kinds(), "card+amount+date");
        let (from, until) = asked.window();
        assert_eq!(until - from, 7 * 86_400_000_000);
        let spelled = asked.spelled();
        assert_eq!(spelled[0], (Kind::AmountAndCard, "USD 1250 4242".to_owned()));
        let alone = Asked::read(&Form { mail: "a@b.example".to_owned(), ..form() });
        assert_eq!(alone.spelled()[0].0, Kind::Mail);
    }

    #[test]
    fn one_fact_is_not_enough_and_an_unreadable_one_spoils_the_rest() {
        let one = |change: fn(&mut Form)| {
            let mut form = Form::default();
            change(&mut form);
            Asked::read(&form).is_enough()
        };
        assert!(!one(|_| ()));
        assert!(!one(|form| form.currency = "USD".to_owned()), "a currency alone is none");
        assert!(!one(|form| form.mail = "ana@example.org".to_owned()));
        let broken = Form { date: "yesterday".to_owned(), ..form() };
        assert!(!Asked::read(&broken).is_enough());
        assert!(!Asked::read(&Form { currency: "XXX".to_owned(), ..form() }).is_enough());
        let far = Form { date: "9999-12-31".to_owned(), ..form() };
        assert!(!Asked::read(&far).is_enough(), "the end of time has no days behind it");
    }
}
