//! Cases: what staff work on, whatever way it came in. Each has threads, one for each audience, so
//! that no text reaches anybody it was not written for; and numbered events that tell its story.

mod author;
mod carrier;
mod case;
mod event;
mod message;
mod new;
mod reference;
mod refs;
mod thread;

pub use author::{Author, AuthorKind};
pub use carrier::{Carrier, Carriers};
pub use case::{Case, CaseState, Origin, Priority, Side, Team, Third};
pub use event::{CaseEvent, EventKind};
pub use message::{Delivery, Direction, Message};
pub use new::{Added, NewCase, NewMessage, To};
pub use reference::{NotAReference, Reference};
pub use refs::{CaseLink, LinkKind, Ref, RefKind, RefRole};
pub use thread::{Participant, ParticipantRole, Thread, ThreadKind};
