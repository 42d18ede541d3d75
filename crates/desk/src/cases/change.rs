//! A case is changed: where it stands, who works on it, what it is called.

use base::id::{CaseId, StaffId};
use base::{Env, Language, Refusal, SignedDuration, Stop, Timestamp};
use identity::staff;
use serde_json::{Value, json};
use store::{Tx, jobs};

use super::refusals::{NO_SUCH_MOVE, NOT_FOR_THEM, PAST, REASON, TAG, TOP};
use super::sweep::{WAKE, Waking};
use super::work::Work;
use super::{
    Author, Case, CaseState, EventKind, Eyes, Priority, Side, Team, Third, rows, search, state,
    written,
};

/// How many tags a case may have.
const MOST_TAGS: usize = 30;
/// The longest reason.
const LONGEST_REASON: usize = 300;
/// How far a case may be put away.
const FARTHEST: SignedDuration = SignedDuration::from_hours(366 * 24);
/// How often a case may go a step up.
const TOP_LEVEL: i64 = 2;

/// What is to be changed of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Where it stands. Waiting for somebody else and putting it away need more: see below.
    State(CaseState),
    /// Somebody else must do something first.
    WaitFor(Third),
    /// It comes back at a time.
    Snooze(Timestamp),
    /// Who works on it.
    Assign(Option<StaffId>),
    /// Which team works on it.
    Team(Team),
    /// What is answered first.
    Priority(Priority),
    /// One more word to find it by.
    Tag(String),
    /// One less.
    Untag(String),
    /// What it is about, in a line.
    Subject(String),
    /// Which kind of problem it is.
    Topic(Option<String>),
    /// On whose side the problem is.
    Side(Side),
    /// The language it is answered in.
    Language(Language),
    /// It is unwanted.
    Spam,
    /// It is wanted after all.
    NotSpam,
    /// It may not be erased, and why.
    Hold(String),
    /// It may be erased again.
    Release,
    /// It goes a step up.
    Escalate,
}

/// Changes a case. What is so already is not told again.
///
/// # Errors
/// Refused if there is no such case, if it is part of another, if it was changed since `version`
/// was read, or if the change cannot be.
pub async fn change(
    tx: &mut Tx,
    env: &Env,
    id: CaseId,
    version: Option<i64>,
    by: Author,
    change: Change,
) -> Result<Case, Stop> {
    let mut work = Work::begin(tx, id).await?;
    work.unchanged_since(version)?;
    let before = work.case.clone();
    match change {
        Change::State(to) => go(tx, env, &mut work, to, by).await?,
        Change::WaitFor(third) => wait_for(tx, env, &mut work, third, by).await?,
        Change::Snooze(until) => snooze(tx, env, &mut work, until, by).await?,
        Change::Assign(whom) => assign(tx, env, &mut work, whom, by).await?,
        Change::Team(team) => hand_to(tx, env, &mut work, team, by).await?,
        Change::Tag(tag) => tag_with(tx, env, &mut work, &tag, by).await?,
        Change::Untag(tag) => untag(tx, env, &mut work, &tag, by).await?,
        plain => {
            if let Some((kind, body)) = set(&mut work.case, plain, env.now())? {
                work.tell(tx, env, kind, by, body).await?;
            }
        }
    }
    let case = work.keep(tx, env).await?;
    if case.subject != before.subject || case.team != before.team {
        search::rebuild(tx, &case).await?;
    }
    Ok(case)
}

async fn go(
    tx: &mut Tx,
    env: &Env,
    work: &mut Work,
    to: CaseState,
    by: Author,
) -> Result<(), Stop> {
    if matches!(to, CaseState::WaitingThirdParty | CaseState::Snoozed) {
        let detail = "waiting for somebody else takes whom, and putting away takes until when";
        return Err(NO_SUCH_MOVE.because(detail).into());
    }
    if work.case.state == to {
        return Ok(());
    }
    state::on_wish(work.case.state, to, by.kind())?;
    Ok(work.go(tx, env, to, by).await?)
}

async fn wait_for(
    tx: &mut Tx,
    env: &Env,
    work: &mut Work,
    third: Third,
    by: Author,
) -> Result<(), Stop> {
    state::on_wish(work.case.state, CaseState::WaitingThirdParty, by.kind())?;
    if work.case.waiting_for == Some(third) {
        return Ok(());
    }
    let from = work.case.state;
    work.enter(CaseState::WaitingThirdParty, env.now());
    work.case.waiting_for = Some(third);
    let body = json!({ "from": from, "to": work.case.state, "waiting_for": third });
    work.tell(tx, env, EventKind::State, by, body).await?;
    Ok(())
}

async fn snooze(
    tx: &mut Tx,
    env: &Env,
    work: &mut Work,
    until: Timestamp,
    by: Author,
) -> Result<(), Stop> {
    let now = env.now();
    if until <= now || now.checked_add(FARTHEST).is_ok_and(|farthest| until > farthest) {
        return Err(PAST.into());
    }
    state::on_wish(work.case.state, CaseState::Snoozed, by.kind())?;
    let from = work.case.state;
    work.enter(CaseState::Snoozed, now);
    work.case.snoozed_until = Some(until);
    let body = json!({ "from": from, "until": until });
    work.tell(tx, env, EventKind::Snoozed, by, body).await?;
    jobs::enqueue(tx, env, WAKE, &Waking { case: work.case.id }, until).await?;
    Ok(())
}

