//! Takes answers to addresses on social channels: within the window freely, after it with an
//! approved text.

use async_trait::async_trait;
use base::{Env, Kind as No, Refusal, Stop};
use store::{Reads, Tx, jobs};

use super::rows;
use super::send::{SEND, Sending};
use super::settings::Channel;
use super::window::{Window, window};
use crate::Desk;
use crate::cases::{Carrier, Case, Delivery, Message, ThreadKind};
use crate::people::{Address, AddressKind};

/// The customer wrote too long ago, and the text is no approved one.
pub const WINDOW_OVER: Refusal = Refusal::new(
    No::Rule,
    "window_over",
    "the customer wrote too long ago for a free answer: choose an approved text, or write a mail",
);
/// The channel of the address is not set up.
pub const NO_CHANNEL: Refusal = Refusal::new(
    No::Rule,
    "channel_not_set_up",
    "this channel is not set up any more: answer over another one",
);

/// Takes answers to addresses on social channels.
pub struct SocialCarrier(Desk);

impl SocialCarrier {
    /// Carries for this desk.
    #[must_use]
    pub fn new(desk: Desk) -> SocialCarrier {
        SocialCarrier(desk)
    }
}

#[async_trait]
impl Carrier for SocialCarrier {
    fn carries(&self, kind: AddressKind, _: &Case, message: &Message) -> bool {
        let social =
            matches!(kind, AddressKind::WhatsApp | AddressKind::Telegram | AddressKind::Other);
        social && message.thread_kind == ThreadKind::Customer
    }

    async fn carry(
        &self,
        tx: &mut Tx,
        env: &Env,
        _: &Case,
        message: &Message,
        to: &Address,
    ) -> Result<Delivery, Stop> {
        let channel = channel_of(tx, &self.0, to).await?.ok_or(NO_CHANNEL)?;
        let last = rows::last_heard(tx, to.id).await?.map(|(_, last)| last);
        let free = window(channel.window(), last, env.now()) != Window::Over;
        let template = channel.templates().iter().any(|it| it.places(&message.text).is_some());
        if !free && !template {
            return Err(WINDOW_OVER.into());
        }
        let recipient = channel.recipient(&to.value).ok_or(NO_CHANNEL)?;
        rows::insert_send(tx, message.id, &channel.key, recipient, env.now()).await?;
        jobs::enqueue(tx, env, SEND, &Sending { message: message.id }, env.now()).await?;
        Ok(Delivery::Queued)
    }
}

/// The channel by which an address was last heard, or the only one of its kind.
pub(super) async fn channel_of<'a>(
    reads: &mut impl Reads,
    desk: &'a Desk,
    to: &Address,
) -> Result<Option<&'a Channel>, base::Fault> {
    let known = rows::last_heard(reads, to.id).await?;
    let social = &desk.settings.social;
    if let Some(channel) = known.and_then(|(key, _)| social.find(&key)) {
        return Ok(Some(channel));
    }
    let mut fits = social
        .channels
        .iter()
        .filter(|channel| channel.addresses() == to.kind && channel.recipient(&to.value).is_some());
    let only = fits.next();
    Ok(only.filter(|_| fits.next().is_none()))
}

/// Whether one may write to an address freely now, for the page that asks; none if it is on no
/// social channel.
///
/// # Errors
/// A fault if the database fails.
pub async fn window_of(
    reads: &mut impl Reads,
    desk: &Desk,
    to: &Address,
) -> Result<Option<Window>, base::Fault> {
    let Some(channel) = channel_of(reads, desk, to).await? else { return Ok(None) };
    let last = rows::last_heard(reads, to.id).await?.map(|(_, last)| last);
    Ok(Some(window(channel.window(), last, desk.billing.env.now())))
}
