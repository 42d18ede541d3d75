//! What the operator may set about the chat.

pub use crate::chat::ChatSettings;
