//! The desk: what people are told and how they are answered.

pub mod answers;
pub mod audit;
pub mod care;
pub mod cases;
pub mod chat;
pub mod contact;
pub mod credits;
mod desk;
pub mod files;
pub mod help;
pub mod inbox;
pub mod incidents;
pub mod letters;
pub mod macros;
pub mod mail;
pub mod mail_in;
pub mod mask;
pub mod outside;
pub mod people;
pub mod permits;
pub mod retention;
#[cfg(test)]
mod scene;
mod settings;
pub mod social;
pub mod surveys;
pub mod watch;

pub use desk::{Desk, listeners, works};
pub use mail::ReceiptListener;
pub use settings::*;
