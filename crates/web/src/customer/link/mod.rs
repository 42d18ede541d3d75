//! A customer shows that an account on a messenger is theirs.

pub(crate) mod show;
