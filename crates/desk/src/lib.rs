//! The desk: what people are told and how they are answered.

pub mod audit;
pub mod care;
pub mod cases;
pub mod chat;
mod desk;
pub mod files;
pub mod mail;
pub mod mask;
pub mod people;
pub mod permits;
mod settings;
mod terms;

pub use desk::{Desk, listeners, works};
pub use mail::ReceiptListener;
pub use settings::*;
pub use terms::UnknownTerm;
