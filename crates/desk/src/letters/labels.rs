//! What a label in a mailed form means: the labels that our own request writes, and a few more that
//! people type.

use base::Language;

use super::form::Field;
use crate::contact::labels::{LABELS, Part};

/// Labels beside those of the request by mail, in lower case.
const MORE: [(Field, Language, &str); 16] = [
    (Field::Subject, Language::En, "subject"),
    (Field::Subject, Language::Fr, "objet"),
    (Field::Subject, Language::Fr, "sujet"),
    (Field::Subject, Language::De, "betreff"),
    (Field::Subject, Language::Da, "emne"),
    (Field::Subject, Language::Fil, "paksa"),
    (Field::Side, Language::En, "whose side"),
    (Field::Side, Language::Fr, "de quel côté"),
    (Field::Side, Language::De, "auf wessen seite"),
    (Field::Side, Language::Da, "på hvis side"),
    (Field::Side, Language::Fil, "kaninong panig"),
    (Field::Description, Language::En, "what happened"),
    (Field::Description, Language::Fr, "que s'est-il passé"),
    (Field::Description, Language::De, "was ist passiert"),
    (Field::Description, Language::Da, "hvad skete der"),
    (Field::Description, Language::Fil, "ano ang nangyari"),
];

/// The field a label is for, and the languages that call it so.
pub(super) fn meaning(label: &str) -> Option<(Field, Vec<Language>)> {
    let label = folded(label);
    let written = LABELS.iter().flat_map(|labels| {
        Part::ALL.into_iter().flat_map(move |part| {
            let names = labels.names(part).iter();
            names.map(move |name| (of_part(part), labels.language, *name))
        })
    });
    let all: Vec<(Field, Language)> = written
        .chain(MORE)
        .filter(|(_, _, name)| folded(name) == label)
        .map(|(field, language, _)| (field, language))
        .collect();
    let (field, _) = *all.first()?;
    Some((field, all.into_iter().map(|(_, language)| language).collect()))
}

const fn of_part(part: Part) -> Field {
    match part {
        Part::Username => Field::Username,
        Part::Side => Field::Side,
        Part::Order => Field::Order,
        Part::Description => Field::Description,
    }
}

fn folded(label: &str) -> String {
    let plain = label.replace(['’', '‘', '`'], "'").to_lowercase();
    plain.split_whitespace().collect::<Vec<&str>>().join(" ")
}
