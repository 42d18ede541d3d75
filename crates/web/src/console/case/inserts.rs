//! Answers that staff have ready, filled in for one case, to be put into the composer.

use base::Language;
use base::id::PaymentId;
use billing::payments;
use desk::answers::{self, Place};
use desk::cases::{Case, Ref, RefKind};
use desk::people;
use jiff::tz::TimeZone;
use store::Reads;
use words::Words;

use crate::console::shift::Shift;
use crate::guard::Trouble;

/// An answer, ready to be put in.
pub(crate) struct Insert {
    /// What is typed behind a semicolon.
    pub(crate) key: String,
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) language: Language,
}

/// All answers for this case, in its language where there is one.
pub(super) async fn gather(
    shift: &Shift,
    reads: &mut impl Reads,
    case: &Case,
    refs: &[Ref],
) -> Result<Vec<Insert>, Trouble> {
    let known = Known::of(shift, reads, case, refs).await?;
    let all = answers::all(reads).await?;
    let offered = all.into_iter().filter(|answer| answer.retired_at.is_none());
    let insert = |answer: answers::Answer| {
        let (language, text) = answer.text(case.language);
        let text = answers::fill(text, |place| known.of_place(place));
        Insert { text, language, key: answer.key, title: answer.title }
    };
    Ok(offered.map(insert).collect())
}

/// What fills the places of an answer.
#[derive(Default)]
struct Known {
    customer: Option<String>,
    reference: String,
    site: String,
    agent: String,
    amount: Option<String>,
    paid: Option<String>,
    statement: Option<String>,
    processor: Option<String>,
    due: Option<String>,
}

impl Known {
    async fn of(
        shift: &Shift,
        reads: &mut impl Reads,
        case: &Case,
        refs: &[Ref],
    ) -> Result<Known, Trouble> {
        let words = Words::of(case.language);
        let person = people::find(reads, case.requester).await?;
        let mut known = Known {
            customer: person.and_then(|person| person.name),
            reference: case.reference.to_string(),
            site: shift.house.billing.site.name.clone(),
            agent: shift.staff.name.clone(),
            due: case.due_at.map(|at| words.date(at, &TimeZone::UTC)),
            ..Known::default()
        };
        let paid = refs.iter().find(|one| one.kind == RefKind::Payment);
        let Some(id) = paid.and_then(|one| one.id.parse::<PaymentId>().ok()) else {
            return Ok(known);
        };
        let Some(payment) = payments::find(reads, id).await? else { return Ok(known) };
        known.amount = Some(words.money(payment.amount));
        known.paid = Some(words.date(payment.created_at, &TimeZone::UTC));
        let latest = payments::attempts_of(reads, id).await?.pop();
        let account = latest.and_then(|one| shift.house.billing.accounts.get(&one.account));
        known.statement = account.map(|account| account.descriptor.clone());
        known.processor = account.map(crate::parts::name_of);
        Ok(known)
    }

    fn of_place(&self, place: Place) -> Option<String> {
        match place {
            Place::Customer => self.customer.clone(),
            Place::Reference => Some(self.reference.clone()),
            Place::Site => Some(self.site.clone()),
            Place::Agent => Some(self.agent.clone()),
            Place::Amount => self.amount.clone(),
            Place::Paid => self.paid.clone(),
            Place::Statement => self.statement.clone(),
            Place::Processor => self.processor.clone(),
            Place::Due => self.due.clone(),
        }
    }
}

/// What was written, with the answer of that key put behind it.
pub(super) async fn put_in(
    shift: &Shift,
    case: base::id::CaseId,
    key: &str,
    written: &str,
) -> Result<String, Trouble> {
    let mut reader = shift.house.billing.store.read().await?;
    let seen = desk::cases::seen(&mut reader, &shift.eyes(), case).await?;
    let case = seen.ok_or(Trouble::NotFound)?;
    let refs = desk::cases::refs_of(&mut reader, case.id).await?;
    let all = gather(shift, &mut reader, &case, &refs).await?;
    let text = all.into_iter().find(|one| one.key == key).ok_or(Trouble::NotFound)?.text;
    let written = written.trim_end();
    Ok(if written.is_empty() { text } else { format!("{written}\n\n{text}") })
}
