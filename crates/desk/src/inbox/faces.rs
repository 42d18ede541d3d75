//! The names that stand beside cases in a list, read at once for all of them.

use std::collections::HashMap;

use base::Fault;
use base::id::{PersonId, StaffId};
use store::Reads;

use super::rows;
use crate::people;

/// Names of people and of staff.
#[derive(Clone, Debug, Default)]
pub struct Faces {
    people: HashMap<PersonId, String>,
    staff: HashMap<StaffId, String>,
}

impl Faces {
    /// The names of these people, and of all staff.
    ///
    /// # Errors
    /// A fault if the database does not answer.
    pub async fn of(reads: &mut impl Reads, ids: &[PersonId]) -> Result<Faces, Fault> {
        let found = people::find_many(reads, ids).await?;
        let named = found.into_iter().filter_map(|person| Some((person.id, person.name?)));
        Ok(Faces { people: named.collect(), staff: rows::staff(reads).await? })
    }

    /// What somebody calls themselves.
    #[must_use]
    pub fn person(&self, id: PersonId) -> Option<&str> {
        self.people.get(&id).map(String::as_str)
    }

    /// What colleagues call somebody.
    #[must_use]
    pub fn staff(&self, id: StaffId) -> Option<&str> {
        self.staff.get(&id).map(String::as_str)
    }
}
