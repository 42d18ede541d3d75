//! The job that hands a mail to the server, as often as it takes.

use std::time::Instant;

use async_trait::async_trait;
use base::id::MailId;
use base::{Env, Fault};
use lettre::message::Mailbox;
use store::Store;
use store::jobs::{Job, Next, Work};

use super::outgoing::wait_after;
use super::post::Outcome;
use super::{Outgoing, Post, State, answer, rows};

/// The kind of job.
pub const KIND: &str = "mail.send";
/// How much of an error is kept.
const LONGEST_ERROR: usize = 500;

/// Which mail a job is about.
#[derive(serde::Serialize, serde::Deserialize)]
pub(super) struct Sending {
    /// Its id.
    pub(super) mail: MailId,
}

/// Sends mail. A job that runs twice sends once, unless a server's answer was lost; then the same
/// mail goes out again under the same Message-ID.
pub struct Send {
    store: Store,
    env: Env,
    post: Post,
    reply_to: Option<Mailbox>,
}

impl Send {
    /// Sends over this post. Answers go to `reply_to`, if that is an address.
    #[must_use]
    pub fn new(store: Store, env: Env, post: Post, reply_to: &str) -> Send {
        Send { store, env, post, reply_to: reply_to.parse().ok() }
    }

    async fn record(&self, mail: &Outgoing, outcome: &Outcome) -> Result<Next, Fault> {
        let (now, tries) = (self.env.now(), mail.attempts + 1);
        let (state, why) = match outcome {
            Outcome::Taken => (State::Sent, None),
            Outcome::Kept => (State::Kept, None),
            Outcome::NoReader(why) | Outcome::Never(why) => (State::Failed, Some(kept(why))),
            Outcome::Later(why) => (State::Queued, Some(kept(why))),
        };
        let wait = wait_after(tries, &self.env.chance).filter(|_| state == State::Queued);
        let state = if state == State::Queued && wait.is_none() { State::Failed } else { state };
        let tried = Outgoing {
            state,
            attempts: tries,
            last_error: why,
            sent_at: (state == State::Sent).then_some(now),
            ..mail.clone()
        };
        let env = &self.env;
        let recorded = store::write!(self.store, |tx| {
            if rows::tried(tx, &tried).await? {
                answer::told(tx, env, &tried, outcome).await?;
            }
            Ok(())
        });
        recorded.map_err(|stop| Fault::of("record what became of a mail", stop))?;
        let outcome = if wait.is_some() { "later" } else { state.as_str() };
        metrics::counter!("paydesk_mails", "outcome" => outcome).increment(1);
        if state == State::Failed {
            tracing::warn!(mail = %mail.id, tries, "a mail was given up");
        }
        let due = wait.and_then(|wait| now.checked_add(wait).ok());
        Ok(due.map_or(Next::Finished, Next::Later))
    }
}

#[async_trait]
impl Work for Send {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn work(&self, job: &Job) -> Result<Next, Fault> {
        let Sending { mail } = job.read()?;
        let found = {
            let mut reader = self.store.read().await?;
            rows::find(&mut reader, mail).await?
        };
        let Some(mail) = found.filter(|mail| mail.state == State::Queued) else {
            return Ok(Next::Finished);
        };
        let enclosed = answer::enclosed(&self.store, &mail).await?;
        let begun = Instant::now();
        let (reply_to, now) = (self.reply_to.as_ref(), self.env.now());
        let outcome = self.post.deliver(&mail, reply_to, enclosed, now).await;
        metrics::histogram!("paydesk_mail_seconds").record(begun.elapsed().as_secs_f64());
        self.record(&mail, &outcome).await
    }
}

/// A server's words as they are kept for staff: one line of bounded length. They may name the
/// reader, so they are not logged.
fn kept(why: &str) -> String {
    let line = why.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
    line.take(LONGEST_ERROR).collect()
}
