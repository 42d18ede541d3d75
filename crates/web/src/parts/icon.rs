//! Icons: one SVG file each, put into the page where they stand, hidden from screen readers.
//!
//! An icon never stands alone for a meaning: there is always a word beside it.

use std::borrow::Cow;

use super::Markup;

macro_rules! icons {
    ($($name:literal),* $(,)?) => {
        fn drawing(name: &str) -> Option<&'static str> {
            match name {
                $($name => Some(include_str!(concat!("../../assets/icons/", $name, ".svg"))),)*
                _ => None,
            }
        }

        #[cfg(test)]
        const NAMES: &[&str] = &[$($name),*];
    };
}

icons! {
    "alert", "arrow", "bank", "chat", "check", "clock", "coin", "cross", "dispute", "gift",
    "give-back", "globe", "heart", "lock", "mail", "minus", "moon", "person", "plus", "question",
    "receipt", "search", "shop", "sun", "wallet",
}

/// The icon of that name; nothing at all if there is none.
pub(crate) fn icon(name: &str) -> Markup {
    let Some(drawing) = drawing(name) else { return Markup(Cow::Borrowed("")) };
    Markup(Cow::Owned(format!(
        "<svg class=\"icon icon-{name}\" viewBox=\"0 0 24 24\" aria-hidden=\"true\" \
         focusable=\"false\">{}</svg>",
        drawing.trim()
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_is_drawn_without_styles_of_its_own() {
        for name in NAMES {
            let drawing = icon(name).to_string();
            assert!(drawing.contains("<path") || drawing.contains("<circle"), "{name}");
            assert!(!drawing.contains("style="), "{name}: refused by the content policy");
        }
        assert_eq!(icon("no such thing").to_string(), "");
    }
}
