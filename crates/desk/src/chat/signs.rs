//! Signs of life: who is there and who types. They run out by themselves, on every node alike.

use base::id::{CaseId, StaffId};
use base::{Fault, SignedDuration, Stop, Timestamp};
use store::Reads;

use super::rows;
use super::session::Session;
use crate::Desk;
use store::{UnknownTerm, terms};

terms! {
    /// What somebody shows of themselves.
    Sign {
        /// They are there.
        Here = "here",
        /// They write.
        Typing = "typing",
    }
}

/// Who shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// Who asks.
    Visitor,
    /// Somebody of the desk.
    Staff(StaffId),
}

/// A sign somebody shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// At which case; at none where somebody is at the desk as such.
    pub case: Option<CaseId>,
    /// Who.
    pub who: Who,
    /// What.
    pub sign: Sign,
    /// Since when.
    pub since: Timestamp,
    /// It runs out then.
    pub until: Timestamp,
}

/// Somebody types for so long after the last letter we heard of.
const TYPING: SignedDuration = SignedDuration::from_secs(6);
/// Being heard of twice within this is being heard of once.
const COALESCED: SignedDuration = SignedDuration::from_secs(3);
/// Somebody is there for so long after we last heard of them.
const HERE: SignedDuration = SignedDuration::from_secs(75);

impl Sign {
    const fn lasts(self) -> SignedDuration {
        match self {
            Sign::Here => HERE,
            Sign::Typing => TYPING,
        }
    }

    /// A sign that lasts longer than this is not written again.
    fn fresh(self) -> SignedDuration {
        match self {
            Sign::Here => HERE - SignedDuration::from_secs(30),
            Sign::Typing => COALESCED,
        }
    }
}

impl std::fmt::Display for Who {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Who::Visitor => out.write_str("visitor"),
            Who::Staff(id) => id.fmt(out),
        }
    }
}

impl std::str::FromStr for Who {
    type Err = UnknownTerm;

    fn from_str(text: &str) -> Result<Who, UnknownTerm> {
        if text == "visitor" {
            return Ok(Who::Visitor);
        }
        text.parse().map(Who::Staff).map_err(|_| UnknownTerm)
    }
}

/// Shows a sign at a case, unless the same was shown a moment ago.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn show(desk: &Desk, case: CaseId, who: Who, sign: Sign) -> Result<(), Stop> {
    keep(desk, Some(case), who, sign).await
}

/// Somebody of the desk is at their console.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn be_there(desk: &Desk, staff: StaffId) -> Result<(), Stop> {
    keep(desk, None, Who::Staff(staff), Sign::Here).await
}

/// The visitor of a session writes. Before anything was said there is nobody to show it to.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn visitor_types(desk: &Desk, session: &Session) -> Result<(), Stop> {
    match session.case {
        Some(case) => show(desk, case, Who::Visitor, Sign::Typing).await,
        None => Ok(()),
    }
}

async fn keep(desk: &Desk, case: Option<CaseId>, who: Who, sign: Sign) -> Result<(), Stop> {
    let now = desk.billing.env.now();
    let at = |span| now.checked_add(span).unwrap_or(now);
    let mut reader = desk.billing.store.read().await?;
    let shown = rows::shown_until(&mut reader, case, who, sign).await?;
    drop(reader);
    if shown.is_some_and(|until| until > at(sign.fresh())) {
        return Ok(());
    }
    let signed = Signed { case, who, sign, since: now, until: at(sign.lasts()) };
    store::write!(desk.billing.store, |tx| {
        rows::show(tx, &signed).await?;
        tx.signal("chat");
        Ok(())
    })
}

/// What is shown now at these cases.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn at(
    reads: &mut impl Reads,
    cases: &[CaseId],
    now: Timestamp,
) -> Result<Vec<Signed>, Fault> {
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    let cases = cases.iter().map(ToString::to_string).collect();
    rows::signs_at(reads, cases, now).await
}
