//! May we still write freely, and which approved text is this? Pure.

use base::{SignedDuration, Timestamp};

use super::settings::Template;

/// Whether one may write freely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// At any time.
    Always,
    /// Until then.
    Until(Timestamp),
    /// Only with an approved text.
    Over,
}

/// Whether one may write freely, by when the other last wrote.
#[must_use]
pub fn window(rule: Option<SignedDuration>, last: Option<Timestamp>, now: Timestamp) -> Window {
    let Some(rule) = rule else { return Window::Always };
    match last.and_then(|last| last.checked_add(rule).ok()) {
        Some(until) if now < until => Window::Until(until),
        Some(_) | None => Window::Over,
    }
}

impl Template {
    /// What stands in the places of the template if the text is made of it, in their order.
    #[must_use]
    pub fn places(&self, text: &str) -> Option<Vec<String>> {
        let mut places = Vec::new();
        let mut rest = text.trim();
        let mut words = parts(self.body.trim()).into_iter();
        rest = rest.strip_prefix(words.next()?)?;
        let mut words = words.peekable();
        while let Some(after) = words.next() {
            let end = match (after.is_empty(), words.peek().is_none()) {
                (true, true) => rest.len(),
                // Two places side by side cannot be told apart.
                (true, false) => return None,
                (false, true) => rest.strip_suffix(after)?.len(),
                (false, false) => rest.find(after)?,
            };
            let place = &rest[..end];
            if place.trim().is_empty() || place.contains('\n') {
                return None;
            }
            places.push(place.to_owned());
            rest = &rest[end + after.len()..];
        }
        rest.is_empty().then_some(places)
    }
}

/// The words between the places `{{1}}`, `{{2}}`, which must come in their order.
fn parts(body: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = body;
    for nth in 1_u32.. {
        let Some((before, after)) = rest.split_once(&format!("{{{{{nth}}}}}")) else { break };
        parts.push(before);
        rest = after;
    }
    parts.push(rest);
    parts
}

#[cfg(test)]
mod tests {
    use base::Language;

    use super::*;

    fn template(body: &str) -> Template {
        let (name, code) = ("update".to_owned(), "en".to_owned());
        Template { name, language: Language::En, code, body: body.to_owned() }
    }

    #[test]
    fn a_day_after_the_customers_last_word_the_window_closes() {
        let at = |hour: i64| Timestamp::from_second(hour * 3_600).unwrap();
        let day = Some(SignedDuration::from_hours(24));
        assert_eq!(window(None, None, at(0)), Window::Always);
        assert_eq!(window(day, None, at(0)), Window::Over);
        assert_eq!(window(day, Some(at(0)), at(23)), Window::Until(at(24)));
        assert_eq!(window(day, Some(at(0)), at(24)), Window::Over);
    }

    #[test]
    fn a_text_is_known_by_the_template_it_was_made_of() {
        let update = template("Hello {{1}}, your case {{2}} is solved.");
        let places = |text: &str| update.places(text);
        let both = Some(vec!["Mia".to_owned(), "PD-1".to_owned()]);
        assert_eq!(places("Hello Mia, your case PD-1 is solved."), both);
        assert_eq!(places("Hello Mia, your case PD-1 is solved. And more."), None);
        assert_eq!(places("Hello , your case PD-1 is solved."), None);
        assert_eq!(places("Hello Mia"), None);
        assert_eq!(template("We miss you.").places(" We miss you. "), Some(vec![]));
        assert_eq!(template("Code {{1}}").places("Code 77"), Some(vec!["77".to_owned()]));
        assert_eq!(template("{{1}}{{2}}").places("ab"), None);
    }
}
