//! Magic cards and amounts: what the tester picks decides what happens.

use processor::{Card, DeclineClass};

/// What happens to a payment or a refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Approved, told once.
    Approve,
    /// Declined: insufficient funds.
    Funds,
    /// Declined: a stolen card.
    Stolen,
    /// Silence before anything was executed.
    SilenceBefore,
    /// Silence after it was executed; no postback.
    SilenceAfter,
    /// Pending, done later.
    Pending,
    /// Approved, told late.
    Late,
    /// Approved, told three times and out of order.
    Repeated,
    /// Approved, disputed later.
    Disputed,
    /// Declined: not one of the test cards.
    Unlisted,
}

impl Plan {
    /// Why the bank says no, if it does: raw word, standard cause, class.
    pub const fn decline(self) -> Option<(&'static str, &'static str, DeclineClass)> {
        match self {
            Plan::Funds => Some(("51", "insufficient_funds", DeclineClass::Soft)),
            Plan::Stolen => Some(("43", "stolen_card", DeclineClass::Stop)),
            Plan::Unlisted => Some(("14", "invalid_number", DeclineClass::Hard)),
            _ => None,
        }
    }
}

/// A card testers may pick.
pub struct TestCard {
    /// Its number in groups of four.
    pub number: &'static str,
    /// What it does.
    pub plan: Plan,
}

/// Every card on the page, in its order.
pub const CARDS: [TestCard; 9] = [
    TestCard { number: "4242 4242 4242 4242", plan: Plan::Approve },
    TestCard { number: "4000 0000 0000 0002", plan: Plan::Funds },
    TestCard { number: "4000 0000 0000 0010", plan: Plan::Stolen },
    TestCard { number: "4000 0000 0000 0028", plan: Plan::SilenceBefore },
    TestCard { number: "4000 0000 0000 0036", plan: Plan::SilenceAfter },
    TestCard { number: "4000 0000 0000 0044", plan: Plan::Pending },
    TestCard { number: "4000 0000 0000 0051", plan: Plan::Late },
    TestCard { number: "4000 0000 0000 0069", plan: Plan::Repeated },
    TestCard { number: "4000 0000 0000 0077", plan: Plan::Disputed },
];

/// What a payment with this card and amount does. The approving card leaves it to the amount.
pub fn of_payment(number: &str, minor: i64) -> Plan {
    let digits = digits(number);
    let listed = CARDS.iter().find(|card| self::digits(card.number) == digits);
    match listed.map_or(Plan::Unlisted, |card| card.plan) {
        Plan::Approve => of_amount(minor),
        plan => plan,
    }
}

/// What an amount whose minor units end in 66 and two magic digits does.
pub fn of_amount(minor: i64) -> Plan {
    let ending = format!("{:02}", minor % 100);
    if minor % 10_000 / 100 != 66 {
        return Plan::Approve;
    }
    let card = CARDS[1..].iter().find(|card| card.number.ends_with(&ending));
    card.map_or(Plan::Approve, |card| card.plan)
}

/// All that is ever kept of a card: its brand and its last four digits, if it can be one.
pub fn keep(number: &str) -> Option<Card> {
    let digits = digits(number);
    if !(12..=19).contains(&digits.len()) {
        return None;
    }
    let brand = match digits.as_bytes()[0] {
        b'4' => Some("Visa"),
        b'5' => Some("Mastercard"),
        _ => None,
    };
    let last4 = digits[digits.len() - 4..].to_owned();
    Some(Card { brand: brand.map(str::to_owned), last4: Some(last4) })
}

fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_and_amounts_do_what_the_table_says() {
        assert_eq!(of_payment("4242424242424242", 999), Plan::Approve);
        assert_eq!(of_payment("4000-0000-0000-0044", 999), Plan::Pending);
        assert_eq!(of_payment("4111 1111 1111 1111", 999), Plan::Unlisted);
        assert_eq!(of_payment("", 999), Plan::Unlisted);
        assert_eq!(of_payment("4242424242424242", 6602), Plan::Funds);
        assert_eq!(of_payment("4242424242424242", 126_677), Plan::Disputed);
        assert_eq!(of_payment("4000000000000010", 6602), Plan::Stolen, "the card goes first");
        for plain in [66, 6600, 6642, 660_000, 500, 2, 660_200] {
            assert_eq!(of_amount(plain), Plan::Approve, "{plain}");
        }
    }

    #[test]
    fn only_four_digits_are_kept() {
        let card = keep("4111 1111 1111 1234").unwrap();
        assert_eq!((card.brand.as_deref(), card.last4.as_deref()), (Some("Visa"), Some("1234")));
        assert_eq!(keep("123"), None);
    }
}
