//! Statements about waiting chats, whom they are offered to, and who is there to take them.

use base::id::{CaseId, StaffId};
use base::{Fault, Timestamp};
use store::{Reads, Row, Tx};

use crate::chat::offers::{Agent, AwayBy, Offer, Stands};

/// Chats nobody works on whose visitor is there: the most urgent first, then who waits longest.
pub(in crate::chat) async fn waiting(reads: &mut impl Reads) -> Result<Vec<CaseId>, Fault> {
    let sql = "SELECT id FROM cases
               WHERE origin = 'chat' AND state IN ('new', 'open') AND assignee IS NULL
                 AND team <> 'finance' AND spam_at IS NULL AND merged_into IS NULL
                 AND EXISTS (SELECT 1 FROM chat_sessions
                   WHERE chat_sessions.case_id = cases.id AND chat_sessions.left_at IS NULL)
               ORDER BY CASE priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1
                   WHEN 'normal' THEN 2 ELSE 3 END, created_at, id
               LIMIT 200";
    reads.fetch_all(sql, ()).await?.iter().map(|row| row.id("id")).collect()
}

/// Everybody at the desk to whom chats are offered, with how much they have.
pub(in crate::chat) async fn agents(
    reads: &mut impl Reads,
    now: Timestamp,
) -> Result<Vec<Agent>, Fault> {
    let sql = "SELECT chat_signs.who, chat_agents.offered_at,
                 (SELECT COUNT(*) FROM cases
                  WHERE cases.origin = 'chat' AND cases.assignee = chat_signs.who
                    AND cases.state IN ('new', 'open', 'waiting_customer')
                    AND EXISTS (SELECT 1 FROM chat_sessions
                      WHERE chat_sessions.case_id = cases.id
                        AND chat_sessions.left_at IS NULL)) AS chats
               FROM chat_signs LEFT JOIN chat_agents ON chat_agents.staff = chat_signs.who
               WHERE chat_signs.case_id = '' AND chat_signs.sign = 'here'
                 AND chat_signs.until > $1 AND chat_agents.away_at IS NULL
               ORDER BY chat_signs.who LIMIT 500";
    let read = |row: &Row| -> Result<Agent, Fault> {
        let (staff, chats) = (row.id("who")?, row.int("chats")?);
        Ok(Agent { staff, chats, offered_at: row.opt_time("offered_at")? })
    };
    reads.fetch_all(sql, (now,)).await?.iter().map(read).collect()
}

/// Every offer that stands.
pub(in crate::chat) async fn offers(reads: &mut impl Reads) -> Result<Vec<Offer>, Fault> {
    let sql = "SELECT * FROM chat_offers ORDER BY case_id";
    reads.fetch_all(sql, ()).await?.iter().map(offer).collect()
}

/// The offer somebody of staff has.
pub(in crate::chat) async fn offer_to(
    reads: &mut impl Reads,
    staff: StaffId,
) -> Result<Option<Offer>, Fault> {
    let sql = "SELECT * FROM chat_offers WHERE staff = $1";
    reads.fetch_optional(sql, (staff,)).await?.as_ref().map(offer).transpose()
}

/// Who was offered which of these chats before, and did not take it.
pub(in crate::chat) async fn passed(
    reads: &mut impl Reads,
    cases: &[CaseId],
) -> Result<Vec<(CaseId, StaffId)>, Fault> {
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    let sql = "SELECT case_id, staff FROM chat_passed WHERE case_id IN texts($1)";
    let cases: Vec<String> = cases.iter().map(ToString::to_string).collect();
    let rows = reads.fetch_all(sql, (cases,)).await?;
    rows.iter().map(|row| Ok((row.id("case_id")?, row.id("staff")?))).collect()
}

/// Offers a chat; false if it is offered to somebody meanwhile, or they have another offer.
pub(in crate::chat) async fn make_offer(tx: &mut Tx, offer: &Offer) -> Result<bool, Fault> {
    let sql = "INSERT INTO chat_offers (case_id, staff, since, until) VALUES ($1, $2, $3, $4)
               ON CONFLICT DO NOTHING";
    let made = tx.execute(sql, (offer.case, offer.staff, offer.since, offer.until)).await? == 1;
    if made {
        let sql = "INSERT INTO chat_agents (staff, offered_at) VALUES ($1, $2)
                   ON CONFLICT (staff) DO UPDATE SET offered_at = excluded.offered_at";
        tx.execute(sql, (offer.staff, offer.since)).await?;
    }
    Ok(made)
}

