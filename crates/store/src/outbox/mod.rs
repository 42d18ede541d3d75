//! Facts that others may hear, written in the transaction that makes them true.
//!
//! Rooms tell; the fan-out lets every listener hear each fact once, in one transaction with the
//! mark that it was heard. What a listener cannot hear is tried again alone and blocks nobody.

mod event;
mod fan_out;
mod forget;
mod rows;
#[cfg(test)]
mod tests;

pub use event::{
    Event, Filter, LARGEST_BODY, Listener, Unheard, again, find, list, resting, tell, tell_many,
    unheard_count,
};
pub use fan_out::FanOut;
pub use forget::forget;
