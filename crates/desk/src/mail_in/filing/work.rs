//! The job that files one mail: three tries, then a person looks. It never fails for good, so it
//! never stops the next one.

use async_trait::async_trait;
use base::{Fault, Stop};
use store::jobs::{Job, Next, Work};

use super::file::{counted, file, held};
use crate::Desk;
use crate::mail_in::keep::{FILE, Filing};
use crate::mail_in::rows::raw;

/// So often a mail is tried.
const TRIES: u32 = 3;

/// Files mails.
pub struct FileMail(Desk);

impl FileMail {
    /// Files into the cases of this desk.
    #[must_use]
    pub fn new(desk: Desk) -> FileMail {
        FileMail(desk)
    }

    /// Gives a mail up that broke its reader, or the whole program, every time.
    async fn give_up(&self, job: &Job, why: &str) -> Result<Next, Fault> {
        let Filing { raw: id } = job.read()?;
        let found = raw::find(&mut self.0.billing.store.read().await?, id).await?;
        let Some(found) = found else { return Ok(Next::Finished) };
        match held(&self.0, &found, why).await {
            Ok(_) => Ok(Next::Finished),
            Err(stop) => Err(Fault::of("hold a mail back", stop)),
        }
    }
}

#[async_trait]
impl Work for FileMail {
    fn kind(&self) -> &'static str {
        FILE
    }

    async fn work(&self, job: &Job) -> Result<Next, Fault> {
        if job.attempts > TRIES {
            // A process that died with the mail in hand counts as a try, too.
            return self.give_up(job, "its reader went away every time").await;
        }
        let Filing { raw } = job.read()?;
        match Box::pin(file(&self.0, raw)).await {
            Ok(_) | Err(Stop::Refused(_)) => Ok(Next::Finished),
            Err(Stop::Fault(fault)) if job.attempts >= TRIES => {
                counted("failed");
                self.give_up(job, &fault.chain()).await
            }
            Err(Stop::Fault(fault)) => Err(fault),
        }
    }
}
