//! People: who works here and in which role. For admins.

pub(crate) mod deeds;
pub(crate) mod show;
