//! What stands before every operation: the request's id, keys and scopes, rates, and the one place
//! where answers get their headers and problems get their bodies.

mod admit;
mod answer;
mod finish;
pub mod rate;
mod sender;

pub use admit::{Caller, key_of, keyed, may};
pub use answer::{NO_ROUTE, not_allowed, not_found, open};
pub use finish::to_the_end;
pub use rate::{Buckets, Rate, TOO_OFTEN};
pub use sender::sender;
