//! One text with its places, and how it is written.
//!
//! Fluent's syntax is read by Fluent's own parser. Writing is ours, because Fluent's library holds
//! numbers as floats and carries older plural rules; ours hold whole numbers and ask ICU.

use std::borrow::Cow;
use std::collections::HashMap;

use base::Language;
use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use fluent_syntax::unicode::unescape_unicode_to_string;

use crate::{Value, missing, plural};

/// A text, ready to be written. Terms and other texts it refers to are already inside.
pub(crate) struct Message(Vec<Part>);

enum Part {
    Text(String),
    Place(String),
    Choice { on: String, variants: Vec<(Key, Message)>, default: usize },
}

enum Key {
    Exactly(i64),
    Named(String),
}

impl Message {
    /// Writes the text. A place nobody filled shows its name and is counted.
    pub(crate) fn write(
        &'static self,
        language: Language,
        id: &str,
        values: &[(&str, Value<'_>)],
    ) -> Cow<'static, str> {
        match self.0.as_slice() {
            [] => Cow::Borrowed(""),
            [Part::Text(text)] => Cow::Borrowed(text),
            _ => {
                let mut out = String::new();
                self.write_to(&mut out, &Filling { language, id, values });
                Cow::Owned(out)
            }
        }
    }

    fn write_to(&self, out: &mut String, filling: &Filling<'_>) {
        for part in &self.0 {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Place(name) => match filling.find(name) {
                    Some(value) => out.push_str(&value.write(filling.language)),
                    None => out.push_str(name),
                },
                Part::Choice { on, variants, default } => {
                    let fits = |key: &Key| filling.find(on).is_some_and(|v| filling.fits(key, v));
                    let chosen = variants.iter().position(|(key, _)| fits(key));
                    if let Some((_, message)) = variants.get(chosen.unwrap_or(*default)) {
                        message.write_to(out, filling);
                    }
                }
            }
        }
    }
}

/// What a text is filled with while it is written.
struct Filling<'a> {
    language: Language,
    id: &'a str,
    values: &'a [(&'a str, Value<'a>)],
}

impl Filling<'_> {
    fn find(&self, name: &str) -> Option<&Value<'_>> {
        let found = self.values.iter().find(|(given, _)| *given == name).map(|(_, value)| value);
        if found.is_none() {
            missing::note(self.language, &format!("{} ${name}", self.id));
        }
        found
    }

    fn fits(&self, key: &Key, value: &Value<'_>) -> bool {
        match (key, value, value.count()) {
            (Key::Exactly(exactly), _, count) => count == Some(*exactly),
            (Key::Named(name), _, Some(count)) => plural::category(self.language, count) == name,
            (Key::Named(name), Value::Text(text), None) => text == name,
            (Key::Named(_), _, None) => false,
        }
    }
}

/// Texts inside texts inside texts: no further than this.
const DEPTH: usize = 8;

/// Turns parsed Fluent into a [`Message`].
pub(crate) struct Reader<'a> {
    all: &'a HashMap<String, Pattern<&'a str>>,
    depth: usize,
}

impl<'a> Reader<'a> {
    /// A reader that finds what a text refers to among `all`.
    pub(crate) fn new(all: &'a HashMap<String, Pattern<&'a str>>) -> Reader<'a> {
        Reader { all, depth: 0 }
    }

    /// Reads one text.
    ///
    /// # Errors
    /// A fragment that says what is in it that we do not write.
    pub(crate) fn read(&mut self, pattern: &Pattern<&'a str>) -> Result<Message, String> {
        let mut parts = Vec::new();
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => push_text(&mut parts, value),
                PatternElement::Placeable { expression } => self.place(&mut parts, expression)?,
            }
        }
        Ok(Message(parts))
    }

    fn place(
        &mut self,
        parts: &mut Vec<Part>,
        expression: &Expression<&'a str>,
    ) -> Result<(), String> {
        let (selector, variants) = match expression {
            Expression::Inline(inline) => return self.inline(parts, inline),
            Expression::Select { selector, variants } => (selector, variants),
        };
        let InlineExpression::VariableReference { id } = selector else {
            return Err("chooses by something that is not a variable".into());
        };
        let default = variants.iter().position(|variant| variant.default).unwrap_or(0);
        let mut read = Vec::new();
        for variant in variants {
            let key = match &variant.key {
                VariantKey::Identifier { name } => Key::Named((*name).to_owned()),
                VariantKey::NumberLiteral { value } => Key::Exactly(
                    value.parse().map_err(|_| format!("[{value}] is not a whole number"))?,
                ),
            };
            read.push((key, self.read(&variant.value)?));
        }
        parts.push(Part::Choice { on: id.name.to_owned(), variants: read, default });
        Ok(())
    }

    fn inline(
        &mut self,
        parts: &mut Vec<Part>,
        inline: &InlineExpression<&'a str>,
    ) -> Result<(), String> {
        match inline {
            InlineExpression::StringLiteral { value } => {
                push_text(parts, &unescape_unicode_to_string(value));
                Ok(())
            }
            InlineExpression::NumberLiteral { value } => {
                push_text(parts, value);
                Ok(())
            }
            InlineExpression::VariableReference { id } => {
                parts.push(Part::Place(id.name.to_owned()));
                Ok(())
            }
            InlineExpression::MessageReference { id, attribute: None } => {
                self.refer(parts, id.name)
            }
            InlineExpression::TermReference { id, attribute: None, arguments: None } => {
                self.refer(parts, &format!("-{}", id.name))
            }
            InlineExpression::Placeable { expression } => self.place(parts, expression),
            InlineExpression::MessageReference { .. }
            | InlineExpression::TermReference { .. }
            | InlineExpression::FunctionReference { .. } => {
                Err("has a function or an attribute, which we do not write".into())
            }
        }
    }

    fn refer(&mut self, parts: &mut Vec<Part>, name: &str) -> Result<(), String> {
        let all = self.all;
        let pattern =
            all.get(name).ok_or_else(|| format!("refers to {name}, which is not there"))?;
        if self.depth == DEPTH {
            return Err(format!("goes in circles through {name}"));
        }
        self.depth += 1;
        let Message(inside) = self.read(pattern)?;
        self.depth -= 1;
        parts.extend(inside);
        Ok(())
    }
}

/// Adds text to the text before it, so that a plain sentence is one part.
fn push_text(parts: &mut Vec<Part>, text: &str) {
    if let Some(Part::Text(before)) = parts.last_mut() {
        before.push_str(text);
    } else {
        parts.push(Part::Text(text.to_owned()));
    }
}

#[cfg(test)]
mod tests;
