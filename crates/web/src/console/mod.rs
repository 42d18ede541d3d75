//! The console: where staff see every payment, every message of a processor, and the books.

pub(crate) mod account;
pub(crate) mod answers;
pub(crate) mod audit;
pub(crate) mod case;
pub(crate) mod chats;
pub(crate) mod customers;
pub(crate) mod erase;
pub(crate) mod help;
pub(crate) mod home;
pub(crate) mod inbox;
pub(crate) mod incidents;
pub(crate) mod jobs;
pub(crate) mod live;
pub(crate) mod macros;
pub(crate) mod mail;
pub(crate) mod notice;
pub(crate) mod notices;
pub(crate) mod payment;
pub(crate) mod payments;
pub(crate) mod people;
pub(crate) mod permit;
pub(crate) mod processors;
pub(crate) mod quarantine;
mod routes;
pub(crate) mod routing;
pub(crate) mod shift;
pub(crate) mod sign_in;
pub(crate) mod surveys;

pub(crate) use routes::routes;
