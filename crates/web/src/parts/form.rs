//! What a form says about what was wrong: at the top with links, and again beside each field.

/// One thing to put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Slip {
    /// The id of the field it is about.
    pub(crate) field: &'static str,
    /// What to do, as a whole sentence in the customer's language.
    pub(crate) sentence: String,
}

/// Everything there is to put right in one form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Slips(pub(crate) Vec<Slip>);

impl Slips {
    /// Notes a slip.
    pub(crate) fn add(&mut self, field: &'static str, sentence: impl Into<String>) {
        self.0.push(Slip { field, sentence: sentence.into() });
    }

    /// Whether there is nothing to put right.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// What to put right in that field.
    pub(crate) fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|slip| slip.field == field).map(|slip| slip.sentence.as_str())
    }
}
