//! All texts of one language, read once from the files that are built into the program.

use std::collections::HashMap;

use base::Language;
use fluent_syntax::ast::{Entry, Pattern};
use fluent_syntax::parser;
use rust_embed::RustEmbed;

use crate::message::{Message, Reader};
use crate::per_language::PerLanguage;

#[derive(RustEmbed)]
#[folder = "../../locales"]
struct Files;

static CATALOGUES: PerLanguage<Catalogue> = PerLanguage::new();

/// The texts of this language.
pub(crate) fn of(language: Language) -> &'static Catalogue {
    CATALOGUES.get(language, || Catalogue::read(&sources(language)))
}

/// The texts of one language, ready to be written.
pub(crate) struct Catalogue {
    messages: HashMap<String, Message>,
    problems: Vec<String>,
}

impl Catalogue {
    /// Reads Fluent sources. What cannot be read is left out and noted; the rest still speaks.
    fn read(sources: &[String]) -> Catalogue {
        let mut problems = Vec::new();
        let mut patterns: HashMap<String, Pattern<&str>> = HashMap::new();
        for source in sources {
            let resource = parser::parse_runtime(source.as_str()).unwrap_or_else(|(rest, bad)| {
                problems.extend(bad.iter().map(|error| format!("unreadable: {error}")));
                rest
            });
            for entry in resource.body {
                let Some((id, pattern)) = named(entry) else { continue };
                if patterns.insert(id.clone(), pattern).is_some() {
                    problems.push(format!("{id} is there twice"));
                }
            }
        }

        let mut messages = HashMap::new();
        for (id, pattern) in patterns.iter().filter(|(id, _)| !id.starts_with('-')) {
            match Reader::new(&patterns).read(pattern) {
                Ok(message) => {
                    messages.insert(id.clone(), message);
                }
                Err(problem) => problems.push(format!("{id}: {problem}")),
            }
        }
        Catalogue { messages, problems }
    }

    /// The text with this id.
    pub(crate) fn find(&self, id: &str) -> Option<&Message> {
        self.messages.get(id)
    }
}

impl std::fmt::Debug for Catalogue {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} texts, {} problems", self.messages.len(), self.problems.len())
    }
}

/// A message under its id, a term under its id with the dash in front.
fn named(entry: Entry<&str>) -> Option<(String, Pattern<&str>)> {
    match entry {
        Entry::Message(message) => Some((message.id.name.to_owned(), message.value?)),
        Entry::Term(term) => Some((format!("-{}", term.id.name), term.value)),
        Entry::Comment(_)
        | Entry::GroupComment(_)
        | Entry::ResourceComment(_)
        | Entry::Junk { .. } => None,
    }
}

fn sources(language: Language) -> Vec<String> {
    let folder = format!("{}/", language.tag());
    Files::iter()
        .filter(|path| path.starts_with(&folder) && path.ends_with(".ftl"))
        .filter_map(|path| Files::get(&path))
        .map(|file| String::from_utf8_lossy(&file.data).into_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_five_catalogues_are_read_without_a_problem() {
        for language in Language::ALL {
            assert_eq!(of(language).problems, [""; 0], "{language}");
            assert!(of(language).messages.len() > 50, "{language}");
        }
    }

    #[test]
    fn all_five_say_the_same_things() {
        let ids = |language| {
            let mut ids: Vec<_> = of(language).messages.keys().cloned().collect();
            ids.sort();
            ids
        };
        for language in Language::ALL {
            assert_eq!(ids(language), ids(Language::En), "{language}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_noted_and_the_rest_still_speaks() {
        let catalogue = Catalogue::read(&[String::from("a = A\n= broken\na = again\nb = {b}\n")]);
        assert!(catalogue.find("a").is_some());
        assert!(catalogue.find("b").is_none());
        assert_eq!(catalogue.problems.len(), 3, "{:?}", catalogue.problems);
    }
}
