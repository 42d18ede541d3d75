//! Live chat: visitors of a host site ask, staff answer, over as many nodes as there are.
//!
//! A chat is a case like any other. What is here is the way to it: sessions of visitors, lines with
//! numbers by which a browser goes on reading after a drop, signs of life, and what happens when
//! nobody is there.

mod hours;
pub mod live;
pub mod queue;
mod rows;
mod session;
mod settings;
pub mod signs;
mod start;
mod vouched;

pub use hours::{Hours, NotHours};
pub use session::{NO_SESSION, Place, Session};
pub use settings::{Channel, ChatSettings};
pub use start::{Arrival, Started, arrive, start};
pub use vouched::{Vouched, vouch};
