//! What the operator may set about mail that comes in.

pub use crate::mail_in::MailIn as MailInSettings;
