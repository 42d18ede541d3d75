//! Every SQL statement about findings.

use base::id::CaseId;
use base::{Fault, Timestamp};
use store::{Reads, Row, Tx};

/// Something that a rule has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which rule.
    pub rule: String,
    /// The id of what is amiss.
    pub subject: String,
    /// When it was found.
    pub found_at: Timestamp,
    /// What is amiss, in a sentence.
    pub says: String,
    /// The case that was opened for it.
    pub case: CaseId,
    /// When it had come right.
    pub gone_at: Option<Timestamp>,
}

fn finding(row: &Row) -> Result<Finding, Fault> {
    Ok(Finding {
        rule: row.text("rule")?,
        subject: row.text("subject")?,
        found_at: row.time("found_at")?,
        says: row.text("says")?,
        case: row.id("case_id")?,
        gone_at: row.opt_time("gone_at")?,
    })
}

pub(super) async fn insert(tx: &mut Tx, new: &Finding) -> Result<(), Fault> {
    let sql = "INSERT INTO findings (rule, subject, found_at, says, case_id) \
               VALUES ($1, $2, $3, $4, $5)";
    tx.execute(sql, (&new.rule, &new.subject, new.found_at, &new.says, new.case)).await?;
    Ok(())
}

pub(super) async fn gone(tx: &mut Tx, finding: &Finding, now: Timestamp) -> Result<(), Fault> {
    let sql = "UPDATE findings SET gone_at = $1 \
               WHERE rule = $2 AND subject = $3 AND gone_at IS NULL";
    tx.execute(sql, (now, &finding.rule, &finding.subject)).await?;
    Ok(())
}

pub(super) async fn says(tx: &mut Tx, finding: &Finding, says: &str) -> Result<(), Fault> {
    let sql = "UPDATE findings SET says = $1 \
               WHERE rule = $2 AND subject = $3 AND gone_at IS NULL";
    tx.execute(sql, (says, &finding.rule, &finding.subject)).await?;
    Ok(())
}

/// What a rule has found about something and has not come right.
pub(super) async fn open(
    reads: &mut impl Reads,
    rule: &str,
    subject: &str,
) -> Result<Option<Finding>, Fault> {
    let sql = "SELECT * FROM findings WHERE rule = $1 AND subject = $2 AND gone_at IS NULL";
    reads.fetch_optional(sql, (rule, subject)).await?.as_ref().map(finding).transpose()
}

/// What a rule found about something last.
pub(super) async fn last(
    reads: &mut impl Reads,
    rule: &str,
    subject: &str,
) -> Result<Option<Finding>, Fault> {
    let sql = "SELECT * FROM findings WHERE rule = $1 AND subject = $2 \
               ORDER BY found_at DESC LIMIT 1";
    reads.fetch_optional(sql, (rule, subject)).await?.as_ref().map(finding).transpose()
}

/// What any rule has found about something and has not come right.
pub(super) async fn open_of(reads: &mut impl Reads, subject: &str) -> Result<Vec<Finding>, Fault> {
    let sql = "SELECT * FROM findings WHERE subject = $1 AND gone_at IS NULL";
    reads.fetch_all(sql, (subject,)).await?.iter().map(finding).collect()
}

/// Everything a rule has found that has not come right.
pub(super) async fn all_open(reads: &mut impl Reads, rule: &str) -> Result<Vec<Finding>, Fault> {
    let sql = "SELECT * FROM findings WHERE rule = $1 AND gone_at IS NULL ORDER BY subject";
    reads.fetch_all(sql, (rule,)).await?.iter().map(finding).collect()
}

/// How many cases of a rule staff still have before them.
pub(super) async fn open_cases(reads: &mut impl Reads, rule: &str) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(*) AS many FROM findings JOIN cases ON cases.id = findings.case_id \
               WHERE findings.rule = $1 AND findings.gone_at IS NULL AND findings.subject <> '*' \
               AND cases.state NOT IN ('solved', 'closed')";
    reads.fetch_one(sql, (rule,)).await?.int("many")
}

/// What a case was opened for, the first first.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn findings_of(reads: &mut impl Reads, case: CaseId) -> Result<Vec<Finding>, Fault> {
    let sql = "SELECT * FROM findings WHERE case_id = $1 ORDER BY found_at";
    reads.fetch_all(sql, (case,)).await?.iter().map(finding).collect()
}
