//! Answering over a messenger: how long one may write freely, and after that which approved text
//! leaves, with its places filled.

use base::{Language, Refusal, SignedDuration, Timestamp};
use desk::cases::Case;
use desk::social::{Answering, Piece, Template, Window, answering};
use store::Reads;

use crate::console::shift::Shift;
use crate::guard::Trouble;

/// What the composer shows of a messenger.
pub(crate) struct Messenger {
    /// Which.
    pub(crate) name: String,
    /// Until when one may write freely; none for always, or if that is over.
    pub(crate) until: Option<Timestamp>,
    /// How long that is, in words.
    pub(crate) left: String,
    /// What may be sent instead, if one may not.
    pub(crate) over: Option<Over>,
}

/// One may not write freely any more.
pub(crate) struct Over {
    /// Why, and what to do.
    pub(crate) why: String,
    pub(crate) approved: Vec<Approved>,
    /// The text as it would leave.
    pub(crate) preview: Option<String>,
}

/// An approved text.
pub(crate) struct Approved {
    /// What the form calls it.
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) language: Language,
    /// The text with its places as marks.
    pub(crate) body: String,
    pub(crate) places: Vec<Place>,
    pub(crate) chosen: bool,
}

/// A place of an approved text.
pub(crate) struct Place {
    /// What the form calls it.
    pub(crate) field: String,
    pub(crate) number: usize,
    pub(crate) value: String,
}

/// What the form says of an approved text.
#[derive(Clone, Default)]
pub(crate) struct Picked {
    /// Which.
    pub(crate) key: String,
    /// The places of all of them, by the names of their fields.
    pub(crate) places: Vec<(String, String)>,
}

impl Picked {
    /// The approved text that was picked, and what it says when it is filled.
    pub(crate) fn read(&self, how: &Answering) -> Result<(Language, String), Refusal> {
        let found = how.templates.iter().find(|one| key(one) == self.key);
        let template = found.ok_or(NOT_PICKED)?;
        let places: Vec<String> =
            (1..=template.count()).map(|nth| self.value(&field(template, nth))).collect();
        Ok((template.language, template.fill(&places)?))
    }

    fn value(&self, field: &str) -> String {
        let found = self.places.iter().find(|(name, _)| name == field);
        found.map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    }
}

/// Nothing was picked where only an approved text may leave.
const NOT_PICKED: Refusal = Refusal::new(
    base::Kind::Rule,
    "approved_text_needed",
    "the customer wrote too long ago for a free answer: choose one of the approved texts",
);

/// What the composer shows, if the answer goes over a messenger.
pub(crate) async fn gather(
    shift: &Shift,
    reads: &mut impl Reads,
    case: &Case,
) -> Result<Option<Messenger>, Trouble> {
    let how = answering(reads, &shift.house.desk, case).await?;
    Ok(how.map(|how| shown(how, &Picked::default(), shift.now)))
}

/// The same, with what was picked and filled before.
pub(crate) fn shown(how: Answering, picked: &Picked, now: Timestamp) -> Messenger {
    let until = match how.window {
        Window::Until(until) => Some(until),
        Window::Always | Window::Over => None,
    };
    let preview = picked.read(&how).ok().map(|(_, text)| text);
    let over = how.is_over().then(|| Over {
        why: why(&how),
        approved: how.templates.iter().map(|one| approved(one, picked)).collect(),
        preview,
    });
    let left = until.map(|until| left(until.duration_since(now))).unwrap_or_default();
    Messenger { name: how.name, until, left, over }
}

fn why(how: &Answering) -> String {
    let hours = how.hours.unwrap_or_default();
    let name = &how.name;
    let over = format!(
        "{name} lets us answer freely for {hours} hours after the customer wrote, and these are \
         over."
    );
    let then = if how.templates.is_empty() {
        "There is no approved text for this channel: write to the customer by mail."
    } else {
        "Until they write again, only an approved text may leave."
    };
    format!("{over} {then}")
}

fn approved(template: &Template, picked: &Picked) -> Approved {
    let places = (1..=template.count()).map(|number| {
        let field = field(template, number);
        Place { value: picked.value(&field), number, field }
    });
    let marks = template.pieces().into_iter().map(|piece| match piece {
        Piece::Words(words) => words,
        Piece::Place(nth) => format!("[{nth}]"),
    });
    Approved {
        key: key(template),
        name: template.name.clone(),
        language: template.language,
        body: marks.collect(),
        places: places.collect(),
        chosen: key(template) == picked.key,
    }
}

/// What a form calls an approved text.
fn key(template: &Template) -> String {
    format!("{}.{}", template.name, template.code)
}

fn field(template: &Template, number: usize) -> String {
    format!("place.{}.{number}", key(template))
}

/// A time that is left, as people say it.
fn left(rest: SignedDuration) -> String {
    let minutes = rest.as_mins().max(0);
    let hours = rest.as_hours().max(0);
    match (hours, minutes) {
        (0, 0) => "less than a minute".to_owned(),
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {} min", minutes - hours * 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_that_is_left_is_said_as_people_say_it() {
        for (seconds, words) in [
            (-5, "less than a minute"),
            (59, "less than a minute"),
            (61, "1 min"),
            (3_599, "59 min"),
            (3_660, "1 h 1 min"),
            (86_399, "23 h 59 min"),
        ] {
            assert_eq!(left(SignedDuration::from_secs(seconds)), words);
        }
    }
}
