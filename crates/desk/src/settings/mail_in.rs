//! What the operator may set about mail that comes in.

/// What the operator may set about mail that comes in.
#[derive(Clone, Debug, Default)]
pub struct MailInSettings {}
