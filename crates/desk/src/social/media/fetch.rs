//! The job that fetches one picture, voice or file, and puts it to its message. To ask twice does
//! no harm here, so whatever was cut off is simply asked for again.

use async_trait::async_trait;
use base::{Fault, SignedDuration, Stop};
use serde::{Deserialize, Serialize};
use store::jobs::{Job, Next, Work};

use super::rows::{self, Wanted};
use super::sources;
use crate::Desk;
use crate::cases;
use crate::files::{self, Upload};
use crate::outside::{Fetched, Missed};

/// The kind of job.
pub const FETCH: &str = "social.fetch";
/// So often it is tried: over about an hour.
const MOST_TRIES: i64 = 7;

/// What a job fetches.
#[derive(Serialize, Deserialize)]
pub(super) struct Fetching {
    pub(super) media: String,
}

/// Fetches what came over channels.
pub struct FetchMedia(Desk);

impl FetchMedia {
    /// Fetches for this desk.
    #[must_use]
    pub fn new(desk: Desk) -> FetchMedia {
        FetchMedia(desk)
    }

    async fn fetch(&self, wanted: &Wanted) -> Result<Fetched, Missed> {
        let channel = self.0.settings.social.find(&wanted.channel);
        let gone = || Missed::Never("the channel is not set up any more".to_owned());
        let channel = channel.ok_or_else(gone)?;
        let source = serde_json::from_str(&wanted.source);
        let source = source.map_err(|_| Missed::Never("nobody knows where it is".to_owned()))?;
        sources::fetch(channel, &source).await
    }

    /// Keeps what was fetched; what cannot be kept has failed.
    async fn keep(&self, id: &str, wanted: &Wanted, fetched: &Fetched) -> Result<(), Stop> {
        let env = &self.0.billing.env;
        let name = wanted.name.as_deref().unwrap_or(&wanted.what);
        let declared = wanted.declared.as_deref().unwrap_or(&fetched.declared);
        let upload = Upload { name, declared, bytes: &fetched.bytes };
        store::write!(self.0.billing.store, |tx| {
            let file = files::keep(tx, env, upload).await?;
            cases::attach(tx, wanted.message, file.id).await?;
            rows::kept(tx, id, file.id, env.now()).await?;
            Ok(())
        })
    }

    async fn missed(&self, id: &str, tries: i64, missed: Missed) -> Result<Next, Fault> {
        let now = self.0.billing.env.now();
        let wait = SignedDuration::from_secs(30 << tries.clamp(0, 8));
        let noted: Result<Next, Stop> = store::write!(self.0.billing.store, |tx| {
            match &missed {
                Missed::Later(why) if tries < MOST_TRIES => {
                    rows::put_off(tx, id, why, now).await?;
                    Ok(Next::Later(now.checked_add(wait).unwrap_or(now)))
                }
                Missed::Later(why) | Missed::Never(why) => {
                    rows::failed(tx, id, why, now).await?;
                    tx.signal(cases::TOPIC);
                    Ok(Next::Finished)
                }
            }
        });
        metrics::counter!("paydesk_social_media", "outcome" => "missed").increment(1);
        noted.map_err(|stop| Fault::of("note that a file was not fetched", stop))
    }
}

#[async_trait]
impl Work for FetchMedia {
    fn kind(&self) -> &'static str {
        FETCH
    }

    async fn work(&self, job: &Job) -> Result<Next, Fault> {
        let Fetching { media: id } = job.read()?;
        let now = self.0.billing.env.now();
        let begun: Result<_, Stop> =
            store::write!(self.0.billing.store, |tx| Ok(rows::begin(tx, &id, now).await?));
        let begun = begun.map_err(|stop| Fault::of("begin to fetch a file", stop))?;
        let Some(wanted) = begun else { return Ok(Next::Finished) };
        let fetched = match self.fetch(&wanted).await {
            Ok(fetched) => fetched,
            Err(missed) => return self.missed(&id, wanted.attempts, missed).await,
        };
        match self.keep(&id, &wanted, &fetched).await {
            Ok(()) => {
                metrics::counter!("paydesk_social_media", "outcome" => "kept").increment(1);
                Ok(Next::Finished)
            }
            Err(Stop::Refused(refusal)) => {
                let why = Missed::Never(refusal.detail.into_owned());
                self.missed(&id, wanted.attempts, why).await
            }
            Err(Stop::Fault(fault)) => Err(fault),
        }
    }
}
