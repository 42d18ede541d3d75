//! The kinds of facts by which a charge is found, and how one becomes a hash.

use store::Vault;

use store::terms;

terms! {
    /// What a fact is about. In order of how few charges share one.
    Kind {
        /// The processor's id, ours, or a receipt's number.
        Reference = "reference",
        /// The mail address on file.
        Mail = "mail",
        /// What the customer is called, here or on the host site.
        User = "user",
        /// The amount and the last four digits together. Made by us, never asked.
        AmountAndCard = "amount_and_card",
        /// The last four digits.
        Card = "card",
        /// The amount with its currency.
        Amount = "amount",
        /// How the line on the statement begins.
        Statement = "statement",
        /// The day, give or take three.
        Date = "date",
    }
}

impl Kind {
    /// Whether everything with the same fact belongs to one person, or to a few.
    pub(super) const fn is_of_one_person(self) -> bool {
        match self {
            Kind::Reference | Kind::Mail | Kind::User => true,
            Kind::AmountAndCard | Kind::Card | Kind::Amount | Kind::Statement | Kind::Date => false,
        }
    }

    /// The hash under which a spelling of such a fact is kept.
    pub(super) fn hashed(self, vault: &Vault, spelling: &str) -> String {
        vault.blind(&format!("charge {self}"), spelling)
    }
}
