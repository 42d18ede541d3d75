//! The pages as a browser meets them: on both databases, in five languages, with a processor that
//! does as it is told.

mod arrivals;
mod browser;
mod charge;
mod chats;
mod console;
mod contact;
mod customer;
mod doors;
mod erase;
mod help;
mod inbox;
mod looks;
mod macros;
mod outcomes;
mod surveys;
mod watch;
mod ways;
mod world;
