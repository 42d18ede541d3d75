//! What was wrong with a mail and was mended or left out, in words for the operator.

/// Sentences, each once.
#[derive(Debug, Default)]
pub(super) struct Problems(Vec<String>);

impl Problems {
    /// Notes one.
    pub(super) fn note(&mut self, what: impl Into<String>) {
        let what = what.into();
        if self.0.len() < 50 && !self.0.contains(&what) {
            self.0.push(what);
        }
    }

    /// All of them, in the order they were met.
    pub(super) fn into_list(self) -> Vec<String> {
        self.0
    }
}
