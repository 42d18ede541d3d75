//! What the operator may set about the help centre.

/// What the operator may set about the help centre.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HelpSettings {
    /// Whether the articles that ship are loaded when the program starts.
    pub starter: StarterArticles,
}

/// Whether the articles that ship are loaded when the program starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StarterArticles {
    /// What is missing is loaded; what staff wrote stays as it is.
    #[default]
    Load,
    /// The help centre holds only what is written in it.
    Leave,
}
