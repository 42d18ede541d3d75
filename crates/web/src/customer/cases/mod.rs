//! All cases of the customer who is signed in.

pub(crate) mod list;
