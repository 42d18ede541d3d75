//! Markup that is made by us, not by people, and so goes into a page as it is.

use std::borrow::Cow;
use std::fmt;

/// A piece of HTML or SVG that needs no escaping. Careful: never make one from what people wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Markup(pub(crate) Cow<'static, str>);

impl fmt::Display for Markup {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Markup {}
