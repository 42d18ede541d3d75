//! What happened to a wallet, newest first: the ledger's transfers under the names of the trade.

use std::collections::HashMap;

use base::id::{CreatorId, CreditId, CustomerId, PaymentId, TipId, TransferId};
use base::{Fault, Timestamp};
use ledger::moves::Cause;
use ledger::{AccountFilter, MOST, Order, Transfer, books};
use store::Page;
use uuid::Uuid;

use super::rows;
use crate::Billing;
use store::terms;

terms! {
    /// What happened.
    EntryKind {
        /// Tokens were bought.
        Purchase = "purchase",
        /// Tokens were given to a creator.
        Tip = "tip",
        /// A purchase was taken back, or given again.
        Reversal = "reversal",
        /// Tokens were given by the house.
        Goodwill = "goodwill",
    }
}

/// One line of a wallet's history.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "object", rename = "wallet_entry")]
pub struct Entry {
    /// What happened.
    pub kind: EntryKind,
    /// How many tokens came in; negative for those that went out.
    pub tokens: i64,
    /// When.
    pub at: Timestamp,
    /// Which payment, if it is a purchase or a reversal.
    pub payment: Option<PaymentId>,
    /// Which tip, if it is one.
    pub tip: Option<TipId>,
    /// Who got the tip.
    pub creator: Option<CreatorId>,
    /// Which credit, if the house gave it.
    pub credit: Option<CreditId>,
    /// The transfer by which the list goes on, see [`Entry::cursor`].
    #[serde(skip)]
    pub transfer: u128,
}

impl Entry {
    /// The line's name in a [`Page`].
    #[must_use]
    pub fn cursor(&self) -> String {
        TransferId::from_uuid(Uuid::from_u128(self.transfer)).to_string()
    }
}

/// A wallet's history, newest first.
///
/// # Errors
/// A fault if the books cannot be read.
pub async fn history(
    billing: &Billing,
    customer: CustomerId,
    page: Page,
) -> Result<Vec<Entry>, Fault> {
    let account = books::customer_tokens(customer).id;
    let beside = beside(billing, &page).await?;
    // A tip is two transfers, and half of one may stand at either end.
    let limit = (2 * page.limit + 2).min(MOST);
    let mut filter = AccountFilter::newest(account, limit);
    match (&page.before, &beside) {
        (Some(_), Some(beside)) => {
            filter.from = beside.timestamp;
            filter.order = Order::OldestFirst;
        }
        (None, Some(beside)) => filter.until = beside.timestamp,
        (_, None) => {}
    }
    let transfers = billing.ledger.account_transfers(&filter).await?;
    let others = transfers
        .into_iter()
        .filter(|transfer| beside.as_ref().is_none_or(|beside| !same_line(transfer, beside)));
    let mut entries = lines(account, others);
    entries.truncate(page.limit as usize);
    if page.before.is_some() {
        entries.reverse();
    }
    name_creators(billing, &mut entries).await?;
    Ok(entries)
}

/// The transfer a page begins beside.
async fn beside(billing: &Billing, page: &Page) -> Result<Option<Transfer>, Fault> {
    let Some(cursor) = page.before.as_ref().or(page.after.as_ref()) else { return Ok(None) };
    let Ok(id) = cursor.parse::<TransferId>() else { return Ok(None) };
    Ok(billing.ledger.look_up_transfers(&[id.as_u128()]).await?.into_iter().flatten().next())
}

/// Whether two transfers are one line of the history.
fn same_line(one: &Transfer, other: &Transfer) -> bool {
    let one_tip = kind(one) == EntryKind::Tip && kind(other) == EntryKind::Tip;
    one.id == other.id || (one_tip && one.user_data_128 == other.user_data_128)
}

fn kind(transfer: &Transfer) -> EntryKind {
    match Cause::of(transfer.code) {
        Some(Cause::TipCreator | Cause::TipHouse) => EntryKind::Tip,
        Some(Cause::ReversalMoney | Cause::ReversalLoss | Cause::ReversalTokens) => {
            EntryKind::Reversal
        }
        Some(Cause::Goodwill) => EntryKind::Goodwill,
        Some(Cause::SaleMoney | Cause::SaleFee | Cause::SaleTokens) | None => EntryKind::Purchase,
    }
}

/// One line for each tip and each other transfer, in the order they came.
fn lines(account: u128, transfers: impl Iterator<Item = Transfer>) -> Vec<Entry> {
    let mut lines: Vec<(Transfer, i64)> = Vec::new();
    let mut tips: HashMap<u128, usize> = HashMap::new();
    for transfer in transfers {
        let sign = if transfer.debit_account_id == account { -1 } else { 1 };
        let tokens = sign * transfer.amount;
        if kind(&transfer) == EntryKind::Tip {
            if let Some(nth) = tips.get(&transfer.user_data_128) {
                let (half, sum) = &mut lines[*nth];
                *sum += tokens;
                // Whichever way the list is read, the first half names the line.
                if transfer.timestamp < half.timestamp {
                    *half = transfer;
                }
                continue;
            }
            tips.insert(transfer.user_data_128, lines.len());
        }
        lines.push((transfer, tokens));
    }
    lines.iter().map(|(transfer, tokens)| line(transfer, *tokens)).collect()
}

fn line(transfer: &Transfer, tokens: i64) -> Entry {
    let kind = kind(transfer);
    let subject = Uuid::from_u128(transfer.user_data_128);
    let is = |wanted: &[EntryKind]| wanted.contains(&kind).then_some(subject);
    Entry {
        kind,
        tokens,
        at: base::time::from_micros(transfer.timestamp / 1_000),
        payment: is(&[EntryKind::Purchase, EntryKind::Reversal]).map(PaymentId::from_uuid),
        tip: is(&[EntryKind::Tip]).map(TipId::from_uuid),
        creator: None,
        credit: is(&[EntryKind::Goodwill]).map(CreditId::from_uuid),
        transfer: transfer.id,
    }
}

async fn name_creators(billing: &Billing, entries: &mut [Entry]) -> Result<(), Fault> {
    let tips: Vec<String> =
        entries.iter().filter_map(|entry| entry.tip).map(|tip| tip.to_string()).collect();
    if tips.is_empty() {
        return Ok(());
    }
    let creators = rows::creators_of(&mut billing.store.read().await?, tips).await?;
    for entry in entries {
        entry.creator = entry.tip.and_then(|tip| creators.get(&tip).copied());
    }
    Ok(())
}
