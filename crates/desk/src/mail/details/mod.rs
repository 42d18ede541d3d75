//! The mail that tells what a charge was, to the address on file only, whoever asked.

mod letter;
mod send;
#[cfg(test)]
mod tests;

pub use send::send_details;
