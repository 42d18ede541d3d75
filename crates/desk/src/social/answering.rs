//! How the customer of a case can be answered over a messenger now, for the page that asks.

use base::Fault;
use store::Reads;

use super::carry::channel_of;
use super::rows;
use super::settings::{Kind, Template};
use super::window::{Window, window};
use crate::Desk;
use crate::cases::{self, Case};
use crate::people;

/// How somebody on a messenger can be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answering {
    /// The messenger: `WhatsApp`, `Telegram`, or the key of a channel of one's own.
    pub name: String,
    /// Whether one may write freely.
    pub window: Window,
    /// What may be sent when one may not, in the language of the case first.
    pub templates: Vec<Template>,
    /// How many hours the window is open after the customer wrote; none for always.
    pub hours: Option<i64>,
}

impl Answering {
    /// Whether only an approved text may leave now.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.window == Window::Over
    }

    /// The approved text with this name and language, as the provider writes it.
    #[must_use]
    pub fn template(&self, name: &str, code: &str) -> Option<&Template> {
        self.templates.iter().find(|one| one.name == name && one.code == code)
    }
}

/// How an answer in this case goes out if it goes over a messenger; none if it does not.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn answering(
    reads: &mut impl Reads,
    desk: &Desk,
    case: &Case,
) -> Result<Option<Answering>, Fault> {
    if desk.settings.social.channels.is_empty() {
        return Ok(None);
    }
    let Some(id) = cases::answers_to(reads, case).await? else { return Ok(None) };
    let Some(to) = people::address(reads, id).await? else { return Ok(None) };
    let Some(channel) = channel_of(reads, desk, &to).await? else { return Ok(None) };
    let last = rows::last_heard(reads, to.id).await?.map(|(_, last)| last);
    let mut templates = channel.templates().to_vec();
    templates.sort_by_key(|one| (one.language != case.language, one.name.clone()));
    Ok(Some(Answering {
        name: match &channel.kind {
            Kind::WhatsApp(_) => "WhatsApp".to_owned(),
            Kind::Telegram(_) => "Telegram".to_owned(),
            Kind::Signed(_) => channel.key.clone(),
        },
        window: window(channel.window(), last, desk.billing.env.now()),
        templates,
        hours: channel.window().map(|rule| rule.as_hours()),
    }))
}
