//! Facts about creators that others may hear: `creator.created`, `creator.changed`.

use base::{Env, Fault};
use store::Tx;
use store::outbox::{self, Event};

use super::Creator;

pub(super) async fn tell(
    tx: &mut Tx,
    env: &Env,
    kind: &'static str,
    creator: &Creator,
) -> Result<(), Fault> {
    let event = Event {
        id: env.id(),
        kind: kind.into(),
        subject: creator.id.to_string(),
        sequence: creator.version,
        body: creator.snapshot(),
        created_at: env.now(),
    };
    outbox::tell(tx, &event).await
}
