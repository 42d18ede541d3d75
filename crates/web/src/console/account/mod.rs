//! One's own account: the password, one-time codes, and where one is signed in.

pub(crate) mod codes;
pub(crate) mod password;
pub(crate) mod picture;
pub(crate) mod sessions;
pub(crate) mod show;
