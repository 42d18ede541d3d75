//! What is sold: packs of tokens with a price per currency.

mod add;
mod change;
mod pack;
mod rows;

pub use add::add;
pub use change::{Changes, change};
pub use pack::{
    CODE_TAKEN, NOT_A_CODE, NOT_A_PRICE, NewPack, PACK_NOT_FOUND, Showing, TOO_MANY_TOKENS,
    TokenPack,
};
pub use rows::{find, find_by_code, find_many, list};
