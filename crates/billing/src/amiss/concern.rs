//! What kind of thing somebody must look at, told from the sentence that stands with the payment.

use store::terms;

terms! {
    /// Why somebody must look at a payment.
    Concern {
        /// The bank took money back, or asks about the payment.
        Dispute = "dispute",
        /// A refund waits for a person, or came to nothing.
        Refund = "refund",
        /// It was collected twice.
        Twice = "twice",
        /// It is open for days.
        Open = "open",
        /// The processor tells something else than the books: another amount, another currency.
        Differs = "differs",
    }
}

/// How the sentences begin that this crate writes; whatever begins otherwise differs.
const BEGINNINGS: [(&str, Concern); 7] = [
    ("the bank took", Concern::Dispute),
    ("a dispute was opened", Concern::Dispute),
    (crate::payments::BY_HAND, Concern::Refund),
    ("the refund ", Concern::Refund),
    ("the processor says that the refund", Concern::Refund),
    ("paid twice", Concern::Twice),
    ("att_", Concern::Open),
];

impl Concern {
    /// What a sentence is about.
    #[must_use]
    pub fn of(says: &str) -> Concern {
        let open = says.ends_with("for more than three days");
        let known = BEGINNINGS.iter().find(|(beginning, _)| says.starts_with(beginning));
        match known {
            // Attempts are named by other sentences too.
            Some((_, Concern::Open)) if !open => Concern::Differs,
            Some((_, concern)) => *concern,
            None => Concern::Differs,
        }
    }

    /// Whether the bank has given back what the sentence says that it took: the sentence stays
    /// with the payment until somebody has read it.
    pub(super) fn is_a_dispute_that_was_won(says: &str, disputed: i64) -> bool {
        disputed == 0 && says.starts_with("the bank took") && says.ends_with(" back")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_tell_what_they_are_about() {
        for (says, concern) in [
            ("the bank took 10.00 USD back", Concern::Dispute),
            ("a dispute was opened: CASE_OPEN", Concern::Dispute),
            (
                "the bank took back what was refunded already: contest it at the processor",
                Concern::Dispute,
            ),
            ("give back by hand: 10.00 USD at fake (op_1): in their admin", Concern::Refund),
            ("the refund op_1 of 10.00 USD came to nothing", Concern::Refund),
            ("the refund op_1 is unknown for more than three days", Concern::Refund),
            (
                "the processor says that the refund op_1 of 1.00 USD failed, and it is booked",
                Concern::Refund,
            ),
            ("paid twice: att_1 was collected as well", Concern::Twice),
            ("att_1 is unknown for more than three days", Concern::Open),
            ("att_1 was collected by transaction 1, and again by 2?", Concern::Differs),
            ("the processor says 9.00 USD where 10.00 USD was asked for", Concern::Differs),
            ("nov.csv line 3: another amount", Concern::Differs),
        ] {
            assert_eq!(Concern::of(says), concern, "{says}");
        }
    }
}