/// Ends this very offer; false if somebody else has ended it.
pub(in crate::chat) async fn end_offer(tx: &mut Tx, offer: &Offer) -> Result<bool, Fault> {
    let sql = "DELETE FROM chat_offers WHERE case_id = $1 AND staff = $2 AND until = $3";
    Ok(tx.execute(sql, (offer.case, offer.staff, offer.until)).await? == 1)
}

/// Ends whatever offer there is of a chat.
pub(in crate::chat) async fn end_offers_of(tx: &mut Tx, case: CaseId) -> Result<(), Fault> {
    tx.execute("DELETE FROM chat_offers WHERE case_id = $1", (case,)).await.map(|_| ())
}

/// Somebody of staff did not take a chat: it is not offered to them again.
pub(in crate::chat) async fn pass(
    tx: &mut Tx,
    (case, staff): (CaseId, StaffId),
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO chat_passed (case_id, staff, at) VALUES ($1, $2, $3)
               ON CONFLICT (case_id, staff) DO NOTHING";
    tx.execute(sql, (case, staff, now)).await.map(|_| ())
}

/// One more offer in a row ran out; how many have.
pub(in crate::chat) async fn miss(tx: &mut Tx, staff: StaffId) -> Result<i64, Fault> {
    let sql = "INSERT INTO chat_agents (staff, missed) VALUES ($1, 1)
               ON CONFLICT (staff) DO UPDATE SET missed = chat_agents.missed + 1
               RETURNING missed";
    tx.fetch_one(sql, (staff,)).await?.int("missed")
}

/// Nothing is offered to somebody of staff from now on.
pub(in crate::chat) async fn set_away(
    tx: &mut Tx,
    (staff, by): (StaffId, AwayBy),
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO chat_agents (staff, away_at, away_by) VALUES ($1, $2, $3)
               ON CONFLICT (staff) DO UPDATE SET away_at = excluded.away_at,
                 away_by = excluded.away_by";
    tx.execute(sql, (staff, now, by.as_str())).await?;
    tx.execute("DELETE FROM chat_offers WHERE staff = $1", (staff,)).await.map(|_| ())
}

/// They are back: whatever waits may be offered to them, also what they passed before.
pub(in crate::chat) async fn set_back(tx: &mut Tx, staff: StaffId) -> Result<(), Fault> {
    let sql = "UPDATE chat_agents SET away_at = NULL, away_by = NULL, missed = 0 WHERE staff = $1";
    tx.execute(sql, (staff,)).await?;
    tx.execute("DELETE FROM chat_passed WHERE staff = $1", (staff,)).await.map(|_| ())
}

/// They took one: no offer in a row has run out.
pub(in crate::chat) async fn took(tx: &mut Tx, staff: StaffId) -> Result<(), Fault> {
    let sql = "UPDATE chat_agents SET missed = 0 WHERE staff = $1";
    tx.execute(sql, (staff,)).await.map(|_| ())
}

/// Whether chats are offered to somebody of staff.
pub(in crate::chat) async fn stands(
    reads: &mut impl Reads,
    staff: StaffId,
) -> Result<Stands, Fault> {
    let sql = "SELECT away_by FROM chat_agents WHERE staff = $1 AND away_at IS NOT NULL";
    let row = reads.fetch_optional(sql, (staff,)).await?;
    row.map_or(Ok(Stands::Takes), |row| Ok(Stands::Away(row.parsed("away_by")?)))
}

/// Forgets who passed what before then.
pub(in crate::chat) async fn forget_passed(tx: &mut Tx, until: Timestamp) -> Result<(), Fault> {
    tx.execute("DELETE FROM chat_passed WHERE at < $1", (until,)).await.map(|_| ())
}

fn offer(row: &Row) -> Result<Offer, Fault> {
    Ok(Offer {
        case: row.id("case_id")?,
        staff: row.id("staff")?,
        since: row.time("since")?,
        until: row.time("until")?,
    })
}
