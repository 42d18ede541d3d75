//! Every statement about surveys.

use base::id::{AddressId, CaseId, PersonId, SurveyId};
use base::{Fault, Hashed, Timestamp};
use store::{Page, Reads, Row, Tx, Walk};

use super::Outcome;
use super::report::{Comment, Share};

/// What became of the survey of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    /// Its id.
    pub id: SurveyId,
    /// Of which case.
    pub case: CaseId,
    /// Of whom.
    pub person: PersonId,
    /// What became of it.
    pub outcome: Outcome,
    /// Where it went.
    pub address: Option<AddressId>,
    /// When that was decided.
    pub decided_at: Timestamp,
}

/// Cases that were solved in that time and on which nothing was decided yet, the oldest first.
pub(super) async fn undecided(
    reads: &mut impl Reads,
    from: Timestamp,
    until: Timestamp,
    limit: u32,
) -> Result<Vec<CaseId>, Fault> {
    let sql = "SELECT cases.id FROM cases WHERE solved_at >= $1 AND solved_at <= $2
               AND state IN ('solved', 'closed')
               AND NOT EXISTS (SELECT 1 FROM surveys WHERE surveys.case_id = cases.id)
               ORDER BY solved_at, id LIMIT $3";
    let rows = reads.fetch_all(sql, (from, until, limit)).await?;
    rows.iter().map(|row| row.id("id")).collect()
}

/// Keeps what was decided; false if it was decided before.
pub(super) async fn insert(
    tx: &mut Tx,
    survey: &Survey,
    stop: Option<&Hashed>,
) -> Result<bool, Fault> {
    let sql = "INSERT INTO surveys (id, case_id, person, outcome, address, stop_hash, decided_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (case_id) DO NOTHING";
    let Survey { id, case, person, outcome, address, decided_at } = survey;
    let stop = stop.map(|hash| hash.as_str().to_owned());
    let args = (*id, *case, *person, *outcome, *address, stop, *decided_at);
    Ok(tx.execute(sql, args).await? == 1)
}

/// What became of the survey of a case; none if nothing was decided yet.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn of_case(reads: &mut impl Reads, case: CaseId) -> Result<Option<Survey>, Fault> {
    let sql = "SELECT * FROM surveys WHERE case_id = $1";
    let row = reads.fetch_optional(sql, (case,)).await?;
    row.as_ref().map(read).transpose()
}

/// The survey whose word this is.
pub(super) async fn by_word(
    reads: &mut impl Reads,
    word: &Hashed,
) -> Result<Option<Survey>, Fault> {
    let sql = "SELECT * FROM surveys WHERE stop_hash = $1";
    let row = reads.fetch_optional(sql, (word.as_str(),)).await?;
    row.as_ref().map(read).transpose()
}

/// Whether a person was sent a survey since then.
pub(super) async fn asked_since(
    reads: &mut impl Reads,
    person: PersonId,
    since: Timestamp,
) -> Result<bool, Fault> {
    let sql = "SELECT 1 AS one FROM surveys WHERE outcome = 'sent' AND person = $1
               AND decided_at > $2 LIMIT 1";
    Ok(reads.fetch_optional(sql, (person, since)).await?.is_some())
}

pub(super) async fn is_stopped(reads: &mut impl Reads, address: AddressId) -> Result<bool, Fault> {
    let sql = "SELECT 1 AS one FROM survey_stops WHERE address = $1";
    Ok(reads.fetch_optional(sql, (address,)).await?.is_some())
}

pub(super) async fn stop(tx: &mut Tx, address: AddressId, now: Timestamp) -> Result<(), Fault> {
    let sql = "INSERT INTO survey_stops (address, stopped_at) VALUES ($1, $2)
               ON CONFLICT (address) DO NOTHING";
    tx.execute(sql, (address, now)).await.map(|_| ())
}

fn read(row: &Row) -> Result<Survey, Fault> {
    Ok(Survey {
        id: row.id("id")?,
        case: row.id("case_id")?,
        person: row.id("person")?,
        outcome: row.parsed("outcome")?,
        address: row.opt_id("address")?,
        decided_at: row.time("decided_at")?,
    })
}

/// Each week since then has its number, from 0.
pub(super) async fn by_week(
    reads: &mut impl Reads,
    since: Timestamp,
    teams: &[String],
) -> Result<Vec<Share>, Fault> {
    let sql = "SELECT (contact_ratings.at - $1) / 604800000000 AS of_what, COUNT(*) AS many,
               SUM(CASE WHEN score >= 4 THEN 1 ELSE 0 END) AS good FROM contact_ratings
               JOIN cases ON cases.id = contact_ratings.case_id
               WHERE contact_ratings.at >= $1 AND cases.team IN texts($2)
               GROUP BY (contact_ratings.at - $1) / 604800000000";
    let rows = reads.fetch_all(sql, (since, teams.to_vec())).await?;
    let read = |row: &Row| {
        let of = row.int("of_what")?.to_string();
        Ok(Share { of, good: row.int("good")?, all: row.int("many")? })
    };
    rows.iter().map(read).collect()
}

