//! Tips: tokens that a customer gives to a creator, once, however often the browser asks.

mod group;
mod leave;
mod rows;
mod tip;

pub(crate) use group::Spends;
pub use leave::{Answer, Ask, Left, Rendered, Replay, leave};
pub use rows::{Filter, find, list};
pub use tip::{
    CREATOR_NOT_FOUND, CUSTOMER_NOT_FOUND, ID_REUSED, KEY_REUSED, LONGEST_NOTE, NOT_A_TIP,
    NOT_ENOUGH_TOKENS, NOTE_TOO_LONG, Tip,
};
