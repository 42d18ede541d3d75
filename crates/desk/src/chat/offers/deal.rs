//! Offers are dealt: by whatever node looks first, the others find it done.

use base::{Fault, Stop, Timestamp};
use store::{Reads, Tx};

use super::AwayBy;
use super::plan::{Bounds, End, Now, Plan, plan};
use crate::Desk;
use crate::chat::rows;

/// Ends offers that are over and makes new ones, if there is anything to change.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn deal(desk: &Desk) -> Result<(), Stop> {
    let (store, now) = (&desk.billing.store, desk.billing.env.now());
    let mut reader = store.read().await?;
    let planned = planned(desk, &mut reader, now).await?;
    drop(reader);
    if planned.is_empty() {
        return Ok(());
    }
    store::write!(store, |tx| {
        // Looked at again within: another node may have dealt meanwhile.
        let planned = self::planned(desk, tx, now).await?;
        carry_out(desk, tx, &planned, now).await?;
        tx.signal("chat");
        Ok(())
    })
}

async fn planned(desk: &Desk, reads: &mut impl Reads, now: Timestamp) -> Result<Plan, Fault> {
    let waiting = rows::waiting(reads).await?;
    let offers = rows::offers(reads).await?;
    if waiting.is_empty() && offers.is_empty() {
        return Ok(Plan::default());
    }
    let agents = rows::agents(reads, now).await?;
    let passed = rows::passed(reads, &waiting).await?;
    let chat = &desk.settings.chat;
    let bounds = Bounds { lasts: chat.offer, at_once: chat.at_once };
    Ok(plan(&Now { waiting, offers, agents, passed }, bounds, now))
}

async fn carry_out(desk: &Desk, tx: &mut Tx, plan: &Plan, now: Timestamp) -> Result<(), Stop> {
    for (offer, end) in &plan.ended {
        if !rows::end_offer(tx, offer).await? || *end == End::Void {
            continue;
        }
        rows::pass(tx, (offer.case, offer.staff), now).await?;
        let too_many =
            *end == End::Missed && rows::miss(tx, offer.staff).await? >= desk.settings.chat.misses;
        if too_many {
            rows::set_away(tx, (offer.staff, AwayBy::Misses), now).await?;
        }
    }
    for offer in &plan.made {
        // Whoever was set away just now has none of them: the next round passes them by.
        if rows::stands(tx, offer.staff).await? == super::Stands::Takes {
            rows::make_offer(tx, offer).await?;
        }
    }
    Ok(())
}
