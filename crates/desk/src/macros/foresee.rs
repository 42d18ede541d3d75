//! What a macro would do to a case, step by step, told before it is done: with the text of an
//! answer, the limit of a credit, and the reason why a step would be refused.

use base::{Refusal, Stop, Tokens};
use identity::staff::Staff;
use store::Reads;

use super::step::Step;
use crate::answers::{self, Known};
use crate::cases::{self, AuthorKind, Case, CaseState};
use crate::credits::{self, Room};
use crate::permits::{self, Permit};
use crate::{Desk, credits::NOT_THE_CUSTOMER};

/// One step as it would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreseen {
    /// What it does.
    pub sentence: String,
    /// What would be written, for answers and notes.
    pub text: Option<String>,
    /// For a credit: how many tokens may be given at once, and how many are left of the day.
    pub limit: Option<(i64, i64)>,
    /// Why it would be refused.
    pub no: Option<String>,
}

/// What changes while the steps go by.
struct Course {
    state: CaseState,
    level: i64,
    room: Room,
    proved: bool,
}

/// What these steps would do to a case as it stands, if this member of staff ran them.
///
/// Nothing is promised: somebody may change the case, or use up the day's tokens, meanwhile. Each
/// deed asks again when it is done.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn foresee(
    reads: &mut impl Reads,
    desk: &Desk,
    steps: &[Step],
    case: &Case,
    staff: &Staff,
) -> Result<Vec<Foreseen>, Stop> {
    let mut course = Course {
        state: case.state,
        level: case.level,
        room: credits::room(reads, desk, staff.id, staff.role).await?,
        proved: credits::customer_of(reads, case).await?.is_some(),
    };
    let mut all = Vec::new();
    for step in steps {
        let (mut text, mut limit) = (None, None);
        let mut refused = course.take(step, staff).err();
        match step {
            Step::Credit { .. } => {
                limit = Some((course.room.limit.deed.count(), course.room.left.count()));
            }
            Step::Answer { key } => {
                let written = answer(reads, desk, case, key, staff).await?;
                refused = refused.or(written.as_ref().err().cloned());
                text = written.ok();
            }
            Step::Note { text: note } => text = Some(note.clone()),
            Step::Tag { .. }
            | Step::Untag { .. }
            | Step::Priority { .. }
            | Step::Team { .. }
            | Step::Take {}
            | Step::PutBack {}
            | Step::State { .. }
            | Step::Snooze { .. }
            | Step::Escalate {} => {}
        }
        if case.merged_into.is_some() {
            refused = Some(cases::MERGED);
        }
        let no = refused.map(|refusal| refusal.detail.into_owned());
        if let (Step::Credit { tokens, .. }, None) = (step, &no) {
            let given = Tokens::new(*tokens).unwrap_or(Tokens::NONE);
            course.room.left = course.room.left.minus(given).unwrap_or(Tokens::NONE);
        }
        all.push(Foreseen { sentence: step.sentence(), text, limit, no });
    }
    Ok(all)
}

impl Course {
    /// Goes a step on, as far as that can be known without a database.
    fn take(&mut self, step: &Step, staff: &Staff) -> Result<(), Refusal> {
        let needs = permit_of(step);
        if !permits::may(staff.role, needs) {
            return Err(super::NOT_OFFERED.because(permits::who_may(needs)));
        }
        match step {
            Step::Credit { tokens, .. } => {
                if !self.proved {
                    return Err(NOT_THE_CUSTOMER);
                }
                credits::check(&self.room, Tokens::new(*tokens).unwrap_or(Tokens::NONE))?;
            }
            Step::Answer { .. } => match self.state {
                CaseState::Closed => return Err(cases::CLOSED),
                CaseState::New | CaseState::Open | CaseState::Snoozed => {
                    self.state = CaseState::WaitingCustomer;
                }
                CaseState::WaitingCustomer | CaseState::WaitingThirdParty | CaseState::Solved => {}
            },
            Step::State { state } if *state != self.state => {
                cases::may_go(self.state, *state, AuthorKind::Staff)?;
                self.state = *state;
            }
            Step::Snooze { .. } => {
                cases::may_go(self.state, CaseState::Snoozed, AuthorKind::Staff)?;
                self.state = CaseState::Snoozed;
            }
            Step::Escalate {} => {
                if self.level >= 2 {
                    return Err(cases::TOP);
                }
                self.level += 1;
            }
            Step::State { .. }
            | Step::Note { .. }
            | Step::Tag { .. }
            | Step::Untag { .. }
            | Step::Priority { .. }
            | Step::Team { .. }
            | Step::Take {}
            | Step::PutBack {} => {}
        }
        Ok(())
    }
}

/// What one must be allowed for a step.
pub(super) const fn permit_of(step: &Step) -> Permit {
    match step {
        Step::Credit { .. } => Permit::CreditWallet,
        Step::Note { .. } | Step::Tag { .. } | Step::Untag { .. } => Permit::Note,
        Step::Team { .. } | Step::Take {} | Step::PutBack {} => Permit::Assign,
        Step::Escalate {} => Permit::Escalate,
        Step::Answer { .. } | Step::Priority { .. } | Step::State { .. } | Step::Snooze { .. } => {
            Permit::Reply
        }
    }
}

/// The text of an answer for a case, or why it cannot be sent.
async fn answer(
    reads: &mut impl Reads,
    desk: &Desk,
    case: &Case,
    key: &str,
    staff: &Staff,
) -> Result<Result<String, Refusal>, Stop> {
    let ready = answers::find_by_key(reads, key).await?;
    let Some(ready) = ready.filter(|one| one.retired_at.is_none()) else {
        return Ok(Err(answers::UNKNOWN.because(format!("there is no answer ;{key} any more"))));
    };
    let (language, text) = ready.text(case.language);
    let known = Known::of(reads, desk, case, &staff.name, language).await?;
    if known.lacks_any(text) {
        return Ok(Err(answers::LACKS));
    }
    Ok(Ok(answers::fill(text, |place| known.get(place))))
}
