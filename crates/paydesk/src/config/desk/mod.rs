//! `[desk]`: how customers are answered, room by room.

mod mail;

use desk::care::Promises;
use desk::{ContactSettings, DeskSettings, HelpSettings};
use serde::Deserialize;

pub use mail::{Mail, Mailbox};

/// How customers are answered.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Desk {
    /// Mail that comes in.
    pub mail: Mail,
    /// The help centre.
    pub help: HelpSettings,
    /// The form and the customer's own pages.
    pub contact: ContactSettings,
    /// When staff work, and what customers are promised.
    pub promises: Promises,
}

impl Desk {
    /// The same as the desk takes it.
    ///
    /// # Errors
    /// A sentence for the operator that names the table.
    pub fn settings(&self) -> Result<DeskSettings, String> {
        self.promises.check().map_err(|why| format!("desk.promises: {why}"))?;
        Ok(DeskSettings {
            mail_in: self.mail.settings().map_err(|why| format!("desk.mail: {why}"))?,
            help: self.help.clone(),
            contact: self.contact,
            promises: self.promises.clone(),
            ..DeskSettings::default()
        })
    }
}
