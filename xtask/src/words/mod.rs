//! Texts: none missing, none left over, none wrongly filled, in any language.

mod calls;
mod compare;
mod plurals;
mod read;

use self::read::read;
use crate::tree::Tree;

/// The language everything is written in first.
const SOURCE: &str = "en";

/// A language and the plural forms it has for whole numbers.
struct Language {
    tag: &'static str,
    forms: &'static [&'static str],
}

/// The same five as in `base::Language`; the forms are those of CLDR.
const LANGUAGES: [Language; 5] = [
    Language { tag: SOURCE, forms: &["one", "other"] },
    Language { tag: "fr", forms: &["one", "many", "other"] },
    Language { tag: "de", forms: &["one", "other"] },
    Language { tag: "da", forms: &["one", "other"] },
    Language { tag: "fil", forms: &["one", "other"] },
];

/// Everything that is wrong with the texts.
pub(crate) fn check(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    let mut locales = Vec::new();
    for language in LANGUAGES {
        let (locale, unreadable) = read(tree, language.tag);
        found.extend(unreadable);
        found.extend(plurals::check(&locale, &language));
        locales.push(locale);
    }
    if let Some((source, others)) = locales.split_first() {
        for other in others {
            found.extend(compare::check(source, other));
        }
        found.extend(calls::check(tree, source));
    }
    found.extend(strangers(tree));
    found
}

/// Files in folders of languages that nobody speaks.
fn strangers(tree: &Tree) -> Vec<String> {
    tree.of("ftl")
        .filter(|source| {
            let tag = source.path.strip_prefix("locales/").and_then(|path| path.split('/').next());
            !LANGUAGES.iter().any(|language| Some(language.tag) == tag)
        })
        .map(|source| format!("{} is in no language we speak", source.path))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::planted;

    #[test]
    fn five_equal_catalogues_that_are_used_pass_and_a_sixth_is_a_stranger() {
        let text = "tips-sent = Sent to { $creator }.\n";
        let code = "w.text_with(\"tips-sent\", &[(\"creator\", name.into())])";
        let mut files = vec![("crates/web/src/tips.rs", code)];
        let paths = LANGUAGES.map(|language| format!("locales/{}/tips.ftl", language.tag));
        files.extend(paths.iter().map(|path| (path.as_str(), text)));
        assert_eq!(check(&planted(&files)), [""; 0]);

        files.push(("locales/sv/tips.ftl", text));
        assert_eq!(check(&planted(&files)), ["locales/sv/tips.ftl is in no language we speak"]);
    }
}
