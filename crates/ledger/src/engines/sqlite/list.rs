//! Listing an account's transfers: pairs from memory and from runs, then the rows they name.

use std::collections::VecDeque;

use base::Fault;
use store::{Reader, Store};

use super::{Books, runs};
use crate::engines::rows;
use crate::filter::Order;
use crate::{AccountFilter, Transfer};

/// Lists committed transfers of an account.
pub(crate) async fn account_transfers(
    books: &Books,
    store: &Store,
    filter: &AccountFilter,
) -> Result<Vec<Transfer>, Fault> {
    // Memory first: what moves from there into a run meanwhile is then found twice, not never.
    let Some((place, tail)) = books.tail_of(filter.account_id) else { return Ok(Vec::new()) };
    let mut reader = store.read().await?;
    reader.freeze().await?;
    let listed = list(&mut reader, filter, place, tail).await;
    reader.unfreeze().await?;
    listed
}

impl Books {
    /// Where an account is, and its timestamps that no committed run holds.
    fn tail_of(&self, id: u128) -> Option<(u32, Vec<i64>)> {
        let memory = self.memory();
        let place = memory.state.place(id)?;
        let own = memory.tail.iter().filter(|(account, _)| *account == place);
        Some((place, own.map(|(_, timestamp)| *timestamp).collect()))
    }
}

async fn list(
    reader: &mut Reader,
    filter: &AccountFilter,
    place: u32,
    tail: Vec<i64>,
) -> Result<Vec<Transfer>, Fault> {
    let (from, until) = filter.span();
    let mut runs: VecDeque<runs::Run> = runs::all(reader).await?.into();
    runs.retain(|run| run.until >= from && run.since <= until);
    let in_runs = runs.back().map_or(i64::MIN, |run| run.until);
    let tail: Vec<i64> = tail.into_iter().filter(|timestamp| *timestamp > in_runs).collect();
    let newest_first = filter.order == Order::NewestFirst;
    let mut tail = Some(tail);
    let mut found = Vec::new();
    while found.len() < filter.length() as usize {
        let stretch = if newest_first { tail.take() } else { None };
        let next = if newest_first { runs.pop_back() } else { runs.pop_front() };
        let mut stretch = match (stretch, next) {
            (Some(stretch), next) => {
                runs.extend(next);
                stretch
            }
            (None, Some(run)) => runs::find(reader, run, place).await?,
            (None, None) => match tail.take() {
                Some(tail) => tail,
                None => break,
            },
        };
        stretch.retain(|timestamp| (from..=until).contains(timestamp));
        if newest_first {
            stretch.reverse();
        }
        take(reader, filter, &stretch, &mut found).await?;
    }
    Ok(found)
}

/// Reads the rows of a stretch in order, until enough have passed the filter.
async fn take(
    reader: &mut Reader,
    filter: &AccountFilter,
    stretch: &[i64],
    found: &mut Vec<Transfer>,
) -> Result<(), Fault> {
    for page in stretch.chunks(filter.length().clamp(16, 1024) as usize) {
        let room = (filter.length() as usize).saturating_sub(found.len());
        if room == 0 {
            break;
        }
        let mut transfers = rows::transfers_at(reader, page.to_vec()).await?;
        transfers.retain(|transfer| filter.takes(transfer));
        transfers.sort_unstable_by_key(|transfer| transfer.timestamp);
        if filter.order == Order::NewestFirst {
            transfers.reverse();
        }
        found.extend(transfers.into_iter().take(room));
    }
    Ok(())
}
