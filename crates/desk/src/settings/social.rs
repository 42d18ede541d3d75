//! What the operator may set about social channels.

pub use crate::social::SocialSettings;
