//! Statements that list and count cases: what somebody may see is part of each of them.

use base::Fault;
use store::{Page, Reads, Value, Walk};

use super::cases::{read, teams};
use crate::cases::{Case, CaseState, Eyes, Filter, Sort, Spam, Whose};

/// One statement for each index: what is open and wanted, what is wanted, what is unwanted.
///
/// `$1` teams, `$2` states, `$3` team, `$4` assignee or `-` for nobody, `$5` tag, `$6` requester,
/// `$7` customer, `$8` due before, `$9` origin, `$10` priority, `$11` whether `$12` says which,
/// `$13` side.
macro_rules! asked {
    ($from:literal, $more:literal) => {
        [
            asked!($from, "AND spam_at IS NULL AND state NOT IN ('solved', 'closed') ", $more),
            asked!($from, "AND spam_at IS NULL ", $more),
            asked!($from, "AND spam_at IS NOT NULL ", $more),
        ]
    };
    ($from:literal, $kind:literal, $more:literal) => {
        concat!(
            $from,
            " WHERE merged_into IS NULL AND team IN texts($1) AND state IN texts($2)
              AND ($3 IS NULL OR team = $3)
              AND ($4 IS NULL OR assignee = $4 OR ($4 = '-' AND assignee IS NULL))
              AND ($5 IS NULL OR id IN (SELECT case_id FROM case_tags WHERE tag = $5))
              AND ($6 IS NULL OR requester = $6)
              AND ($7 IS NULL OR requester IN (SELECT id FROM people WHERE customer = $7))
              AND ($8 IS NULL OR due_at < $8)
              AND ($9 IS NULL OR origin = $9) AND ($10 IS NULL OR priority = $10)
              AND ($11 = 0 OR id IN texts($12)) AND ($13 IS NULL OR side = $13) ",
            $kind,
            $more
        )
    };
}

const COUNT: [&str; 3] =
    asked!("SELECT COUNT(*) AS counted FROM (SELECT 1 AS one FROM cases", "LIMIT $14) AS found");
const NEWER: [&str; 3] = asked!("SELECT * FROM cases", "AND id > $15 ORDER BY id LIMIT $14");
const OLDER: [&str; 3] = asked!("SELECT * FROM cases", "AND id < $15 ORDER BY id DESC LIMIT $14");
const DUE: [&str; 3] =
    asked!("SELECT * FROM cases", "ORDER BY COALESCE(due_at, 9223372036854775807), id LIMIT $14");
const DUE_AFTER: [&str; 3] = asked!(
    "SELECT * FROM cases",
    "AND (COALESCE(due_at, 9223372036854775807), id) >
     (SELECT COALESCE(due_at, 9223372036854775807), id FROM cases WHERE id = $15)
     ORDER BY COALESCE(due_at, 9223372036854775807), id LIMIT $14"
);
const DUE_BEFORE: [&str; 3] = asked!(
    "SELECT * FROM cases",
    "AND (COALESCE(due_at, 9223372036854775807), id) <
     (SELECT COALESCE(due_at, 9223372036854775807), id FROM cases WHERE id = $15)
     ORDER BY COALESCE(due_at, 9223372036854775807) DESC, id DESC LIMIT $14"
);

pub(in crate::cases) async fn page(
    reads: &mut impl Reads,
    eyes: &Eyes,
    filter: &Filter,
    within: Option<Vec<String>>,
    page: &Page,
) -> Result<Vec<Case>, Fault> {
    let (sqls, beside) = match (filter.sort, &page.before, &page.after) {
        (Sort::Newest, _, _) => match page.walk() {
            Walk::Older(than) => (OLDER, Some(than)),
            Walk::Newer(than) => (NEWER, Some(than)),
        },
        (Sort::Due, Some(before), _) => (DUE_BEFORE, Some(before.as_str())),
        (Sort::Due, None, Some(after)) => (DUE_AFTER, Some(after.as_str())),
        (Sort::Due, None, None) => (DUE, None),
    };
    let mut args = args(eyes, filter, within);
    args.push(page.limit.into());
    args.extend(beside.map(Value::from));
    let mut rows = reads.fetch_all(sqls[kind(filter)], args).await?;
    page.turn(&mut rows);
    rows.iter().map(read).collect()
}

pub(in crate::cases) async fn count(
    reads: &mut impl Reads,
    eyes: &Eyes,
    filter: &Filter,
    within: Option<Vec<String>>,
    most: i64,
) -> Result<i64, Fault> {
    let mut args = args(eyes, filter, within);
    args.push(most.into());
    reads.fetch_one(COUNT[kind(filter)], args).await?.int("counted")
}

/// Which of the three statements.
fn kind(filter: &Filter) -> usize {
    let open = !filter.states.is_empty() && filter.states.iter().all(|state| state.is_open());
    match filter.spam {
        Spam::Without if open => 0,
        Spam::Without => 1,
        Spam::Only => 2,
    }
}

fn args(eyes: &Eyes, filter: &Filter, within: Option<Vec<String>>) -> Vec<Value> {
    let states = if filter.states.is_empty() { CaseState::ALL } else { &filter.states };
    let assignee = filter.assignee.map(|whose| match whose {
        Whose::Me(staff) | Whose::Of(staff) => staff.to_string(),
        Whose::Nobody => "-".to_owned(),
    });
    vec![
        teams(eyes.teams()).into(),
        states.iter().map(ToString::to_string).collect::<Vec<_>>().into(),
        filter.team.map(crate::cases::Team::as_str).into(),
        assignee.into(),
        filter.tag.as_deref().map(str::to_lowercase).into(),
        filter.requester.into(),
        filter.customer.into(),
        filter.due_before.into(),
        filter.origin.map(crate::cases::Origin::as_str).into(),
        filter.priority.map(crate::cases::Priority::as_str).into(),
        within.is_some().into(),
        within.unwrap_or_default().into(),
        filter.side.map(crate::cases::Side::as_str).into(),
    ]
}
