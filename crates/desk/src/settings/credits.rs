//! What staff may give away.

/// What staff may give away.
#[derive(Clone, Debug, Default)]
pub struct CreditsSettings {}
