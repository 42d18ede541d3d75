//! Who sits before a case: somebody with a link, or the signed-in customer whose case it is. What
//! they see follows from how they came.

use base::id::{AddressId, CaseId, PersonId};
use base::{Secret, Stop};
use desk::cases::{self, Case};
use desk::contact::links::{self, Opened};
use desk::contact::{self, PROVED, UNPROVED};
use desk::people;

use crate::guard::session::Visit;
use crate::guard::{Room, Trouble};

/// Somebody before a case of theirs.
pub(crate) struct Seat {
    pub(crate) case: Case,
    pub(crate) person: PersonId,
    /// What their link opens, if they came by one.
    pub(crate) link: Option<Opened>,
    pub(crate) sight: Sight,
    /// Where the page is, behind the language.
    pub(crate) rest: String,
}

/// How much of a case somebody sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sight {
    /// All that was said to them.
    Whole,
    /// What was written without proof of who wrote it. Anybody can type an address that is not
    /// theirs, and our answers are for its owner only.
    OwnWords,
}

impl Seat {
    /// By a link. None if it opens nothing.
    pub(crate) async fn by_link(visit: &Visit, secret: &str) -> Result<Option<Seat>, Trouble> {
        let mut reader = visit.house.billing.store.read().await?;
        let link = Secret::from_text(secret);
        let opened = match links::open(&mut reader, &link, visit.now).await {
            Ok(opened) => opened,
            Err(Stop::Refused(_)) => {
                // Only misses count: a page with pictures asks many times with a good link.
                visit.house.limits.count(Room::Secret, visit.address.0, visit.now)?;
                return Ok(None);
            }
            Err(Stop::Fault(fault)) => return Err(fault.into()),
        };
        let Some(case) = cases::find(&mut reader, opened.case).await? else { return Ok(None) };
        let sight = if opened.mailed_to.is_some() { Sight::Whole } else { Sight::OwnWords };
        let rest = format!("/case/{secret}");
        Ok(Some(Seat { case, person: opened.person, link: Some(opened), sight, rest }))
    }

    /// As the signed-in customer.
    pub(crate) async fn by_session(visit: &Visit, id: CaseId) -> Result<Seat, Trouble> {
        let customer = visit.customer()?.customer.id;
        let mut reader = visit.house.billing.store.read().await?;
        let case = contact::own_case(&mut reader, customer, id).await?.ok_or(Trouble::NotFound)?;
        let rest = format!("/cases/{id}");
        Ok(Seat { person: case.requester, case, link: None, sight: Sight::Whole, rest })
    }

    /// What is proved about whoever writes from here.
    pub(crate) fn proved(&self) -> &'static str {
        match self.sight {
            Sight::Whole => PROVED,
            Sight::OwnWords => UNPROVED,
        }
    }

    /// The address that is written from here; none if it is not known which.
    pub(crate) fn address(&self) -> Option<AddressId> {
        self.link.as_ref().and_then(|link| link.mailed_to)
    }

    /// Whether the address of the link is not known to be theirs yet.
    pub(crate) async fn wants_proof(&self, visit: &Visit) -> Result<bool, Trouble> {
        let Some(address) = self.address() else { return Ok(false) };
        let mut reader = visit.house.billing.store.read().await?;
        let all = people::addresses_of(&mut reader, self.person).await?;
        Ok(all.iter().any(|known| known.id == address && known.verified_at.is_none()))
    }
}
