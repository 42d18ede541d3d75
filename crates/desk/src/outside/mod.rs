//! What lies outside and is fetched because somebody named it: files of messengers, and pictures
//! of mails. Only the public internet, within limits, and never on the way of a browser of ours.

mod fetch;
mod picture;
mod public;

pub use fetch::{Fetched, Missed, Outside, Reach};
pub use picture::{MOST_PICTURES, Picture, pictures};
pub use public::{Guarded, Loopback, NoPublicAddress, is_loopback, is_public, may_lead_outside};
