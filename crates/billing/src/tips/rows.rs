//! Every SQL statement about tips, and the columns of customers and creators a tip depends on.

use std::collections::{HashMap, HashSet};

use base::id::{CreatorId, CustomerId, TipId};
use base::{Fault, Share};
use store::{Batch, ColumnKind, Page, Reads, Row, Tx, Verb};

use super::tip::Tip;
use crate::rows::list_of;

static TIPS: Batch = Batch {
    table: "tips",
    columns: &[
        ("id", ColumnKind::Text),
        ("customer", ColumnKind::Text),
        ("creator", ColumnKind::Text),
        ("tokens", ColumnKind::Int),
        ("creator_share", ColumnKind::Int),
        ("note", ColumnKind::Text),
        ("created_at", ColumnKind::Int),
    ],
    verb: Verb::Insert,
};

fn tip(row: &Row) -> Result<Tip, Fault> {
    Ok(Tip {
        id: row.id("id")?,
        customer: row.id("customer")?,
        creator: row.id("creator")?,
        tokens: crate::rows::tokens(row, "tokens")?,
        creator_share: crate::rows::tokens(row, "creator_share")?,
        note: row.opt_text("note")?,
        created_at: row.time("created_at")?,
    })
}

pub(super) async fn insert(tx: &mut Tx, tips: &[&Tip]) -> Result<(), Fault> {
    let mut rows = TIPS.rows();
    for tip in tips {
        rows.push((
            tip.id,
            tip.customer,
            tip.creator,
            tip.tokens,
            tip.creator_share,
            tip.note.clone(),
            tip.created_at,
        ));
    }
    if !rows.is_empty() {
        tx.insert(&TIPS, rows).await?;
    }
    Ok(())
}

/// The tips among these ids that are known.
pub(super) async fn known(
    reads: &mut impl Reads,
    ids: Vec<String>,
) -> Result<HashMap<TipId, Tip>, Fault> {
    let rows = reads.fetch_all("SELECT * FROM tips WHERE id IN texts($1)", (ids,)).await?;
    rows.iter().map(|row| tip(row).map(|tip| (tip.id, tip))).collect()
}

/// The customers among these ids that there are. The table is identity's; it is only read here.
pub(super) async fn customers(
    reads: &mut impl Reads,
    ids: Vec<String>,
) -> Result<HashSet<CustomerId>, Fault> {
    let rows = reads.fetch_all("SELECT id FROM customers WHERE id IN texts($1)", (ids,)).await?;
    rows.iter().map(|row| row.id("id")).collect()
}

/// The shares of the creators among these ids that there are. The table is identity's as well.
pub(super) async fn shares(
    reads: &mut impl Reads,
    ids: Vec<String>,
) -> Result<HashMap<CreatorId, Share>, Fault> {
    let sql = "SELECT id, share_bp FROM creators WHERE id IN texts($1)";
    let rows = reads.fetch_all(sql, (ids,)).await?;
    let share = |row: &Row| {
        let points = u16::try_from(row.int("share_bp")?).ok();
        let share = points.and_then(Share::basis_points);
        share.ok_or_else(|| Fault::new("read column share_bp: it is above the whole"))
    };
    rows.iter().map(|row| Ok((row.id("id")?, share(row)?))).collect()
}

/// The tip of that id.
///
/// # Errors
/// A fault if the database fails.
pub async fn find(reads: &mut impl Reads, id: TipId) -> Result<Option<Tip>, Fault> {
    let sql = "SELECT * FROM tips WHERE id = $1";
    reads.fetch_optional(sql, (id,)).await?.as_ref().map(tip).transpose()
}

/// Which tips a list shows. What is empty is not looked at.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    /// From this customer.
    pub customer: Option<CustomerId>,
    /// To this creator.
    pub creator: Option<CreatorId>,
}

/// Tips, newest first.
///
/// # Errors
/// A fault if the database fails.
pub async fn list(reads: &mut impl Reads, filter: &Filter, page: Page) -> Result<Vec<Tip>, Fault> {
    let (texts, filter) = match (filter.customer, filter.creator) {
        (None, None) => (list_of!("tips" where "1 = 1"), vec![]),
        (Some(customer), None) => (list_of!("tips" where "customer = $3"), vec![customer.into()]),
        (None, Some(creator)) => (list_of!("tips" where "creator = $3"), vec![creator.into()]),
        (Some(customer), Some(creator)) => (
            list_of!("tips" where "customer = $3 AND creator = $4"),
            vec![customer.into(), creator.into()],
        ),
    };
    crate::rows::page(reads, texts, &page, filter).await?.iter().map(tip).collect()
}
