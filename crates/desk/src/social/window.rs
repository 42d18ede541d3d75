//! May we still write freely, and which approved text is this? Pure.

use base::{Kind, Refusal, SignedDuration, Timestamp};

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

/// A place of an approved text is empty, or what is in it cannot be told from the text around it.
pub const NOT_FILLED: Refusal = Refusal::new(
    Kind::Malformed,
    "template_not_filled",
    "fill in every place of the approved text, each in one line",
);

/// A part of an approved text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words that stay.
    Words(String),
    /// The place with this number.
    Place(usize),
}

impl Template {
    /// The text as it reads: words and places in turn.
    #[must_use]
    pub fn pieces(&self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for (nth, words) in parts(self.body.trim()).into_iter().enumerate() {
            if nth > 0 {
                pieces.push(Piece::Place(nth));
            }
            if !words.is_empty() {
                pieces.push(Piece::Words(words.to_owned()));
            }
        }
        pieces
    }

    /// How many places are to be filled.
    #[must_use]
    pub fn count(&self) -> usize {
        parts(self.body.trim()).len() - 1
    }

    /// The text with its places filled.
    ///
    /// # Errors
    /// [`NOT_FILLED`] if a place is left empty, or the text could not be read back as filled so.
    pub fn fill(&self, places: &[String]) -> Result<String, Refusal> {
        let places: Vec<&str> = places.iter().map(|place| place.trim()).collect();
        let mut text = String::new();
        for piece in self.pieces() {
            match piece {
                Piece::Words(words) => text.push_str(&words),
                Piece::Place(nth) => text.push_str(places.get(nth - 1).unwrap_or(&"")),
            }
        }
        let read = self.places(&text).ok_or(NOT_FILLED)?;
        if read == places { Ok(text) } else { Err(NOT_FILLED) }
    }

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

    #[test]
    fn a_text_is_filled_so_that_it_is_known_again() {
        let update = template("Hello {{1}}, your case {{2}} is solved.");
        let fill = |name: &str, case: &str| update.fill(&[name.to_owned(), case.to_owned()]);
        assert_eq!(fill(" Mia ", "PD-1").unwrap(), "Hello Mia, your case PD-1 is solved.");
        for (name, case) in [("", "PD-1"), ("Mia", " "), ("Mi\na", "PD-1")] {
            assert_eq!(fill(name, case).unwrap_err().code, "template_not_filled");
        }
        // Nobody could say where the first place ends.
        assert!(fill("Mia, your case X", "PD-1").is_err());
        assert!(update.fill(&[]).is_err());
        assert_eq!(update.count(), 2);
        assert_eq!(update.pieces().len(), 5);
        assert_eq!(template("We miss you.").fill(&[]).unwrap(), "We miss you.");
    }
}
