//! The desk: what people are told and how they are answered.

pub mod cases;
mod desk;
pub mod files;
pub mod mail;
pub mod mask;
pub mod people;
mod settings;
mod terms;

pub use desk::{Desk, listeners, works};
pub use mail::ReceiptListener;
pub use settings::*;
pub use terms::UnknownTerm;
