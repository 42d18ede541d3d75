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

/// Lets all who take part in a case take part in another, where they do not yet. Somebody in copy
/// of the one has not been let in to the other.
pub(in crate::cases) async fn copy(tx: &mut Tx, from: CaseId, into: CaseId) -> Result<(), Fault> {
    let sql = "INSERT INTO case_people (case_id, address, role, partner, may_read, added_by,
               created_at, home)
               SELECT $2, address, role, partner, CASE WHEN role = 'cc' THEN 0 ELSE may_read END,
               added_by, created_at, COALESCE(home, case_id) FROM case_people WHERE case_id = $1
               ON CONFLICT (case_id, address) DO NOTHING";
    tx.execute(sql, (from, into)).await.map(|_| ())
}

/// Undoes [`copy`] for those who came over from one of these cases.
pub(in crate::cases) async fn take_back(
    tx: &mut Tx,
    case: CaseId,
    homes: &[CaseId],
) -> Result<(), Fault> {
    let homes: Vec<String> = homes.iter().map(ToString::to_string).collect();
    let sql = "DELETE FROM case_people WHERE case_id = $1 AND home IN texts($2)";
    tx.execute(sql, (case, homes)).await.map(|_| ())
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
