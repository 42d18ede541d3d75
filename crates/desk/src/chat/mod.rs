//! Live chat: visitors of a host site ask, staff answer, over as many nodes as there are.
//!
//! A chat is a case like any other. What is here is the way to it: sessions of visitors, lines with
//! numbers by which a browser goes on reading after a drop, signs of life, and what happens when
//! nobody is there.

mod beat;
pub mod by_mail;
mod carry;
pub mod draft;
mod follow;
mod hand_in;
mod leave;
mod letter;
pub mod limits;
pub mod lines;
pub mod live;
pub mod offers;
pub mod queue;
mod rate;
mod rows;
mod say;
mod seen;
mod session;
mod settings;
pub mod signs;
mod standing;
mod start;
mod tend;
mod vouched;

pub use beat::{Doing, beat};
pub use carry::ChatCarrier;
pub use follow::follow;
pub use hand_in::{NO_FILE, fetch, hand_in, most_files};
pub use leave::{hear_of, leave};
pub use rate::rate;
pub use say::{LONGEST, Said, Words, say};
pub use seen::{desk_saw, visitor_saw};
pub use session::{NO_SESSION, Place, Session};
pub use settings::{Channel, ChatSettings};
pub use standing::{Mail, Standing, standing};
pub use start::{Arrival, Started, arrive, start};
pub use tend::{TEND, TEND_EVERY, Tend, tend};
pub use vouched::{Vouched, vouch};
