//! What a deed of the business does to the books: pure functions from the facts to transfers.
//!
//! The ids of the transfers follow from the deed's own id, so a deed that runs twice moves once.

pub mod goodwill;
pub mod reversal;
pub mod sale;
pub mod tip;

use crate::{NewTransfer, TransferFlags};

/// Why a transfer was made: its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// Money was collected for tokens.
    SaleMoney,
    /// The processor kept a fee of a sale.
    SaleFee,
    /// Tokens were handed out for a sale.
    SaleTokens,
    /// A creator's share of a tip.
    TipCreator,
    /// The house's share of a tip.
    TipHouse,
    /// A sale was taken back, as far as its tokens were not spent.
    ReversalMoney,
    /// A sale was taken back after its tokens were spent.
    ReversalLoss,
    /// Tokens of a sale that was taken back.
    ReversalTokens,
    /// Tokens the house gave away.
    Goodwill,
}

impl Cause {
    /// All of them.
    pub const ALL: &[Cause] = &[
        Cause::SaleMoney,
        Cause::SaleFee,
        Cause::SaleTokens,
        Cause::TipCreator,
        Cause::TipHouse,
        Cause::ReversalMoney,
        Cause::ReversalLoss,
        Cause::ReversalTokens,
        Cause::Goodwill,
    ];

    /// Its number: the code of the transfer.
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Cause::SaleMoney => 1,
            Cause::SaleFee => 2,
            Cause::SaleTokens => 3,
            Cause::TipCreator => 10,
            Cause::TipHouse => 11,
            Cause::ReversalMoney => 20,
            Cause::ReversalLoss => 21,
            Cause::ReversalTokens => 22,
            Cause::Goodwill => 30,
        }
    }

    /// Its name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Cause::SaleMoney => "sale_money",
            Cause::SaleFee => "sale_fee",
            Cause::SaleTokens => "sale_tokens",
            Cause::TipCreator => "tip_creator",
            Cause::TipHouse => "tip_house",
            Cause::ReversalMoney => "reversal_money",
            Cause::ReversalLoss => "reversal_loss",
            Cause::ReversalTokens => "reversal_tokens",
            Cause::Goodwill => "goodwill",
        }
    }

    /// The cause with that number.
    #[must_use]
    pub fn of(code: u16) -> Option<Cause> {
        Cause::ALL.iter().copied().find(|cause| cause.code() == code)
    }
}

/// Links transfers so that they succeed or fail together.
fn chain(mut transfers: Vec<NewTransfer>) -> Vec<NewTransfer> {
    if let Some((_, before)) = transfers.split_last_mut() {
        for transfer in before {
            transfer.flags = transfer.flags | TransferFlags::LINKED;
        }
    }
    transfers
}