async fn assign(
    tx: &mut Tx,
    env: &Env,
    work: &mut Work,
    whom: Option<StaffId>,
    by: Author,
) -> Result<(), Stop> {
    if let Some(whom) = whom {
        let member = staff::find(tx, whom).await?.ok_or(NOT_FOR_THEM)?;
        let eyes = Eyes { staff: whom, role: member.role };
        if member.disabled_at.is_some() || !eyes.teams().contains(&work.case.team) {
            return Err(NOT_FOR_THEM.into());
        }
    }
    if work.case.assignee != whom {
        let body = json!({ "from": work.case.assignee, "to": whom });
        work.case.assignee = whom;
        work.tell(tx, env, EventKind::Assigned, by, body).await?;
    }
    Ok(())
}

/// Whoever may not see the other team's cases does not keep one of them.
pub(super) async fn hand_to(
    tx: &mut Tx,
    env: &Env,
    work: &mut Work,
    team: Team,
    by: Author,
) -> Result<(), Stop> {
    if work.case.team == team {
        return Ok(());
    }
    let body = json!({ "from": work.case.team, "to": team });
    work.case.team = team;
    work.tell(tx, env, EventKind::Team, by, body).await?;
    let Some(assignee) = work.case.assignee else { return Ok(()) };
    let member = staff::find(tx, assignee).await?;
    let sees = member
        .is_some_and(|member| Eyes { staff: assignee, role: member.role }.teams().contains(&team));
    if sees { Ok(()) } else { assign(tx, env, work, None, by).await }
}

async fn tag_with(
    tx: &mut Tx,
    env: &Env,
    work: &mut Work,
    tag: &str,
    by: Author,
) -> Result<(), Stop> {
    let tags = tagged(work.case.tags.clone(), tag)?;
    if tags == work.case.tags {
        return Ok(());
    }
    let new: Vec<String> = tags.iter().filter(|it| !work.case.tags.contains(it)).cloned().collect();
    work.case.tags = tags;
    rows::cases::tag(tx, work.case.id, &new).await?;
    work.tell(tx, env, EventKind::Tagged, by, json!({ "tag": new })).await?;
    Ok(())
}

async fn untag(tx: &mut Tx, env: &Env, work: &mut Work, tag: &str, by: Author) -> Result<(), Stop> {
    let tag = tag.trim().to_lowercase();
    if work.case.tags.contains(&tag) {
        work.case.tags.retain(|it| *it != tag);
        rows::cases::untag(tx, work.case.id, &tag).await?;
        work.tell(tx, env, EventKind::Untagged, by, json!({ "tag": [tag] })).await?;
    }
    Ok(())
}

/// Whether a word can be a tag.
#[must_use]
pub fn is_tag(word: &str) -> bool {
    tagged(Vec::new(), word).is_ok()
}

/// The tags with one more, in order.
pub(super) fn tagged(mut tags: Vec<String>, tag: &str) -> Result<Vec<String>, Refusal> {
    let tag = tag.trim().to_lowercase();
    let letter = |it: char| it.is_alphanumeric() || matches!(it, '-' | '_');
    if !(1..=40).contains(&tag.chars().count()) || !tag.chars().all(letter) {
        return Err(TAG);
    }
    if !tags.contains(&tag) {
        tags.push(tag);
        tags.sort_unstable();
    }
    if tags.len() > MOST_TAGS { Err(TAG) } else { Ok(tags) }
}

/// What is only a field of the case: the event that tells it, if anything changed.
fn set(
    case: &mut Case,
    change: Change,
    now: Timestamp,
) -> Result<Option<(EventKind, Value)>, Refusal> {
    let old = case.clone();
    let (kind, body) = match change {
        Change::Priority(to) => {
            case.priority = to;
            (EventKind::Priority, json!({ "from": old.priority, "to": to }))
        }
        Change::Subject(to) => {
            let subject = written::subject(&to, "");
            case.subject = if subject.is_empty() { old.subject.clone() } else { subject };
            (EventKind::Subject, json!({}))
        }
        Change::Topic(to) => {
            case.topic = to.map(|to| to.chars().take(60).collect());
            (EventKind::Topic, json!({ "from": old.topic, "to": case.topic }))
        }
        Change::Side(to) => {
            case.side = to;
            (EventKind::Side, json!({ "from": old.side, "to": to }))
        }
        Change::Language(to) => {
            case.language = to;
            (EventKind::Language, json!({ "from": old.language, "to": to }))
        }
        Change::Spam => {
            case.spam_at = old.spam_at.or(Some(now));
            (EventKind::Spam, json!({}))
        }
        Change::NotSpam => {
            case.spam_at = None;
            (EventKind::NotSpam, json!({}))
        }
        Change::Hold(why) => {
            let why = why.trim().to_owned();
            if !(1..=LONGEST_REASON).contains(&why.chars().count()) {
                return Err(REASON);
            }
            case.legal_hold = Some(why);
            (EventKind::Held, json!({}))
        }
        Change::Release => {
            case.legal_hold = None;
            (EventKind::Released, json!({}))
        }
        Change::Escalate => {
            if case.level >= TOP_LEVEL {
                return Err(TOP);
            }
            case.level += 1;
            case.priority = case.priority.max(Priority::High);
            (EventKind::Escalated, json!({ "level": case.level }))
        }
        Change::State(_)
        | Change::WaitFor(_)
        | Change::Snooze(_)
        | Change::Assign(_)
        | Change::Team(_)
        | Change::Tag(_)
        | Change::Untag(_) => return Ok(None),
    };
    Ok((*case != old).then_some((kind, body)))
}
