//! How a talk stands: whether somebody answers, how long that takes, and what may be asked now.

use base::{Fault, SignedDuration, Timestamp};
use store::Reads;

use super::lines;
use super::queue::{self, Presence, Waiting};
use super::session::{Place, Session};
use super::signs::{self, Sign, Who};
use crate::Desk;
use crate::cases::{self, Case, CaseState};
use crate::contact;

/// How a talk stands, as one snapshot: whoever missed one reads the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What somebody who comes or waits is told.
    pub waiting: Waiting,
    /// What people call the case, once there is one.
    pub reference: Option<String>,
    /// How many stand before, counted from one, while it waits for a first answer.
    pub position: Option<i64>,
    /// Who has taken it and not answered yet.
    pub taken: Option<String>,
    /// It waits longer than was promised.
    pub late: bool,
    /// Who writes at the desk.
    pub typing: Option<String>,
    /// The last place somebody of the desk has seen.
    pub desk_seen: Place,
    /// The talk is over: solved, closed, or left.
    pub over: bool,
    /// The visitor left it.
    pub left: bool,
    /// How it went may be said now.
    pub rate: bool,
    /// Where answers go when nobody looks.
    pub mail: Mail,
}

/// Where answers go when nobody looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mail {
    /// Nowhere.
    Nowhere,
    /// To this address, once its link was opened.
    Asked(String),
    /// To this address.
    Proved(String),
}

/// How a talk stands now.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn standing(
    desk: &Desk,
    reads: &mut impl Reads,
    session: &Session,
) -> Result<Standing, Fault> {
    let now = desk.billing.env.now();
    let waiting = queue::look(reads, &desk.settings.chat, now).await?;
    let mail = mail(session);
    let Some(case) = case_of(reads, session).await? else {
        return Ok(Standing::before(waiting, mail));
    };
    let position = queue::position(reads, &case).await?;
    let done = !case.state.is_open();
    let rated = done && contact::rating_of(reads, case.id).await?.is_some();
    Ok(Standing {
        reference: Some(case.reference.to_string()),
        late: is_late(&case, desk.settings.chat.promise, now),
        typing: who_types(reads, &case, now).await?,
        desk_seen: session.place(session.desk_seen_seq),
        over: done || session.left_at.is_some(),
        left: session.left_at.is_some() && !done,
        rate: done && !rated,
        taken: taken_by(reads, &case).await?,
        waiting,
        position,
        mail,
    })
}

impl Standing {
    fn before(waiting: Waiting, mail: Mail) -> Standing {
        Standing {
            waiting,
            reference: None,
            position: None,
            taken: None,
            late: false,
            typing: None,
            desk_seen: Place::default(),
            over: false,
            left: false,
            rate: false,
            mail,
        }
    }

    /// Whether other doors should be offered: nobody answers now, or nobody has in time.
    #[must_use]
    pub fn doors(&self) -> bool {
        let nobody = self.waiting.presence != Presence::There;
        !self.over && (self.late || (nobody && self.mail == Mail::Nowhere))
    }
}

/// The case a session talks about; where it was merged, the one it is part of now.
pub(super) async fn case_of(
    reads: &mut impl Reads,
    session: &Session,
) -> Result<Option<Case>, Fault> {
    match session.case {
        Some(case) => cases::survivor(reads, case).await,
        None => Ok(None),
    }
}

fn mail(session: &Session) -> Mail {
    match (session.proved_mail(), &session.mail) {
        (Some(mail), _) => Mail::Proved(mail.to_owned()),
        (None, Some(mail)) => Mail::Asked(mail.clone()),
        (None, None) => Mail::Nowhere,
    }
}

/// Nobody has answered what was said last in the time that was promised.
fn is_late(case: &Case, promise: SignedDuration, now: Timestamp) -> bool {
    let ours = matches!(case.state, CaseState::New | CaseState::Open);
    let since = case.last_customer_at.filter(|_| ours && case.first_answer_at.is_none());
    since.is_some_and(|since| now.duration_since(since) > promise)
}

/// Who reads it now, before the first answer.
async fn taken_by(reads: &mut impl Reads, case: &Case) -> Result<Option<String>, Fault> {
    match case.assignee {
        Some(staff) if case.first_answer_at.is_none() => lines::name_of(reads, staff).await,
        _ => Ok(None),
    }
}

async fn who_types(
    reads: &mut impl Reads,
    case: &Case,
    now: Timestamp,
) -> Result<Option<String>, Fault> {
    for signed in signs::at(reads, &[case.id], now).await? {
        if let (Who::Staff(id), Sign::Typing) = (signed.who, signed.sign) {
            return lines::name_of(reads, id).await;
        }
    }
    Ok(None)
}
