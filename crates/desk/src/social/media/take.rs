//! What came with a message is noted, in one deed with the message.

use base::id::MessageId;
use base::{Env, Stop};
use store::{Tx, jobs};

use super::fetch::{FETCH, Fetching};
use super::rows::{self, New};
use crate::social::heard::{Came, MOST_MEDIA};

/// Notes what came with a message, and the jobs that fetch it.
pub(in crate::social) async fn take(
    tx: &mut Tx,
    env: &Env,
    channel: &str,
    message: MessageId,
    media: &[Came],
) -> Result<(), Stop> {
    let now = env.now();
    for came in media.iter().take(MOST_MEDIA) {
        let id = env.id::<base::id::Event>().to_string();
        let source = serde_json::to_string(&came.source)
            .map_err(|error| base::Fault::of("write down where a file is", error))?;
        let new = New {
            id: &id,
            message,
            channel,
            what: &came.what,
            name: came.name.as_deref(),
            declared: came.declared.as_deref(),
            source: &source,
        };
        rows::insert(tx, &new, now).await?;
        jobs::enqueue(tx, env, FETCH, &Fetching { media: id }, now).await?;
    }
    Ok(())
}
