//! The desk: what people are told and how they are answered. For now, the mail that goes out.

mod desk;
pub mod mail;

pub use desk::{Desk, listeners, works};
pub use mail::ReceiptListener;
