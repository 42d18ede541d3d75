//! Postbacks on their way: a queue by time, signed when they leave, tried again when refused.

use std::collections::BTreeMap;
use std::pin::pin;
use std::time::Duration;

use base::time::SignedDuration;
use base::{Fault, Timestamp};
use processor::{Call, Sent, sign};
use url::Url;

use super::desk::House;
use crate::sandbox::wire::{Event, SIGNATURE};

/// How long to wait before each further try, in seconds. Then the house gives up.
const RETRIES: [i64; 5] = [1, 5, 30, 120, 600];

/// How long to sleep at most while something is queued: a test's clock moves by leaps.
const NAP: Duration = Duration::from_millis(100);

/// What waits to be sent, in the order of its time.
#[derive(Default)]
pub struct Queue {
    waiting: BTreeMap<(Timestamp, u64), Parcel>,
    count: u64,
    /// One postback has left the queue and is not yet answered.
    sending: bool,
}

/// One postback on its way.
struct Parcel {
    to: Url,
    body: Vec<u8>,
    tries: usize,
}

enum Next {
    Send(Parcel),
    Nap(Duration),
    Sleep,
}

impl Queue {
    /// Puts an event on its way.
    pub fn add(&mut self, at: Timestamp, to: &str, event: &Event) -> Result<(), Fault> {
        let to = to.parse().map_err(|error| Fault::of("read a postback address", error))?;
        let body = serde_json::to_vec(event);
        let body = body.map_err(|error| Fault::of("write an event as JSON", error))?;
        self.put(at, Parcel { to, body, tries: 0 });
        Ok(())
    }

    fn put(&mut self, at: Timestamp, parcel: Parcel) {
        self.count += 1;
        self.waiting.insert((at, self.count), parcel);
    }

    fn next(&mut self, now: Timestamp) -> Next {
        match self.waiting.first_entry() {
            None => Next::Sleep,
            Some(first) if first.key().0 <= now => {
                self.sending = true;
                Next::Send(first.remove())
            }
            Some(first) => {
                let wait = first.key().0.duration_since(now).unsigned_abs();
                Next::Nap(wait.min(NAP))
            }
        }
    }
}

impl House {
    /// Whether a postback is due or on its way at this moment.
    pub fn is_sending(&self) -> bool {
        let (book, now) = (self.book(), self.env.now());
        book.queue.sending
            || book.queue.waiting.first_key_value().is_some_and(|(at, _)| at.0 <= now)
    }

    /// Sends postbacks until told to stop, one after another so that their order is the planned
    /// one. What is still queued then is lost, as it would be if a real house went down.
    pub async fn run(&self, shutdown: impl Future<Output = ()> + Send) {
        let mut shutdown = pin!(shutdown);
        loop {
            let next = self.book().queue.next(self.env.now());
            let pause = async {
                match next {
                    Next::Send(parcel) => {
                        self.deliver(parcel).await;
                        self.book().queue.sending = false;
                    }
                    Next::Nap(time) => {
                        let _ = tokio::time::timeout(time, self.wake.notified()).await;
                    }
                    Next::Sleep => self.wake.notified().await,
                }
            };
            tokio::select! {
                () = &mut shutdown => return,
                () = pause => {}
            }
        }
    }

    async fn deliver(&self, parcel: Parcel) {
        if self.is_lost() {
            return;
        }
        let now = self.env.now();
        let time = now.as_second().to_string();
        let parts = [time.as_bytes(), b".".as_slice(), &parcel.body];
        let digest = sign::hmac_sha256_hex(self.config.signing_secret.as_bytes(), &parts);
        let call = Call::post(parcel.to.clone())
            .header(SIGNATURE, &format!("t={time},v1={digest}"))
            .body("application/json", parcel.body.clone());
        match self.http.send(call).await {
            Sent::Answered(reply) if (200..300).contains(&reply.status) => {}
            _ => self.try_again(parcel, now),
        }
    }

    fn is_lost(&self) -> bool {
        let mut book = self.book();
        let left = book.settings.drop_postbacks;
        book.settings.drop_postbacks = left.saturating_sub(1);
        left > 0
    }

    fn try_again(&self, parcel: Parcel, now: Timestamp) {
        let Some(wait) = RETRIES.get(parcel.tries) else {
            tracing::warn!(host = parcel.to.host_str(), "the sandbox gave up on a postback");
            return;
        };
        let at = now.checked_add(SignedDuration::from_secs(*wait)).unwrap_or(now);
        self.book().queue.put(at, Parcel { tries: parcel.tries + 1, ..parcel });
    }
}
