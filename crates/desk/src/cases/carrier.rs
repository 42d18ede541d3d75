//! What takes an answer to an address: mail, chat, a social channel.

use std::sync::Arc;

use async_trait::async_trait;
use base::{Env, Stop};
use store::Tx;

use super::{Case, Delivery, Message};
use crate::people::{Address, AddressKind};

/// Takes answers to addresses of some kinds.
#[async_trait]
pub trait Carrier: Send + Sync {
    /// Whether it takes this message to an address of that kind.
    fn carries(&self, kind: AddressKind, case: &Case, message: &Message) -> bool;

    /// Takes it there, or writes down within the same transaction that it will be, and says how
    /// far it has come.
    async fn carry(
        &self,
        tx: &mut Tx,
        env: &Env,
        case: &Case,
        message: &Message,
        to: &Address,
    ) -> Result<Delivery, Stop>;
}

/// All carriers; the first that carries a message takes it.
#[derive(Clone, Default)]
pub struct Carriers(Arc<[Arc<dyn Carrier>]>);

impl Carriers {
    /// These carriers.
    #[must_use]
    pub fn new(all: Vec<Arc<dyn Carrier>>) -> Carriers {
        Carriers(all.into())
    }

    /// These carriers and one more, which is asked last.
    #[must_use]
    pub fn with(self, carrier: Arc<dyn Carrier>) -> Carriers {
        Carriers(self.0.iter().cloned().chain([carrier]).collect())
    }

    /// Who takes this message to an address of that kind.
    #[must_use]
    pub fn pick(
        &self,
        kind: AddressKind,
        case: &Case,
        message: &Message,
    ) -> Option<&Arc<dyn Carrier>> {
        self.0.iter().find(|carrier| carrier.carries(kind, case, message))
    }
}

impl std::fmt::Debug for Carriers {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} carriers", self.0.len())
    }
}
