//! The questions asked of a folder: which mails are new, how large each is, and one mail.

use std::time::Duration;

use async_imap::types::Fetch;
use base::Timestamp;
use futures_util::TryStreamExt as _;
use tokio::time::timeout;

use super::connect::{Folder, PATIENCE};

/// How long one mail may take to arrive.
const ONE_MAIL: Duration = Duration::from_secs(300);

/// How large a mail is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sized {
    pub(super) uid: u32,
    pub(super) size: usize,
}

/// What of a mail is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Whole,
    Headers,
}

impl Folder {
    /// The mails behind this one, oldest first.
    pub(super) async fn behind(&mut self, last: i64) -> Result<Vec<u32>, String> {
        let first = last.saturating_add(1);
        // Careful: `5:*` names the last mail even where its number is below five.
        let found = self.search(&format!("UID {first}:*")).await?;
        Ok(found.into_iter().filter(|uid| i64::from(*uid) >= first).collect())
    }

    /// The mails of the last two weeks, oldest first: for a folder that was numbered anew.
    pub(super) async fn recent(&mut self, now: Timestamp) -> Result<Vec<u32>, String> {
        let since = now - base::SignedDuration::from_hours(14 * 24);
        self.search(&format!("SINCE {}", since.strftime("%d-%b-%Y"))).await
    }

    async fn search(&mut self, query: &str) -> Result<Vec<u32>, String> {
        let found = timeout(PATIENCE, self.session.uid_search(query)).await;
        let found = found.map_err(|_| SILENT)?.map_err(|error| format!("search: {error}"))?;
        let mut found: Vec<u32> = found.into_iter().collect();
        found.sort_unstable();
        Ok(found)
    }

    /// How large some mails are. One that was removed meanwhile is not in the answer.
    pub(super) async fn sizes(&mut self, uids: &[u32]) -> Result<Vec<Sized>, String> {
        let list = uids.iter().map(u32::to_string).collect::<Vec<_>>().join(",");
        let fetched = self.fetch(&list, "(UID RFC822.SIZE)", PATIENCE).await?;
        let sized = |one: &Fetch| {
            let size = usize::try_from(one.size?).ok()?;
            Some(Sized { uid: one.uid?, size })
        };
        let mut sizes: Vec<Sized> = fetched.iter().filter_map(sized).collect();
        sizes.retain(|one| uids.contains(&one.uid));
        sizes.sort_unstable_by_key(|one| one.uid);
        Ok(sizes)
    }

    /// One mail, without marking it as read; none if it was removed meanwhile.
    pub(super) async fn mail(&mut self, uid: u32, part: Part) -> Result<Option<Vec<u8>>, String> {
        let asked = match part {
            Part::Whole => "(UID BODY.PEEK[])",
            Part::Headers => "(UID BODY.PEEK[HEADER])",
        };
        let fetched = self.fetch(&uid.to_string(), asked, ONE_MAIL).await?;
        let fetched = fetched.iter().find(|one| one.uid == Some(uid));
        let bytes = fetched.and_then(|one| match part {
            Part::Whole => one.body(),
            Part::Headers => one.header(),
        });
        Ok(bytes.map(<[u8]>::to_vec))
    }

    /// Marks mails as read: a courtesy to people who look into the same folder.
    pub(super) async fn mark(&mut self, uids: &[u32]) -> Result<(), String> {
        if uids.is_empty() {
            return Ok(());
        }
        let list = uids.iter().map(u32::to_string).collect::<Vec<_>>().join(",");
        let marked = async {
            let marked = self.session.uid_store(&list, "+FLAGS.SILENT (\\Seen)").await?;
            marked.try_collect::<Vec<_>>().await
        };
        let marked = timeout(PATIENCE, marked).await.map_err(|_| SILENT)?;
        marked.map(|_| ()).map_err(|error| format!("mark: {error}"))
    }

    async fn fetch(
        &mut self,
        uids: &str,
        asked: &str,
        patience: Duration,
    ) -> Result<Vec<Fetch>, String> {
        let fetched = async {
            let answer = self.session.uid_fetch(uids, asked).await?;
            answer.try_collect::<Vec<_>>().await
        };
        let fetched = timeout(patience, fetched).await.map_err(|_| SILENT)?;
        let fetched = fetched.map_err(|error| format!("fetch: {error}"))?;
        if fetched.is_empty() {
            // Nothing there, or nobody there? Only a server that still answers may say so.
            let alive = timeout(PATIENCE, self.session.noop()).await.map_err(|_| SILENT)?;
            alive.map_err(|error| format!("fetch: the line was cut: {error}"))?;
        }
        Ok(fetched)
    }
}

const SILENT: &str = "the server fell silent";
