//! A line of a settlement file, and how it fits what we know.

use base::id::AttemptId;
use base::{Money, Timestamp};
use processor::{LineKind, SettlementLine};

use store::terms;

terms! {
    /// How a line fits what we know.
    Standing {
        /// It says what the books say.
        Matched = "matched",
        /// No attempt is known by its ids.
        Unmatched = "unmatched",
        /// The books say something else.
        Differs = "differs",
        /// It is about no payment.
        Noted = "noted",
    }
}

/// A line of a settlement file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The file, by its id.
    pub file: String,
    /// Its place, from 1.
    pub nth: i64,
    /// The processor account.
    pub account: String,
    /// What it is about, as a word.
    pub kind: String,
    /// The processor's id.
    pub transaction: Option<String>,
    /// Our reference, if it came back.
    pub reference: Option<String>,
    /// Before fees.
    pub gross: Money,
    /// What the processor kept.
    pub fee: Money,
    /// When it happened.
    pub occurred_at: Option<Timestamp>,
    /// How it fits.
    pub standing: Standing,
    /// Why it does not, or what it proved.
    pub reason: Option<String>,
    /// The attempt it is about.
    pub attempt: Option<AttemptId>,
}

impl Line {
    /// A line as it was read, before it is held against anything.
    pub(super) fn read(file: &str, nth: i64, account: &str, line: &SettlementLine) -> Line {
        Line {
            file: file.to_owned(),
            nth,
            account: account.to_owned(),
            kind: word(line.kind).to_owned(),
            transaction: line.transaction.clone(),
            reference: line.reference.clone(),
            gross: line.gross,
            fee: line.fee,
            occurred_at: line.occurred_at,
            standing: Standing::Noted,
            reason: None,
            attempt: None,
        }
    }
}

const fn word(kind: LineKind) -> &'static str {
    match kind {
        LineKind::Sale => "sale",
        LineKind::Refund => "refund",
        LineKind::Chargeback => "chargeback",
        LineKind::Fee => "fee",
        LineKind::Reserve => "reserve",
        LineKind::Payout => "payout",
    }
}
