//! Cases: what staff work on, whatever way it came in. Each has threads, one for each audience, so
//! that no text reaches anybody it was not written for; and numbered events that tell its story.
//!
//! Every deed loads the case, decides with the pure table in `state.rs`, and writes case, events,
//! messages and jobs in one transaction.

mod add;
mod answer_to;
mod attach;
mod author;
mod carrier;
mod case;
mod change;
mod deliver;
mod event;
mod eyes;
mod filter;
mod join;
mod link;
mod list;
mod merge;
mod message;
mod new;
mod open;
mod read;
mod redact;
mod refer;
mod reference;
mod refs;
mod refusals;
mod rows;
mod search;
mod split;
mod state;
mod sweep;
mod tell;
#[cfg(test)]
mod tests;
mod thread;
mod withdraw;
mod work;
mod written;

pub use add::add;
pub use answer_to::answers_to;
pub use attach::attach;
pub use author::{Author, AuthorKind};
pub use carrier::{Carrier, Carriers};
pub use case::{Case, CaseState, Origin, Priority, Side, Team, Third};
pub use change::{Change, change, is_tag};
pub use deliver::{DELIVER, Deliver, note_delivery, set_mail_id};
pub use event::{CaseEvent, EventKind};
pub use eyes::Eyes;
pub use filter::{Filter, Sort, Spam, Whose};
pub use join::{join, let_read};
pub use link::link;
pub use list::{Count, count, list};
pub use merge::{merge, unmerge};
pub use message::{Delivery, Direction, Message};
pub use new::{Added, NewCase, NewMessage, To};
pub use open::open;
pub use read::{
    events, files_of, find, find_by_reference, find_many, last_words_of, links_of, message,
    message_by_mail_id, message_by_source, messages, messages_of, of_ref, participants_of, refs_of,
    seen, shown, shown_to, survivor, thread, threads_of,
};
pub use redact::{EMPTIED, HELD, empty, redact};
pub use refer::{refer, refer_by};
pub use reference::{NotAReference, Reference};
pub use refs::{CaseLink, LinkKind, Ref, RefKind, RefRole};
pub use refusals::*;
pub use split::split;
pub use state::on_wish as may_go;
pub use sweep::{CLOSE, CLOSE_EVERY, CloseSolved, WAKE, Wake};
pub use tell::note;
pub use thread::{Participant, ParticipantRole, Thread, ThreadKind};
pub use withdraw::withdraw;
pub(crate) use work::TOPIC;
