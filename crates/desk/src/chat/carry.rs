//! Answers in the chat: they are there as soon as they are written, for whoever looks.

use async_trait::async_trait;
use base::{Env, Stop};
use store::Tx;

use crate::cases::{Carrier, Case, Delivery, Message};
use crate::people::{Address, AddressKind};

/// Takes answers to visitors of the chat. What they do not look at goes by mail later, see
/// [`super::tend`].
#[derive(Clone, Copy, Debug, Default)]
pub struct ChatCarrier;

#[async_trait]
impl Carrier for ChatCarrier {
    fn carries(&self, kind: AddressKind, _: &Case, _: &Message) -> bool {
        kind == AddressKind::Chat
    }

    async fn carry(
        &self,
        tx: &mut Tx,
        _: &Env,
        _: &Case,
        _: &Message,
        _: &Address,
    ) -> Result<Delivery, Stop> {
        // Streams read the rows: they need to be told to look, nothing more.
        tx.signal("chat");
        Ok(Delivery::Sent)
    }
}
