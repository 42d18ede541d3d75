//! What the operator may set about the form and the customer's own pages.

/// What the operator may set about the form and the customer's own pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ContactSettings {
    /// What is made of a subject with fewer or more words than wished.
    pub words: WordRule,
}

/// What is made of a subject with fewer or more words than wished.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WordRule {
    /// The form says so and takes it.
    #[default]
    Advise,
    /// The form asks for another.
    Enforce,
}