pub(super) async fn by_team(
    reads: &mut impl Reads,
    since: Timestamp,
    teams: &[String],
) -> Result<Vec<Share>, Fault> {
    let sql = "SELECT cases.team AS of_what, COUNT(*) AS many,
               SUM(CASE WHEN score >= 4 THEN 1 ELSE 0 END) AS good FROM contact_ratings
               JOIN cases ON cases.id = contact_ratings.case_id
               WHERE contact_ratings.at >= $1 AND cases.team IN texts($2)
               GROUP BY cases.team ORDER BY many DESC, of_what LIMIT 50";
    let rows = reads.fetch_all(sql, (since, teams.to_vec())).await?;
    rows.iter().map(read_share).collect()
}

pub(super) async fn by_staff(
    reads: &mut impl Reads,
    since: Timestamp,
    teams: &[String],
) -> Result<Vec<Share>, Fault> {
    let sql = "SELECT COALESCE(cases.assignee, '') AS of_what, COUNT(*) AS many,
               SUM(CASE WHEN score >= 4 THEN 1 ELSE 0 END) AS good FROM contact_ratings
               JOIN cases ON cases.id = contact_ratings.case_id
               WHERE contact_ratings.at >= $1 AND cases.team IN texts($2)
               GROUP BY COALESCE(cases.assignee, '') ORDER BY many DESC, of_what LIMIT 50";
    let rows = reads.fetch_all(sql, (since, teams.to_vec())).await?;
    rows.iter().map(read_share).collect()
}

pub(super) async fn by_topic(
    reads: &mut impl Reads,
    since: Timestamp,
    teams: &[String],
) -> Result<Vec<Share>, Fault> {
    let sql = "SELECT COALESCE(cases.topic, '') AS of_what, COUNT(*) AS many,
               SUM(CASE WHEN score >= 4 THEN 1 ELSE 0 END) AS good FROM contact_ratings
               JOIN cases ON cases.id = contact_ratings.case_id
               WHERE contact_ratings.at >= $1 AND cases.team IN texts($2)
               GROUP BY COALESCE(cases.topic, '') ORDER BY many DESC, of_what LIMIT 50";
    let rows = reads.fetch_all(sql, (since, teams.to_vec())).await?;
    rows.iter().map(read_share).collect()
}

pub(super) async fn by_language(
    reads: &mut impl Reads,
    since: Timestamp,
    teams: &[String],
) -> Result<Vec<Share>, Fault> {
    let sql = "SELECT cases.language AS of_what, COUNT(*) AS many,
               SUM(CASE WHEN score >= 4 THEN 1 ELSE 0 END) AS good FROM contact_ratings
               JOIN cases ON cases.id = contact_ratings.case_id
               WHERE contact_ratings.at >= $1 AND cases.team IN texts($2)
               GROUP BY cases.language ORDER BY many DESC, of_what LIMIT 50";
    let rows = reads.fetch_all(sql, (since, teams.to_vec())).await?;
    rows.iter().map(read_share).collect()
}

/// How many were asked since then, and how many of them answered.
pub(super) async fn response(
    reads: &mut impl Reads,
    since: Timestamp,
    teams: &[String],
) -> Result<(i64, i64), Fault> {
    let sql = "SELECT COUNT(*) AS asked, COUNT(contact_ratings.case_id) AS answered FROM surveys
               JOIN cases ON cases.id = surveys.case_id
               LEFT JOIN contact_ratings ON contact_ratings.case_id = surveys.case_id
               AND contact_ratings.at >= surveys.decided_at
               WHERE surveys.outcome = 'sent' AND surveys.decided_at >= $1
               AND cases.team IN texts($2)";
    let row = reads.fetch_one(sql, (since, teams.to_vec())).await?;
    Ok((row.int("asked")?, row.int("answered")?))
}

/// What was written with ratings, those of the newest cases first.
pub(super) async fn comments(
    reads: &mut impl Reads,
    teams: &[String],
    page: &Page,
) -> Result<Vec<Comment>, Fault> {
    let mut rows = match page.walk() {
        Walk::Older(than) => {
            let sql = "SELECT case_id, reference, score, said, cases.language AS language, at
                       FROM contact_ratings JOIN cases ON cases.id = contact_ratings.case_id
                       WHERE said IS NOT NULL AND case_id < $1 AND cases.team IN texts($2)
                       ORDER BY case_id DESC LIMIT $3";
            reads.fetch_all(sql, (than, teams.to_vec(), page.limit)).await?
        }
        Walk::Newer(than) => {
            let sql = "SELECT case_id, reference, score, said, cases.language AS language, at
                       FROM contact_ratings JOIN cases ON cases.id = contact_ratings.case_id
                       WHERE said IS NOT NULL AND case_id > $1 AND cases.team IN texts($2)
                       ORDER BY case_id LIMIT $3";
            reads.fetch_all(sql, (than, teams.to_vec(), page.limit)).await?
        }
    };
    page.turn(&mut rows);
    let read = |row: &Row| {
        Ok(Comment {
            case: row.id("case_id")?,
            reference: row.parsed("reference")?,
            score: row.int("score")?,
            said: row.text("said")?,
            language: row.text("language")?,
            at: row.time("at")?,
        })
    };
    rows.iter().map(read).collect()
}

fn read_share(row: &Row) -> Result<Share, Fault> {
    Ok(Share { of: row.text("of_what")?, good: row.int("good")?, all: row.int("many")? })
}
