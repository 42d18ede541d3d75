//! A wallet and its entries as the API shows them.

use base::id::{CreatorId, CreditId, CustomerId, PaymentId, TipId, WalletId};
use base::{Timestamp, Tokens};
use billing::tokens::{Entry, EntryKind, Wallet};
use serde::Serialize;
use utoipa::ToSchema;

use crate::shape;

/// What a customer may spend.
#[derive(Serialize, ToSchema)]
#[schema(as = Wallet)]
pub struct Shown {
    #[schema(value_type = String, example = "wal_01k2h7v3b5d8m9xq4r6s2t1w0y")]
    id: WalletId,
    /// Always `wallet`.
    #[schema(example = "wallet")]
    object: &'static str,
    /// Whether real money moves.
    livemode: bool,
    /// Whose it is.
    #[schema(value_type = String, example = "cus_01k2h7v3b5d8m9xq4r6s2t1w0y")]
    customer: CustomerId,
    /// What may be spent now.
    #[schema(value_type = shape::Tokens)]
    balance: Tokens,
    /// What is reserved and not spent yet.
    #[schema(value_type = shape::Tokens)]
    held: Tokens,
}

/// One line of a wallet's history.
#[derive(Serialize, ToSchema)]
#[schema(as = WalletEntry)]
pub struct ShownEntry {
    /// Names the line as a cursor.
    #[schema(example = "trf_01k2h7v3b5d8m9xq4r6s2t1w0y")]
    id: String,
    /// Always `wallet_entry`.
    #[schema(example = "wallet_entry")]
    object: &'static str,
    /// Whether real money moves.
    livemode: bool,
    /// `purchase`, `tip`, `reversal` or `goodwill`.
    #[schema(value_type = String, example = "tip")]
    kind: EntryKind,
    /// How many tokens came in; negative for those that went out.
    change: Change,
    /// Which payment, if it is a purchase or a reversal.
    #[schema(value_type = Option<String>)]
    payment: Option<PaymentId>,
    /// Which tip, if it is one.
    #[schema(value_type = Option<String>)]
    tip: Option<TipId>,
    /// Who got the tip.
    #[schema(value_type = Option<String>)]
    creator: Option<CreatorId>,
    /// Which credit, if the house gave the tokens.
    #[schema(value_type = Option<String>)]
    credit: Option<CreditId>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

/// A number of tokens that came in or, if negative, went out.
#[derive(Serialize, ToSchema)]
#[schema(as = TokenChange)]
pub struct Change {
    #[schema(example = -25)]
    amount: i64,
    /// Always `TOK`.
    #[schema(example = "TOK")]
    unit: &'static str,
}

impl Shown {
    /// As shown by a house in this mode.
    pub fn of(wallet: Wallet, livemode: bool) -> Shown {
        let Wallet { id, customer, balance, held } = wallet;
        Shown { id, object: "wallet", livemode, customer, balance, held }
    }
}

impl ShownEntry {
    /// As shown by a house in this mode.
    pub fn of(entry: Entry, livemode: bool) -> ShownEntry {
        ShownEntry {
            id: entry.cursor(),
            object: "wallet_entry",
            livemode,
            kind: entry.kind,
            change: Change { amount: entry.tokens, unit: Tokens::UNIT },
            payment: entry.payment,
            tip: entry.tip,
            creator: entry.creator,
            credit: entry.credit,
            created_at: entry.at,
        }
    }
}
