//! What the operator may set about the desk, room by room.

mod chat;
mod contact;
mod credits;
mod help;
mod mail_in;
mod mail_out;
mod retention;
mod social;
mod surveys;
mod watch;

pub use chat::ChatSettings;
pub use contact::{ContactSettings, WordRule};
pub use credits::{CreditLimit, CreditsSettings};
pub use help::{HelpSettings, StarterArticles};
pub use mail_in::MailInSettings;
pub use mail_out::MailOutSettings;
pub use retention::{RetentionRule, RetentionSettings};
pub use social::SocialSettings;
pub use surveys::SurveysSettings;
pub use watch::WatchSettings;

use base::SignedDuration;

use crate::care::Promises;
use crate::outside::Reach;

/// What the operator may set.
#[derive(Clone, Debug)]
pub struct DeskSettings {
    /// How long an answer can be taken back before it leaves.
    pub undo: SignedDuration,
    /// How long a solved case opens again when the customer writes; then it is closed.
    pub reopens_within: SignedDuration,
    /// Mail that comes in.
    pub mail_in: MailInSettings,
    /// Answers that go out by mail.
    pub mail_out: MailOutSettings,
    /// The chat.
    pub chat: ChatSettings,
    /// Social channels.
    pub social: SocialSettings,
    /// The help centre.
    pub help: HelpSettings,
    /// The form and the customer's own pages.
    pub contact: ContactSettings,
    /// What staff may give away.
    pub credits: CreditsSettings,
    /// When staff work, and what is promised.
    pub promises: Promises,
    /// How long words are kept.
    pub retention: RetentionSettings,
    /// Billing facts that become cases.
    pub watch: WatchSettings,
    /// When customers are asked how we did.
    pub surveys: SurveysSettings,
    /// How far pictures of mails and files of channels may be fetched from.
    pub reach: Reach,
}

impl DeskSettings {
    /// For how many days a solved case opens again, as articles and answers say it.
    #[must_use]
    pub const fn reopen_days(&self) -> i64 {
        self.reopens_within.as_hours() / 24
    }
}

impl Default for DeskSettings {
    fn default() -> DeskSettings {
        DeskSettings {
            undo: SignedDuration::from_secs(15),
            reopens_within: SignedDuration::from_hours(7 * 24),
            mail_in: MailInSettings::default(),
            mail_out: MailOutSettings::default(),
            chat: ChatSettings::default(),
            social: SocialSettings::default(),
            help: HelpSettings::default(),
            contact: ContactSettings::default(),
            credits: CreditsSettings::default(),
            promises: Promises::default(),
            retention: RetentionSettings::default(),
            watch: WatchSettings::default(),
            surveys: SurveysSettings::default(),
            reach: Reach::default(),
        }
    }
}
