//! How somebody of staff answers an offer, and whether any are made to them.

use base::Stop;
use base::id::{CaseId, StaffId};
use store::{Reads, Tx};

use super::{AwayBy, Offer, Stands};
use crate::Desk;
use crate::chat::rows;

/// The offer somebody of staff has, and whether any are made to them.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn look(
    reads: &mut impl Reads,
    staff: StaffId,
) -> Result<(Option<Offer>, Stands), base::Fault> {
    Ok((rows::offer_to(reads, staff).await?, rows::stands(reads, staff).await?))
}

/// Every offer that stands.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn standing(reads: &mut impl Reads) -> Result<Vec<Offer>, base::Fault> {
    rows::offers(reads).await
}

/// A chat was taken: it is offered to nobody any more. Part of the deed that assigns it.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn taken(tx: &mut Tx, case: CaseId, by: StaffId) -> Result<(), Stop> {
    rows::end_offers_of(tx, case).await?;
    rows::took(tx, by).await?;
    tx.signal("chat");
    Ok(())
}

/// Somebody says "not me": the chat goes to the next, and no offer was missed.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn pass_on(desk: &Desk, staff: StaffId, case: CaseId) -> Result<(), Stop> {
    let now = desk.billing.env.now();
    store::write!(desk.billing.store, |tx| {
        let offer = rows::offer_to(tx, staff).await?;
        if let Some(offer) = offer.filter(|offer| offer.case == case) {
            rows::end_offer(tx, &offer).await?;
            rows::pass(tx, (case, staff), now).await?;
            rows::took(tx, staff).await?;
            tx.signal("chat");
        }
        Ok(())
    })?;
    super::deal(desk).await
}

/// Nothing is offered to somebody from now on; what was goes to the next.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn be_away(desk: &Desk, staff: StaffId) -> Result<(), Stop> {
    let now = desk.billing.env.now();
    store::write!(desk.billing.store, |tx| {
        rows::set_away(tx, (staff, AwayBy::Themselves), now).await?;
        tx.signal("chat");
        Ok(())
    })?;
    super::deal(desk).await
}

/// They take chats again.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn come_back(desk: &Desk, staff: StaffId) -> Result<(), Stop> {
    store::write!(desk.billing.store, |tx| {
        rows::set_back(tx, staff).await?;
        tx.signal("chat");
        Ok(())
    })?;
    super::deal(desk).await
}
