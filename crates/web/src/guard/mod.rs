//! Who may come in and how: what is checked before a page is asked, and what every answer carries.

mod address;
pub(crate) mod cookies;
mod headers;
mod limit;
mod origin;
pub(crate) mod session;
mod trouble;

pub(crate) use address::{Address, note_address};
pub(crate) use headers::{Policy, protect};
pub(crate) use limit::{Limits, Room, network};
pub(crate) use origin::refuse_cross_site;
pub(crate) use trouble::{Trouble, explain};
