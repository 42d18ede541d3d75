//! Statements about who takes part in cases.

use base::Fault;
use base::id::{AddressId, CaseId};
use store::{Reads, Row, Tx};

use crate::cases::Participant;

pub(in crate::cases) async fn of(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Vec<Participant>, Fault> {
    let sql = "SELECT * FROM case_people WHERE case_id = $1 ORDER BY created_at, address";
    reads.fetch_all(sql, (case,)).await?.iter().map(read).collect()
}

pub(in crate::cases) async fn find(
    reads: &mut impl Reads,
    case: CaseId,
    address: AddressId,
) -> Result<Option<Participant>, Fault> {
    let sql = "SELECT * FROM case_people WHERE case_id = $1 AND address = $2";
    reads.fetch_optional(sql, (case, address)).await?.as_ref().map(read).transpose()
}

/// Writes down that an address takes part, or as what it does now.
pub(in crate::cases) async fn put(tx: &mut Tx, who: &Participant) -> Result<(), Fault> {
    let sql = "INSERT INTO case_people (case_id, address, role, partner, may_read, added_by,
               created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
               ON CONFLICT (case_id, address) DO UPDATE
               SET role = excluded.role, partner = excluded.partner, may_read = excluded.may_read,
               added_by = excluded.added_by";
    let Participant { case, address, role, partner, may_read, added_by, created_at } = who;
    let args = (*case, *address, *role, partner.clone(), *may_read, *added_by, *created_at);
    tx.execute(sql, args).await.map(|_| ())
}

fn read(row: &Row) -> Result<Participant, Fault> {
    Ok(Participant {
        case: row.id("case_id")?,
        address: row.id("address")?,
        role: row.parsed("role")?,
        partner: row.opt_text("partner")?,
        may_read: row.flag("may_read")?,
        added_by: row.parsed("added_by")?,
        created_at: row.time("created_at")?,
    })
}
