//! Plural forms: each language has its own, and what is typed in them must stay true.

use super::Language;
use super::read::{Choice, Locale};

/// All names of plural forms there are.
const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// Where the form `one` is for more than the number one, so that a typed digit would be wrong.
const ONE_IS_MORE: [&str; 2] = ["fil", "fr"];

/// Finds choices between plural forms that do not fit the language.
pub(super) fn check(locale: &Locale, language: &Language) -> Vec<String> {
    let mut found = Vec::new();
    for (id, text) in &locale.texts {
        for choice in text.choices.iter().filter(|choice| is_plural(choice)) {
            for problem in problems(choice, language) {
                found.push(format!("{}: {id} ${} {problem}", locale.tag, choice.on));
            }
        }
    }
    found
}

/// A choice is about number if any of its forms is called like one.
fn is_plural(choice: &Choice) -> bool {
    choice.forms.iter().any(|(name, _)| FORMS[..5].contains(&name.as_str()))
}

fn problems(choice: &Choice, language: &Language) -> Vec<String> {
    let has = |form: &str| choice.forms.iter().any(|(name, _)| name == form);
    let mut problems = Vec::new();
    for form in language.forms.iter().filter(|form| !has(form)) {
        problems.push(format!("lacks the form [{form}]"));
    }
    for (name, typed) in &choice.forms {
        let number = name.parse::<i64>().is_ok();
        if !number && !language.forms.contains(&name.as_str()) {
            problems.push(format!("has [{name}], which the language has not"));
        }
        let digit = typed.contains(|letter: char| letter.is_ascii_digit());
        if name == "one" && digit && ONE_IS_MORE.contains(&language.tag) {
            problems.push("types a digit in [one], which is for other numbers too".into());
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::super::{LANGUAGES, read::read};
    use super::*;
    use crate::tree::planted;

    fn found(tag: &str, forms: &str) -> Vec<String> {
        let path = format!("locales/{tag}/tips.ftl");
        let text = format!("tips-a = {{ $n ->\n{forms}\n }}\n");
        let (locale, wrong) = read(&planted(&[(&path, &text)]), tag);
        assert_eq!(wrong, [""; 0]);
        let language = LANGUAGES.iter().find(|language| language.tag == tag).unwrap();
        check(&locale, language)
    }

    #[test]
    fn every_form_of_the_language_is_there_and_no_other() {
        let two = "    [one] x\n   *[other] y";
        let three = "    [0] z\n    [one] x\n    [many] w\n   *[other] y";
        for tag in ["en", "de", "da", "fil"] {
            assert_eq!(found(tag, two), [""; 0]);
            assert_eq!(
                found(tag, three),
                [format!("{tag}: tips-a $n has [many], which the language has not")]
            );
        }
        assert_eq!(found("fr", three), [""; 0]);
        assert_eq!(found("fr", two), ["fr: tips-a $n lacks the form [many]"]);
        assert_eq!(found("en", "    [one] x\n   *[many] y").len(), 2);
    }

    #[test]
    fn a_digit_in_one_is_found_where_one_is_more_than_one() {
        let forms = "    [one] 1 token\n   *[other] { $n } token";
        assert_eq!(found("en", forms), [""; 0]);
        assert_eq!(
            found("fil", forms),
            ["fil: tips-a $n types a digit in [one], which is for other numbers too"]
        );
        assert_eq!(found("fil", "    [1] 1 token\n    [one] x\n   *[other] y"), [""; 0]);
    }

    #[test]
    fn a_choice_between_words_is_left_alone() {
        assert_eq!(found("fr", "    [tip] x\n   *[other] y"), [""; 0]);
    }
}
