//! The house that sells: what customers read, and where its pages are.

use url::Url;

/// The site's public face.
#[derive(Clone, Debug)]
pub struct Site {
    /// What customers call it.
    pub name: String,
    /// Its public address, for return and postback links.
    pub base_url: Url,
    /// Where customers write to.
    pub support_mail: String,
    /// Who sells, as on receipts.
    pub legal_name: String,
}

impl Site {
    /// The public address of a path that begins with a slash.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base_url.as_str().trim_end_matches('/'))
    }
}
