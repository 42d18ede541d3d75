//! A language beside the English one: the same texts with the same places.

use super::read::Locale;

/// Finds texts and variables that are missing in a language, or are there for nothing.
pub(super) fn check(source: &Locale, other: &Locale) -> Vec<String> {
    let tag = &other.tag;
    let mut found = Vec::new();
    for (id, text) in &source.texts {
        let Some(translated) = other.texts.get(id) else {
            found.push(format!("{tag}: {id} is missing"));
            continue;
        };
        if translated.room != text.room {
            found.push(format!("{tag}: {id} stands in {}, not in {}", translated.room, text.room));
        }
        let (wanted, given) = (source.variables(id), other.variables(id));
        found.extend(wanted.difference(&given).map(|v| format!("{tag}: {id} leaves out ${v}")));
        found.extend(given.difference(&wanted).map(|v| format!("{tag}: {id} knows no ${v}")));
    }
    for id in other.texts.keys().filter(|id| !source.texts.contains_key(*id)) {
        found.push(format!("{tag}: {id} is in no other language"));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::read::read;
    use super::*;
    use crate::tree::planted;

    #[test]
    fn texts_and_places_are_compared() {
        let tree = planted(&[
            ("locales/en/tips.ftl", "tips-a = { $x }\ntips-b = b\ntips-d = d\n"),
            ("locales/da/tips.ftl", "tips-a = { $y }\ntips-c = c\n"),
            ("locales/da/tips-d.ftl", "tips-d = d\n"),
        ]);
        let (source, _) = read(&tree, "en");
        let (other, _) = read(&tree, "da");
        assert_eq!(
            check(&source, &other),
            [
                "da: tips-a leaves out $x",
                "da: tips-a knows no $y",
                "da: tips-b is missing",
                "da: tips-d stands in tips-d, not in tips",
                "da: tips-c is in no other language",
            ]
        );
    }
}
