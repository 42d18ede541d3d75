//! Places in an answer, and how they are filled in for one case.

use store::terms;

terms! {
    /// A place that can be filled in, written `{name}`.
    Place {
        /// What the customer is called; their user name, or nothing that offends.
        Customer = "customer",
        /// The reference of the case.
        Reference = "reference",
        /// What the site is called.
        Site = "site",
        /// Who answers.
        Agent = "agent",
        /// The sum of the payment that the case is about.
        Amount = "amount",
        /// When it was paid.
        Paid = "paid",
        /// What the statement says.
        Statement = "statement",
        /// Who took the payment.
        Processor = "processor",
        /// By when we answer.
        Due = "due",
        /// For how many days a solved case opens again.
        ReopenDays = "reopen_days",
    }
}

/// One part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part<'a> {
    Words(&'a str),
    Place(Result<Place, &'a str>),
}

impl Place {
    /// The first word in curly brackets that is no place.
    #[must_use]
    pub fn unknown_in(text: &str) -> Option<&str> {
        parts(text).into_iter().find_map(|part| match part {
            Part::Place(Err(word)) => Some(word),
            Part::Place(Ok(_)) | Part::Words(_) => None,
        })
    }
}

/// Fills the places of a text in. What is not known stays, in square brackets, so that whoever
/// sends it sees that something is missing.
pub fn fill(text: &str, known: impl Fn(Place) -> Option<String>) -> String {
    let mut filled = String::with_capacity(text.len() + 64);
    for part in parts(text) {
        match part {
            Part::Words(words) => filled.push_str(words),
            Part::Place(Ok(place)) => match known(place) {
                Some(value) => filled.push_str(&value),
                None => filled.push_str(&format!("[{place}]")),
            },
            Part::Place(Err(word)) => filled.push_str(&format!("{{{word}}}")),
        }
    }
    filled
}

/// Whether a text has that place.
pub(super) fn has(text: &str, place: Place) -> bool {
    parts(text).contains(&Part::Place(Ok(place)))
}

/// The parts of a text. A bracket that does not close, or holds anything but one word, is words.
fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let after = &rest[open + 1..];
        let word = after.find(['}', '{', '\n']).filter(|end| after[*end..].starts_with('}'));
        let Some(end) = word else {
            parts.push(Part::Words(&rest[..=open]));
            rest = after;
            continue;
        };
        parts.push(Part::Words(&rest[..open]));
        parts.push(Part::Place(after[..end].trim().parse().map_err(|_| &after[..end])));
        rest = &after[end + 1..];
    }
    parts.push(Part::Words(rest));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(place: Place) -> Option<String> {
        match place {
            Place::Customer => Some("Ana".to_owned()),
            Place::Reference => Some("PD-7K3M-92QX-T".to_owned()),
            _ => None,
        }
    }

    #[test]
    fn places_are_filled_in_and_what_is_missing_can_be_seen() {
        let table = [
            ("Hello {customer},", "Hello Ana,"),
            ("{ customer }: {reference}", "Ana: PD-7K3M-92QX-T"),
            ("you paid {amount}", "you paid [amount]"),
            ("{customer", "{customer"),
            ("a { b } c", "a { b } c"),
            ("{{customer}}", "{Ana}"),
            ("{cust\nomer}", "{cust\nomer}"),
            ("", ""),
            ("æ{customer}ø", "æAnaø"),
        ];
        for (text, filled) in table {
            assert_eq!(fill(text, known), filled, "{text}");
        }
    }

    #[test]
    fn what_a_customer_is_called_fills_nothing_in() {
        let sly = |_| Some("{reference}".to_owned());
        assert_eq!(fill("Hello {customer}", sly), "Hello {reference}");
    }

    #[test]
    fn words_that_are_no_places_are_noticed() {
        assert_eq!(Place::unknown_in("Hello {custmer}"), Some("custmer"));
        assert_eq!(Place::unknown_in("Hello {customer}, {site}"), None);
    }
}
