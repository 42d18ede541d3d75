//! What the operator may set about answers that go out by mail.

/// What the operator may set about answers that go out by mail.
#[derive(Clone, Debug, Default)]
pub struct MailOutSettings {}
