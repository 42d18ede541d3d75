//! What the operator may set about billing facts that become cases.

/// What the operator may set about billing facts that become cases.
#[derive(Clone, Debug, Default)]
pub struct WatchSettings {}
