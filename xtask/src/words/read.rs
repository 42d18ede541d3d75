//! Reading the Fluent files of one language into what the rules look at.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey,
};
use fluent_syntax::parser;

use crate::tree::{Source, Tree};

/// All texts of one language.
#[derive(Debug, Default)]
pub(super) struct Locale {
    /// Its tag.
    pub(super) tag: String,
    /// Texts by id; terms with their dash.
    pub(super) texts: BTreeMap<String, Text>,
}

/// What the rules want to know of one text.
#[derive(Debug, Default)]
pub(super) struct Text {
    /// The file it stands in, without folder and ending: its room.
    pub(super) room: String,
    /// The places that are filled in by the program.
    pub(super) variables: BTreeSet<String>,
    /// Other texts and terms that are put in.
    pub(super) refers: BTreeSet<String>,
    /// Where it chooses between forms.
    pub(super) choices: Vec<Choice>,
}

/// One choice in a text.
#[derive(Debug)]
pub(super) struct Choice {
    /// By which variable.
    pub(super) on: String,
    /// The names of its forms in order, numbers too, each with the text typed in it.
    pub(super) forms: Vec<(String, String)>,
}

impl Locale {
    /// The variables of a text and of everything it puts in.
    pub(super) fn variables(&self, id: &str) -> BTreeSet<String> {
        let mut variables = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut waiting = vec![id];
        while let Some(id) = waiting.pop() {
            if let Some(text) = self.texts.get(id)
                && seen.insert(id)
            {
                variables.extend(text.variables.iter().cloned());
                waiting.extend(text.refers.iter().map(String::as_str));
            }
        }
        variables
    }
}

/// Reads a language; the second part is what could not be read.
pub(super) fn read(tree: &Tree, tag: &str) -> (Locale, Vec<String>) {
    let mut locale = Locale { tag: tag.to_owned(), texts: BTreeMap::new() };
    let mut wrong = Vec::new();
    let folder = format!("locales/{tag}/");
    for source in tree.of("ftl").filter(|source| source.path.starts_with(&folder)) {
        read_file(source, &mut locale, &mut wrong);
    }
    for (id, text) in &locale.texts {
        for other in text.refers.iter().filter(|other| !locale.texts.contains_key(*other)) {
            wrong.push(format!("{tag}: {id} puts in {other}, which is not there"));
        }
    }
    (locale, wrong)
}

fn read_file(source: &Source, locale: &mut Locale, wrong: &mut Vec<String>) {
    let room = source.name().trim_end_matches(".ftl");
    let resource = match parser::parse(source.text.as_str()) {
        Ok(resource) => resource,
        Err((resource, errors)) => {
            wrong.extend(errors.iter().map(|error| format!("{}: {error}", source.path)));
            resource
        }
    };
    for entry in resource.body {
        let (id, value, attributes) = match &entry {
            Entry::Message(m) => (m.id.name.to_owned(), m.value.as_ref(), &m.attributes),
            Entry::Term(t) => (format!("-{}", t.id.name), Some(&t.value), &t.attributes),
            _ => continue,
        };
        if !attributes.is_empty() || value.is_none() {
            wrong.push(format!("{}: {id} has attributes, which we do not write", source.path));
        }
        if !id.trim_start_matches('-').starts_with(&format!("{room}-")) {
            wrong.push(format!("{}: {id} does not begin with {room}-", source.path));
        }
        let mut text = Text { room: room.to_owned(), ..Text::default() };
        if let Some(value) = value
            && let Err(problem) = gather(value, &mut text)
        {
            wrong.push(format!("{}: {id} {problem}", source.path));
        }
        if let Some(other) = locale.texts.insert(id.clone(), text) {
            wrong.push(format!("{}: {id} stands in {} already", source.path, other.room));
        }
    }
}

fn gather(pattern: &Pattern<&str>, text: &mut Text) -> Result<(), String> {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            gather_expression(expression, text)?;
        }
    }
    Ok(())
}

fn gather_expression(expression: &Expression<&str>, text: &mut Text) -> Result<(), String> {
    match expression {
        Expression::Inline(inline) => gather_inline(inline, text),
        Expression::Select { selector, variants } => {
            let InlineExpression::VariableReference { id } = selector else {
                return Err("chooses by something that is not a variable".into());
            };
            text.variables.insert(id.name.to_owned());
            let mut forms = Vec::new();
            for variant in variants {
                let (VariantKey::Identifier { name } | VariantKey::NumberLiteral { value: name }) =
                    &variant.key;
                forms.push(((*name).to_owned(), typed(&variant.value)));
                gather(&variant.value, text)?;
            }
            text.choices.push(Choice { on: id.name.to_owned(), forms });
            Ok(())
        }
    }
}

fn gather_inline(inline: &InlineExpression<&str>, text: &mut Text) -> Result<(), String> {
    match inline {
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        InlineExpression::VariableReference { id } => {
            text.variables.insert(id.name.to_owned());
        }
        InlineExpression::MessageReference { id, attribute: None } => {
            text.refers.insert(id.name.to_owned());
        }
        InlineExpression::TermReference { id, attribute: None, arguments: None } => {
            text.refers.insert(format!("-{}", id.name));
        }
        InlineExpression::Placeable { expression } => return gather_expression(expression, text),
        InlineExpression::MessageReference { .. }
        | InlineExpression::TermReference { .. }
        | InlineExpression::FunctionReference { .. } => {
            return Err("has a function or an attribute, which we do not write".into());
        }
    }
    Ok(())
}

/// What a translator typed in a form, without its places.
fn typed(pattern: &Pattern<&str>) -> String {
    let mut typed = String::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => typed.push_str(value),
            PatternElement::Placeable {
                expression:
                    Expression::Inline(
                        InlineExpression::StringLiteral { value }
                        | InlineExpression::NumberLiteral { value },
                    ),
            } => typed.push_str(value),
            PatternElement::Placeable { .. } => typed.push(' '),
        }
    }
    typed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::planted;

    fn wrong(text: &str) -> Vec<String> {
        read(&planted(&[("locales/en/tips.ftl", text)]), "en").1
    }

    #[test]
    fn variables_are_found_through_choices_and_other_texts() {
        let text =
            "tips-a = { $x ->\n    [one] { $y }\n   *[other] { tips-b }\n }\ntips-b = { $z }\n";
        let (locale, wrong) = read(&planted(&[("locales/en/tips.ftl", text)]), "en");
        assert_eq!(wrong, [""; 0]);
        let variables: Vec<_> = locale.variables("tips-a").into_iter().collect();
        assert_eq!(variables, ["x", "y", "z"]);
    }

    #[test]
    fn what_we_do_not_write_is_found() {
        for (text, part) in [
            ("= nothing\n", "tips.ftl"),
            ("tips-a = { NUMBER($x) }\n", "function"),
            ("tips-a = x\n    .title = y\n", "attributes"),
            ("tips-a = { tips-gone }\n", "tips-gone, which is not there"),
            ("tips-a = x\ntips-a = y\n", "already"),
            ("shop-a = x\n", "does not begin with tips-"),
            ("tips-a = { tips-b ->\n   *[x] y\n }\ntips-b = z\n", "tips.ftl"),
        ] {
            let wrong = wrong(text);
            assert!(wrong.iter().any(|line| line.contains(part)), "{part} in {wrong:?}");
        }
    }
}
