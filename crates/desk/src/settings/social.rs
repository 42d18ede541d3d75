//! What the operator may set about social channels.

/// What the operator may set about social channels.
#[derive(Clone, Debug, Default)]
pub struct SocialSettings {}
