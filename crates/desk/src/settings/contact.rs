//! What the operator may set about the form and the customer's own pages.

/// What the operator may set about the form and the customer's own pages.
#[derive(Clone, Debug, Default)]
pub struct ContactSettings {}
