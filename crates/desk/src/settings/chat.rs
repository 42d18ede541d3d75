//! What the operator may set about the chat.

/// What the operator may set about the chat.
#[derive(Clone, Debug, Default)]
pub struct ChatSettings {}
