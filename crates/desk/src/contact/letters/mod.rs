//! The mail with the link to a case, which tells nothing of what was written.

mod letter;
mod send;
#[cfg(test)]
mod tests;

pub(super) use send::send;
