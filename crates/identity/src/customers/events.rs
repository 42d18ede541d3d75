//! Facts about customers that others may hear: `customer.created`, `customer.changed`.

use base::{Env, Fault};
use store::Tx;
use store::outbox::{self, Event};

use super::Customer;

pub(super) async fn tell(
    tx: &mut Tx,
    env: &Env,
    kind: &'static str,
    customer: &Customer,
) -> Result<(), Fault> {
    let event = Event {
        id: env.id(),
        kind: kind.into(),
        subject: customer.id.to_string(),
        sequence: customer.version,
        body: customer.snapshot(),
        created_at: env.now(),
    };
    outbox::tell(tx, &event).await
}
