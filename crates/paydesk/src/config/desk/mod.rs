//! `[desk]`: how customers are answered, room by room.

mod cases;
mod chat;
mod credits;
#[cfg(test)]
mod guides;
mod mail;
mod retention;
mod social;
mod surveys;
mod watch;

use desk::care::Promises;
use desk::{ContactSettings, DeskSettings, HelpSettings};
use serde::Deserialize;

pub use cases::Cases;
pub use chat::{Channel, Chat};
pub use credits::Credits;
pub use mail::Mail;
pub use retention::Retention;
pub use social::Social;
pub use surveys::Surveys;
pub use watch::Watch;

/// How customers are answered.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Desk {
    /// How cases are kept.
    pub cases: Cases,
    /// Mail that comes in.
    pub mail: Mail,
    /// The chat.
    pub chat: Chat,
    /// Social channels.
    pub social: Social,
    /// The help centre.
    pub help: HelpSettings,
    /// The form and the customer's own pages.
    pub contact: ContactSettings,
    /// When staff work, and what customers are promised.
    pub promises: Promises,
    /// How many tokens staff may give a customer.
    pub credits: Credits,
    /// How long words are kept.
    pub retention: Retention,
    /// When billing facts become cases.
    pub watch: Watch,
    /// When customers are asked how we did.
    pub surveys: Surveys,
}

impl Desk {
    /// The same as the desk takes it.
    ///
    /// # Errors
    /// A sentence for the operator that names the table.
    pub fn settings(&self) -> Result<DeskSettings, String> {
        self.promises.check().map_err(|why| format!("desk.promises: {why}"))?;
        let (undo, reopens_within) =
            self.cases.settings().map_err(|why| format!("desk.cases: {why}"))?;
        Ok(DeskSettings {
            undo,
            reopens_within,
            mail_in: self.mail.settings().map_err(|why| format!("desk.mail: {why}"))?,
            chat: self.chat.settings(&self.promises).map_err(|why| format!("desk.chat: {why}"))?,
            social: self.social.settings().map_err(|why| format!("desk.social: {why}"))?,
            help: self.help.clone(),
            contact: self.contact,
            promises: self.promises.clone(),
            credits: self.credits.settings().map_err(|why| format!("desk.credits: {why}"))?,
            retention: self.retention.settings().map_err(|why| format!("desk.retention: {why}"))?,
            watch: self.watch.settings(),
            surveys: self.surveys.settings().map_err(|why| format!("desk.surveys: {why}"))?,
            ..DeskSettings::default()
        })
    }
}
