//! Sums of money and numbers of tokens: whole units, checked arithmetic, no fractions anywhere.

mod currency;
mod share;
mod split;
mod sum;
mod tokens;

pub use currency::{Currency, UnknownCurrency};
pub use share::{Share, cumulative};
pub use split::allocate;
pub use sum::{Money, MoneyError};
pub use tokens::Tokens;
