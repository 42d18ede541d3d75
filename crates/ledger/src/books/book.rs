//! The books: every account belongs to one, and the number of the book is the account's code.

macro_rules! books {
    ($($(#[$doc:meta])* $book:ident = $code:literal $name:literal,)*) => {
        /// A book of the chart of accounts.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Book {
            $($(#[$doc])* $book,)*
        }

        impl Book {
            /// All of them, by number.
            pub const ALL: &[Book] = &[$(Book::$book),*];

            /// Its number: the code of its accounts.
            #[must_use]
            pub const fn code(self) -> u16 {
                match self {
                    $(Book::$book => $code,)*
                }
            }

            /// Its name in reports.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Book::$book => $name,)*
                }
            }

            /// The book with that number.
            #[must_use]
            pub fn of(code: u16) -> Option<Book> {
                Book::ALL.iter().copied().find(|book| book.code() == code)
            }
        }
    };
}

// Hundreds: 1 tokens, 2 assets, 3 liabilities, 4 expenses, 5 income.
books! {
    /// Tokens that customers hold.
    CustomerTokens = 101 "customer_tokens",
    /// Tokens that creators have earned.
    CreatorTokens = 102 "creator_tokens",
    /// The house's share of what was spent, in tokens.
    HouseCommissionTokens = 103 "house_commission_tokens",
    /// Where tokens come from.
    TokenTreasury = 104 "token_treasury",
    /// Tokens that the house has given away: its debit balance is what that comes to.
    GoodwillTokens = 105 "goodwill_tokens",
    /// Collected by processors, not paid out yet.
    ProcessorReceivable = 201 "processor_receivable",
    /// Withdrawn by processors in open disputes.
    DisputeHeld = 202 "dispute_held",
    /// Matches nothing yet.
    Suspense = 203 "suspense",
    /// Paid for tokens that are not used yet.
    TokenLiability = 301 "token_liability",
    /// Refunds approved and not confirmed yet.
    RefundsPayable = 302 "refunds_payable",
    /// What processors cost.
    ProcessorFees = 401 "processor_fees",
    /// Lost on sales that were taken back after their tokens were spent.
    ChargebackLoss = 402 "chargeback_loss",
    /// What disputes cost in fees.
    DisputeFees = 403 "dispute_fees",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_are_distinct() {
        for (nth, book) in Book::ALL.iter().enumerate() {
            assert_eq!(Book::of(book.code()), Some(*book));
            assert!(Book::ALL[nth + 1..].iter().all(|other| other.name() != book.name()));
        }
    }
}
