//! Statements about who is there or types.

use base::id::CaseId;
use base::{Fault, Timestamp};
use store::{Reads, Row, Tx};

use crate::cases::Team;
use crate::chat::signs::{Sign, Signed, Who};

/// Shows a sign; false if the same is shown long enough already.
pub(in crate::chat) async fn show(tx: &mut Tx, signed: &Signed) -> Result<bool, Fault> {
    let sql = "INSERT INTO chat_signs (case_id, who, sign, since, until)
               VALUES ($1, $2, $3, $4, $5)
               ON CONFLICT (case_id, who, sign) DO UPDATE SET since = excluded.since,
                 until = excluded.until";
    let case = signed.case.map(|case| case.to_string()).unwrap_or_default();
    let args = (case, signed.who.to_string(), signed.sign.as_str(), signed.since, signed.until);
    Ok(tx.execute(sql, args).await? == 1)
}

/// Takes a sign away at once: whoever waits for it learns so by its end.
pub(in crate::chat) async fn hide(
    tx: &mut Tx,
    case: CaseId,
    who: Who,
    sign: Sign,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "UPDATE chat_signs SET since = $4, until = $4
               WHERE case_id = $1 AND who = $2 AND sign = $3 AND until > $4";
    tx.execute(sql, (case, who.to_string(), sign.as_str(), now)).await.map(|_| ())
}

/// Until when that sign is shown, if it is.
pub(in crate::chat) async fn shown_until(
    reads: &mut impl Reads,
    case: Option<CaseId>,
    who: Who,
    sign: Sign,
) -> Result<Option<Timestamp>, Fault> {
    let sql = "SELECT until FROM chat_signs WHERE case_id = $1 AND who = $2 AND sign = $3";
    let case = case.map(|case| case.to_string()).unwrap_or_default();
    let row = reads.fetch_optional(sql, (case, who.to_string(), sign.as_str())).await?;
    row.map(|row| row.time("until")).transpose()
}

/// Every sign that was shown or taken away since then, with the team of its case.
pub(in crate::chat) async fn signs_since(
    reads: &mut impl Reads,
    since: Timestamp,
) -> Result<Vec<(Signed, Option<Team>)>, Fault> {
    let sql = "SELECT chat_signs.*, cases.team FROM chat_signs
               LEFT JOIN cases ON cases.id = chat_signs.case_id
               WHERE chat_signs.since >= $1 ORDER BY chat_signs.since LIMIT 2000";
    let with_team = |row: &Row| {
        let team = row.opt_text("team")?.and_then(|word| word.parse().ok());
        Ok((read(row)?, team))
    };
    reads.fetch_all(sql, (since,)).await?.iter().map(with_team).collect()
}

/// What is shown now at these cases.
pub(in crate::chat) async fn signs_at(
    reads: &mut impl Reads,
    cases: Vec<String>,
    now: Timestamp,
) -> Result<Vec<Signed>, Fault> {
    let sql = "SELECT * FROM chat_signs WHERE case_id IN texts($1) AND until > $2";
    reads.fetch_all(sql, (cases, now)).await?.iter().map(read).collect()
}

/// Whether somebody of the desk is there now who takes chats.
pub(in crate::chat) async fn desk_is_there(
    reads: &mut impl Reads,
    now: Timestamp,
) -> Result<bool, Fault> {
    let sql = "SELECT who FROM chat_signs WHERE case_id = '' AND sign = 'here' AND until > $1
                 AND NOT EXISTS (SELECT 1 FROM chat_agents
                   WHERE chat_agents.staff = chat_signs.who AND chat_agents.away_at IS NOT NULL)
               LIMIT 1";
    Ok(reads.fetch_optional(sql, (now,)).await?.is_some())
}

fn read(row: &Row) -> Result<Signed, Fault> {
    let case = row.text("case_id")?;
    let case = if case.is_empty() { None } else { Some(row.id("case_id")?) };
    Ok(Signed {
        case,
        who: row.parsed("who")?,
        sign: row.parsed("sign")?,
        since: row.time("since")?,
        until: row.time("until")?,
    })
}
