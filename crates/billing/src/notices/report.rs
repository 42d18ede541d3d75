//! A deed and a job: a report of many transactions is read as if each line had come as a postback.

use async_trait::async_trait;
use base::id::NoticeId;
use base::time::SignedDuration;
use base::{Fault, Kind, Refusal, Stop, Timestamp};
use jiff::tz::TimeZone;
use processor::{Answer, Notice};
use store::jobs::{Job, Next, Work};

use super::apply::hear_row;
use super::notice::{Filed, NoticeRow, REPORT};
use super::receive::{ACCOUNT_NOT_FOUND, short, store_raw};
use super::rows;
use crate::{Account, Billing};

/// The largest report.
pub const LARGEST_REPORT: usize = 16 * 1024 * 1024;
/// The report is too large.
pub const REPORT_TOO_LARGE: Refusal =
    Refusal::new(Kind::TooLarge, "report_too_large", "a report has 16 MiB at most");
/// The kind of the job that fetches reports.
pub const PULL: &str = "notices.pull";
/// How often reports are fetched.
pub const PULL_EVERY: SignedDuration = SignedDuration::from_hours(24);

/// A day is fetched with so much of the one before: houses write late.
const OVERLAP: SignedDuration = SignedDuration::from_hours(6);

/// Takes a report in: stores it as it is, reads it, and hears every line. What was told before, by
/// postback or by another report, changes nothing; a line that cannot be heard blocks no other.
///
/// # Errors
/// [`ACCOUNT_NOT_FOUND`], [`REPORT_TOO_LARGE`], or a fault if the database fails.
pub async fn receive_report(
    billing: &Billing,
    account: &str,
    file: &[u8],
    name: &str,
) -> Result<NoticeRow, Stop> {
    let account = billing.accounts.get(account).ok_or(ACCOUNT_NOT_FOUND)?;
    if file.len() > LARGEST_REPORT {
        return Err(REPORT_TOO_LARGE.into());
    }
    let read = account.connector.read_report(file).map_err(|unreadable| unreadable.to_string());
    let row = row(billing, account, name, read);
    store::write!(billing.store, |tx| store_raw(tx, billing, &row, file).await)?;
    let id = row.id;
    if row.filed == Filed::Waiting {
        hear_row(billing, row).await?;
    }
    let gone = || Fault::new(format!("find the report {id}"));
    let stored = rows::find(&mut billing.store.read().await?, id).await?;
    Ok(stored.ok_or_else(gone)?)
}

fn row(
    billing: &Billing,
    account: &Account,
    name: &str,
    read: Result<Vec<Notice>, String>,
) -> NoticeRow {
    let (filed, reason, reads) = match read {
        Ok(reads) => (Filed::Waiting, None, reads),
        Err(why) => (Filed::Rejected, Some(why), Vec::new()),
    };
    let id: NoticeId = billing.env.id();
    NoticeRow {
        id,
        account: account.key.clone(),
        received_at: billing.env.now(),
        method: REPORT.to_owned(),
        sender: "report".to_owned(),
        headers: Vec::new(),
        query: short(name),
        body_hash: String::new(),
        filed,
        reason,
        kind: reads.first().map(rows::kind_word),
        words: format!("{}: {} lines", short(name), reads.len()),
        payment: None,
        attempt: None,
        reads,
    }
}

/// Fetches yesterday's reports of every account that can be asked for them.
pub(crate) struct Pull(pub(crate) Billing);

#[async_trait]
impl Work for Pull {
    fn kind(&self) -> &'static str {
        PULL
    }

    async fn work(&self, _: &Job) -> Result<Next, Fault> {
        let (from, to) = yesterday(self.0.env.now())?;
        let mut failed = Vec::new();
        for account in self.0.accounts.all() {
            if !account.connector.capabilities().pulls_reports {
                continue;
            }
            if let Err(why) = pull(&self.0, account, from, to).await {
                failed.push(format!("{}: {why}", account.key));
            }
        }
        if failed.is_empty() {
            return Ok(Next::Finished);
        }
        // What was fetched is stored; fetching it again changes nothing.
        Err(Fault::new(format!("fetch the reports of {}", failed.join("; "))))
    }
}

/// Yesterday by UTC, with the end of the day before it.
fn yesterday(now: Timestamp) -> Result<(Timestamp, Timestamp), Fault> {
    let told = |error| Fault::of("find the beginning of a day", error);
    let today = now.to_zoned(TimeZone::UTC).start_of_day().map_err(told)?.timestamp();
    let from = today.checked_sub(SignedDuration::from_hours(24) + OVERLAP).map_err(told)?;
    Ok((from, today))
}

async fn pull(
    billing: &Billing,
    account: &Account,
    from: Timestamp,
    to: Timestamp,
) -> Result<(), String> {
    let files = match account.connector.pull(from, to).await {
        Answer::Done(files) => files,
        Answer::Accepted => return Err("the report is not ready yet".to_owned()),
        Answer::Declined(decline) => return Err(format!("refused: {}", decline.raw)),
        Answer::NotExecuted(why) | Answer::Unknown(why) => return Err(why),
    };
    for (nth, file) in files.iter().enumerate() {
        let name = format!("fetched {from} to {to}, {} of {}", nth + 1, files.len());
        let heard = receive_report(billing, &account.key, file, &name).await;
        heard.map_err(|stop| stop.to_string())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yesterday_begins_six_hours_early_and_ends_at_midnight() {
        let now: Timestamp = "2026-11-21T20:00:00Z".parse().unwrap();
        let (from, to) = yesterday(now).unwrap();
        assert_eq!(from.to_string(), "2026-11-19T18:00:00Z");
        assert_eq!(to.to_string(), "2026-11-21T00:00:00Z");
    }
}
