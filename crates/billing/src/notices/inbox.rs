//! The inbox: postbacks that come in while others are being written are taken together, heard in
//! one transaction, and answered once it is durable.

use base::Fault;
use tokio::sync::{mpsc, oneshot};

use super::hear::{Heard, Message, hear};
use super::notice::Filed;
use crate::Billing;

/// How many messages are heard in one transaction at most.
const LARGEST: usize = 256;
/// How many may wait; whoever comes then waits at the door.
const ROOM: usize = 4_096;

struct Waiting {
    billing: Billing,
    message: Message,
    answer: oneshot::Sender<Result<Filed, String>>,
}

/// The way in. Cheap to clone; it ends when the last clone is dropped.
#[derive(Clone)]
pub(crate) struct Inbox {
    queue: mpsc::Sender<Waiting>,
}

impl Inbox {
    /// Opens the inbox. Once a process.
    pub(crate) fn open() -> Inbox {
        let (queue, waiting) = mpsc::channel(ROOM);
        tokio::spawn(run(waiting));
        Inbox { queue }
    }

    /// Has a message stored and heard, and waits until that is durable. A fault says that nothing
    /// of it is kept.
    pub(super) async fn take(&self, billing: &Billing, message: Message) -> Result<Filed, Fault> {
        let (answer, answered) = oneshot::channel();
        let gone = || Fault::new("reach the inbox: it has stopped");
        let waiting = Waiting { billing: billing.clone(), message, answer };
        self.queue.send(waiting).await.map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?.map_err(Fault::new)
    }
}

async fn run(mut waiting: mpsc::Receiver<Waiting>) {
    let mut taken: Vec<Waiting> = Vec::new();
    while waiting.recv_many(&mut taken, LARGEST).await > 0 {
        let many = u32::try_from(taken.len()).unwrap_or(u32::MAX);
        metrics::histogram!("paydesk_notice_group").record(many);
        let Some(billing) = taken.first().map(|first| first.billing.clone()) else { continue };
        let mut messages = Vec::with_capacity(taken.len());
        let mut answers = Vec::with_capacity(taken.len());
        for Waiting { message, answer, .. } in taken.drain(..) {
            messages.push(message);
            answers.push(answer);
        }
        // What goes wrong with one message must not end the inbox, not even by a panic.
        let heard = tokio::spawn(async move { together(&billing, messages).await }).await;
        let filed = heard.unwrap_or_else(|panic| {
            tracing::error!(%panic, "messages were not heard");
            Vec::new()
        });
        let lost = || Err("hear a message together with others".to_owned());
        let mut filed = filed.into_iter();
        for answer in answers {
            // A sender that went away is fine: its message is durable all the same.
            let _ = answer.send(filed.next().unwrap_or_else(lost));
        }
    }
}

/// Hears messages together; if one of them goes wrong, each alone, so that poison blocks nobody.
async fn together(billing: &Billing, messages: Vec<Message>) -> Vec<Result<Filed, String>> {
    match in_one(billing, &messages).await {
        Ok(filed) => return filed.into_iter().map(Ok).collect(),
        Err(why) if messages.len() > 1 => {
            tracing::warn!(why, "messages are heard one by one");
        }
        Err(why) => return vec![Err(why)],
    }
    let mut filed = Vec::with_capacity(messages.len());
    for message in messages {
        let billing = billing.clone();
        let alone = tokio::spawn(async move { in_one(&billing, &[message]).await }).await;
        filed.push(match alone {
            Ok(Ok(one)) => one.into_iter().next().ok_or_else(|| "file a message".to_owned()),
            Ok(Err(why)) => Err(why),
            Err(panic) => Err(panic.to_string()),
        });
    }
    filed
}

async fn in_one(billing: &Billing, messages: &[Message]) -> Result<Vec<Filed>, String> {
    let heard = store::write!(billing.store, |tx| hear(tx, billing, messages).await);
    let Heard { filed, after } = heard.map_err(|stop| stop.to_string())?;
    after.finish(billing);
    for (message, filed) in messages.iter().zip(&filed) {
        super::counted(*filed, &message.row.account);
    }
    Ok(filed)
}
