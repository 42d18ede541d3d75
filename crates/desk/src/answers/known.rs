//! What is known of a case for the places of an answer.
//!
//! Nothing of a payment is filled in unless the case is about it and whoever reads the answer is
//! the customer who paid, as far as that is proved.

use std::collections::BTreeMap;

use base::id::PaymentId;
use base::{Fault, Kind, Language, Refusal};
use billing::payments;
use billing::receipts;
use jiff::tz::TimeZone;
use store::Reads;
use words::Words;

use super::fill::Place;
use crate::cases::{self, Case, RefKind, RefRole};
use crate::{Desk, care, credits, people};

/// A place of the answer could not be filled in.
pub const LACKS: Refusal = Refusal::new(
    Kind::Rule,
    "answer_lacks",
    "something in this answer is not known of the case: attach the payment, or write it by hand",
);

/// What is known of a case.
#[derive(Clone, Debug, Default)]
pub struct Known(BTreeMap<Place, String>);

impl Known {
    /// What is known of a case, in the language of the answer.
    ///
    /// # Errors
    /// A fault if the database does not answer.
    pub async fn of(
        reads: &mut impl Reads,
        desk: &Desk,
        case: &Case,
        agent: &str,
        language: Language,
    ) -> Result<Known, Fault> {
        let words = Words::of(language);
        let person = people::find(reads, case.requester).await?;
        let promises = care::promise(reads, desk.billing.env.now()).await?;
        let due = case.due_at.unwrap_or(promises);
        let mut known = BTreeMap::from([
            (Place::Reference, case.reference.to_string()),
            (Place::Site, desk.billing.site.name.clone()),
            (Place::Agent, agent.to_owned()),
            (Place::ReopenDays, desk.settings.reopen_days().to_string()),
            (Place::Due, format!("{} UTC", words.date_time(due, &TimeZone::UTC))),
        ]);
        if let Some(name) = person.as_ref().and_then(|person| person.name.clone()) {
            known.insert(Place::Customer, name);
        }
        let customer = credits::customer_of(reads, case).await?;
        let refs = cases::refs_of(reads, case.id).await?;
        let paid =
            refs.iter().find(|it| it.kind == RefKind::Payment && it.role == RefRole::Subject);
        if let Some(id) = paid.and_then(|paid| paid.id.parse::<PaymentId>().ok())
            && let Some(payment) = payments::find(reads, id).await?
            && Some(payment.customer) == customer
        {
            known.insert(Place::Amount, words.money(payment.amount));
            known.insert(Place::Paid, words.date(payment.created_at, &TimeZone::UTC));
            if let Some(receipt) = receipts::of_payment(reads, id).await? {
                known.insert(Place::Statement, receipt.descriptor);
                known.insert(Place::Processor, receipt.processor.name);
            }
        }
        Ok(Known(known))
    }

    /// What fills that place.
    #[must_use]
    pub fn get(&self, place: Place) -> Option<String> {
        self.0.get(&place).cloned()
    }

    /// Whether a text has a place that cannot be filled in.
    #[must_use]
    pub fn lacks_any(&self, text: &str) -> bool {
        Place::ALL.iter().any(|place| !self.0.contains_key(place) && super::fill::has(text, *place))
    }
}
