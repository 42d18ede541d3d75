//! What a proof of the books says: the sums, and every promise that does not hold.

/// The result of proving the books. Serialisable, for the console and for `paydesk verify`.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Proof {
    /// How many accounts were looked at.
    pub accounts: u64,
    /// How many transfers were added up.
    pub transfers: u64,
    /// The sums of each ledger.
    pub ledgers: Vec<LedgerSum>,
    /// The sums of each book in each ledger.
    pub books: Vec<BookSum>,
    /// Every promise that does not hold; empty when the books are right.
    pub violations: Vec<Violation>,
}

/// The sums over all accounts of one ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct LedgerSum {
    /// The ledger: an ISO 4217 number, or the tokens.
    pub ledger: u32,
    /// Everything debited.
    pub debits_posted: i128,
    /// Everything credited.
    pub credits_posted: i128,
    /// Everything reserved to be debited.
    pub debits_pending: i128,
    /// Everything reserved to be credited.
    pub credits_pending: i128,
}

/// The sums over all accounts of one book in one ledger: its control account.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct BookSum {
    /// The ledger.
    pub ledger: u32,
    /// The number of the book.
    pub code: u16,
    /// The name of the book, or `other`.
    pub book: &'static str,
    /// How many accounts.
    pub accounts: u64,
    /// Everything debited.
    pub debits_posted: i128,
    /// Everything credited.
    pub credits_posted: i128,
}

/// A promise that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Violation {
    /// Which promise.
    pub promise: Promise,
    /// A sentence with the numbers. It names accounts and transfers by id, never people.
    pub detail: String,
}

/// What the books promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Promise {
    /// In every ledger debits equal credits.
    DebitsEqualCredits,
    /// Every balance is the sum of its transfers.
    BalanceIsSumOfTransfers,
    /// Every hold is resolved once at most, and pending sums are the open holds.
    HoldsResolveOnce,
    /// No account passes the limit it insists on.
    LimitsAreKept,
    /// Every transfer is between two accounts of its ledger.
    TransfersStayInTheirLedger,
    /// Tokens in circulation equal the tokens on all accounts.
    TokensAddUp,
}

impl Proof {
    /// Whether every promise holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.violations.is_empty()
    }
}
