//! Chains: events that are linked succeed or fail together.

use super::work::{Mark, Work};

/// The three statuses that chains speak of.
pub(super) struct Words<S> {
    pub(super) created: S,
    pub(super) failed: S,
    pub(super) open: S,
}

struct Chain {
    start: usize,
    mark: Mark,
    broken: bool,
}

/// Runs events in order and gives each its status.
///
/// Whatever is not `created` breaks its chain, `exists` too. The event that really failed keeps
/// its own status, the others of the chain fail with it. A chain must end before the request does.
pub(super) fn run<E, S: Copy + PartialEq>(
    work: &mut Work<'_>,
    events: &[E],
    words: &Words<S>,
    linked: impl Fn(&E) -> bool,
    mut create: impl FnMut(&mut Work<'_>, &E, i64) -> S,
    mut failed: impl FnMut(&mut Work<'_>, &E, i64, S),
) -> Vec<S> {
    let mut statuses: Vec<S> = Vec::with_capacity(events.len());
    let mut chain: Option<Chain> = None;
    for (nth, event) in events.iter().enumerate() {
        let goes_on = linked(event);
        if goes_on && chain.is_none() {
            chain = Some(Chain { start: nth, mark: work.mark(), broken: false });
        }
        let stamp = work.stamp();
        let broken = chain.as_ref().is_some_and(|chain| chain.broken);
        let status = match (goes_on && nth + 1 == events.len(), broken) {
            (true, _) => words.open,
            (false, true) => words.failed,
            (false, false) => create(work, event, stamp),
        };
        if status != words.created {
            if let Some(chain) = chain.as_mut().filter(|chain| !chain.broken) {
                chain.broken = true;
                work.take_back(chain.mark);
                statuses[chain.start..].fill(words.failed);
            }
            failed(work, event, stamp, status);
        }
        statuses.push(status);
        if !goes_on {
            chain = None;
        }
    }
    statuses
}
