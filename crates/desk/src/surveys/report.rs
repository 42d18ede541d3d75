//! How customers found our help: shares of good ratings by week, team, staff, topic and language,
//! how many of those who were asked answered, and what they wrote.

use base::id::CaseId;
use base::{Fault, SignedDuration, Timestamp};
use store::{Page, Reads};

use super::rows;
use crate::cases::{Eyes, Reference};

/// So many weeks are told of.
pub const WEEKS: i64 = 12;
/// A share of fewer ratings says nothing about a person.
pub const FEW: i64 = 5;
/// From this score on a rating is good.
pub const GOOD: i64 = 4;
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How many ratings were good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// Of what: a team, a member of staff, a topic, a language; empty for none.
    pub of: String,
    /// The good ones.
    pub good: i64,
    /// All of them.
    pub all: i64,
}

impl Share {
    /// The good ones in a hundred.
    #[must_use]
    pub fn percent(&self) -> Option<i64> {
        self.good.checked_mul(100)?.checked_div(self.all)
    }
}

/// A week and its ratings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Week {
    /// When it began.
    pub from: Timestamp,
    /// Its ratings.
    pub share: Share,
}

/// How customers found our help in the last weeks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Week by week, the oldest first.
    pub weeks: Vec<Week>,
    /// By team.
    pub teams: Vec<Share>,
    /// By who worked on it: their id.
    pub staff: Vec<Share>,
    /// By topic.
    pub topics: Vec<Share>,
    /// By language.
    pub languages: Vec<Share>,
    /// How many were asked by mail.
    pub asked: i64,
    /// How many of them answered.
    pub answered: i64,
}

impl Report {
    /// All ratings of the time.
    #[must_use]
    pub fn whole(&self) -> Share {
        let sum = |count: fn(&Share) -> i64| self.weeks.iter().map(|week| count(&week.share)).sum();
        Share { of: String::new(), good: sum(|share| share.good), all: sum(|share| share.all) }
    }
}

/// A rating with words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// On which case.
    pub case: CaseId,
    /// What people call it.
    pub reference: Reference,
    /// 1 to 5.
    pub score: i64,
    /// What they wrote, with card numbers masked.
    pub said: String,
    /// In which language the case is answered.
    pub language: String,
    /// When.
    pub at: Timestamp,
}

/// The report of the last weeks, about cases that these eyes may see and no others.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn report(reads: &mut impl Reads, eyes: Eyes, now: Timestamp) -> Result<Report, Fault> {
    // What is rated now is in the last week too.
    let end = now.checked_add(SignedDuration::from_micros(1)).unwrap_or(now);
    let begin = |weeks_ago: i64| {
        let ago = SignedDuration::from_hours(WEEK.as_hours().saturating_mul(weeks_ago));
        end.checked_sub(ago).unwrap_or(end)
    };
    let since = begin(WEEKS);
    let teams = teams(eyes);
    let counted = rows::by_week(reads, since, &teams).await?;
    let week = |nth: i64| {
        let none = Share { of: nth.to_string(), good: 0, all: 0 };
        let found = counted.iter().find(|share| share.of == none.of).cloned();
        Week { from: begin(WEEKS - nth), share: found.unwrap_or(none) }
    };
    let (asked, answered) = rows::response(reads, since, &teams).await?;
    Ok(Report {
        weeks: (0..WEEKS).map(week).collect(),
        teams: rows::by_team(reads, since, &teams).await?,
        staff: rows::by_staff(reads, since, &teams).await?,
        topics: rows::by_topic(reads, since, &teams).await?,
        languages: rows::by_language(reads, since, &teams).await?,
        asked,
        answered,
    })
}

/// A page of what customers wrote with their ratings, those of the newest cases first.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn comments(
    reads: &mut impl Reads,
    eyes: Eyes,
    page: &Page,
) -> Result<Vec<Comment>, Fault> {
    rows::comments(reads, &teams(eyes), page).await
}

fn teams(eyes: Eyes) -> Vec<String> {
    eyes.teams().iter().map(|team| team.as_str().to_owned()).collect()
}
