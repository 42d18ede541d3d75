//! What the help centre of a new shop begins with: articles that ship with Paydesk.

mod contents;
mod front;
mod load;
#[cfg(test)]
mod tests;

pub use load::{Loaded, load};
