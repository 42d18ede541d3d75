//! What becomes of one field when a record is changed.

/// A field is kept, emptied, or set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Change<T> {
    /// It stays as it is.
    #[default]
    Keep,
    /// It is emptied.
    Clear,
    /// It becomes this.
    Set(T),
}

impl<T> Change<T> {
    /// The same change with what is set turned into something else, or refused.
    ///
    /// # Errors
    /// What `turn` refuses with.
    pub fn try_map<U, E>(self, turn: impl FnOnce(T) -> Result<U, E>) -> Result<Change<U>, E> {
        Ok(match self {
            Change::Keep => Change::Keep,
            Change::Clear => Change::Clear,
            Change::Set(new) => Change::Set(turn(new)?),
        })
    }

    /// The same change with what is set turned into something else.
    #[must_use]
    pub fn map<U>(self, turn: impl FnOnce(T) -> U) -> Change<U> {
        match self {
            Change::Keep => Change::Keep,
            Change::Clear => Change::Clear,
            Change::Set(new) => Change::Set(turn(new)),
        }
    }

    /// The field after the change.
    #[must_use]
    pub fn over(self, old: Option<T>) -> Option<T> {
        match self {
            Change::Keep => old,
            Change::Clear => None,
            Change::Set(new) => Some(new),
        }
    }
}

impl<T> From<Option<Option<T>>> for Change<T> {
    /// A field that was left out is kept, one that is null is emptied.
    fn from(field: Option<Option<T>>) -> Change<T> {
        match field {
            None => Change::Keep,
            Some(None) => Change::Clear,
            Some(Some(new)) => Change::Set(new),
        }
    }
}
