//! Small texts and what becomes of them.

use fluent_syntax::ast::Entry;
use fluent_syntax::parser;

use super::*;

fn written(source: &'static str, language: Language, values: &[(&str, Value<'_>)]) -> String {
    let mut all = HashMap::new();
    for entry in parser::parse_runtime(source).unwrap().body {
        match entry {
            Entry::Message(message) => {
                all.insert(message.id.name.to_owned(), message.value.unwrap())
            }
            Entry::Term(term) => all.insert(format!("-{}", term.id.name), term.value),
            _ => None,
        };
    }
    match Reader::new(&all).read(&all["it"]) {
        Ok(message) => Box::leak(Box::new(message)).write(language, "it", values).into_owned(),
        Err(problem) => format!("! {problem}"),
    }
}

#[test]
fn an_exact_number_goes_before_its_plural_form() {
    let source = "it = { $count ->\n    [0] none\n    [one] one\n   *[other] { $count } things\n }";
    let say = |count: i64| written(source, Language::En, &[("count", count.into())]);
    assert_eq!(say(0), "none");
    assert_eq!(say(1), "one");
    assert_eq!(say(1_500), "1,500 things");
}

#[test]
fn a_word_chooses_by_its_letters() {
    let source = "it = { $kind ->\n    [tip] a tip\n   *[other] something\n }";
    assert_eq!(written(source, Language::En, &[("kind", "tip".into())]), "a tip");
    assert_eq!(written(source, Language::En, &[("kind", "tab".into())]), "something");
}

#[test]
fn terms_and_other_texts_are_put_in() {
    let source = "-thing = token\nit = One { -thing }, { more }\nmore = two { $count } {\"{\"}";
    assert_eq!(written(source, Language::Da, &[("count", 1_000.into())]), "One token, two 1.000 {");
}

#[test]
fn a_place_nobody_filled_shows_its_name() {
    assert_eq!(written("it = Pay { $amount }", Language::En, &[]), "Pay amount");
}

#[test]
fn what_a_customer_wrote_is_never_read_as_a_text() {
    let values = [("note", Value::from("{ $secret } [one] -thing"))];
    assert_eq!(written("it = { $note }", Language::En, &values), "{ $secret } [one] -thing");
}

#[test]
fn what_we_do_not_write_is_a_problem_and_circles_end() {
    for (source, problem) in [
        ("it = { NUMBER($count) }", "! has a function"),
        ("it = { other }", "! refers to other"),
        ("it = { it }", "! goes in circles"),
        ("it = { $count ->\n    [1.5] x\n   *[other] y\n }", "! [1.5] is not a whole number"),
    ] {
        let text = written(source, Language::En, &[]);
        assert!(text.starts_with(problem), "{text}");
    }
}
