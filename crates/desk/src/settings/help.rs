//! What the operator may set about the help centre.

/// What the operator may set about the help centre.
#[derive(Clone, Debug, Default)]
pub struct HelpSettings {}
