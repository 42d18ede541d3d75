//! What people read: texts in five languages, and how each language writes money, numbers and
//! dates.
//!
//! Texts are Fluent messages, one file per room under `locales/`. Everything a sentence needs is
//! handed in as a [`Value`]; sentences are never glued together from pieces.

mod catalogue;
mod date;
mod message;
mod missing;
mod money;
mod negotiate;
mod number;
mod per_language;
mod plural;
mod speak;
mod value;

pub use date::{date, date_time, deadline};
pub use missing::missing;
pub use money::money;
pub use negotiate::{Negotiated, negotiate};
pub use number::number;
pub use speak::Words;
pub use value::Value;
