//! JSON as dotted paths, in the order it was written, with the digits of numbers as they stand.

use std::fmt;

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::record::{Parameter, WrittenAs};

/// How deep objects and lists may lie in each other.
const DEPTH: usize = 16;
/// The most leaves that are read.
const LEAVES: usize = 400;

/// Every leaf with its dotted path: `payment.amount`, `items.0.id`.
///
/// # Errors
/// A sentence, if it is not an object of JSON.
pub(super) fn leaves(text: &str) -> Result<Vec<(String, String)>, String> {
    let no = "it is not an object of JSON";
    let raw: &RawValue = serde_json::from_str(text).map_err(|_| no.to_owned())?;
    if !raw.get().trim_start().starts_with('{') {
        return Err(no.to_owned());
    }
    let mut leaves = Vec::new();
    walk(raw, "", 0, &mut leaves)?;
    Ok(leaves)
}

fn walk(
    raw: &RawValue,
    path: &str,
    depth: usize,
    leaves: &mut Vec<(String, String)>,
) -> Result<(), String> {
    if depth > DEPTH || leaves.len() > LEAVES {
        return Err("it is too deep or too long".to_owned());
    }
    let text = raw.get().trim();
    let below = |name: &str| {
        if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
    };
    let broken = |_| "it is not JSON".to_owned();
    match text.as_bytes().first() {
        Some(b'{') => {
            let Members(members) = serde_json::from_str(text).map_err(broken)?;
            members
                .iter()
                .try_for_each(|(name, value)| walk(value, &below(name), depth + 1, leaves))
        }
        Some(b'[') => {
            let Elements(elements) = serde_json::from_str(text).map_err(broken)?;
            elements.iter().enumerate().try_for_each(|(nth, value)| {
                walk(value, &below(&nth.to_string()), depth + 1, leaves)
            })
        }
        Some(b'"') => {
            leaves.push((path.to_owned(), serde_json::from_str(text).map_err(broken)?));
            Ok(())
        }
        Some(b'n') => {
            leaves.push((path.to_owned(), String::new()));
            Ok(())
        }
        _ => {
            leaves.push((path.to_owned(), text.to_owned()));
            Ok(())
        }
    }
}

/// The members of an object, in order.
struct Members(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Members, D::Error> {
        struct Reading;
        impl<'de> Visitor<'de> for Reading {
            type Value = Members;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Reading)
    }
}

/// The elements of a list.
struct Elements(Vec<Box<RawValue>>);

impl<'de> Deserialize<'de> for Elements {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Elements, D::Error> {
        struct Reading;
        impl<'de> Visitor<'de> for Reading {
            type Value = Elements;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Elements, A::Error> {
                let mut elements = Vec::new();
                while let Some(element) = list.next_element()? {
                    elements.push(element);
                }
                Ok(Elements(elements))
            }
        }
        deserializer.deserialize_seq(Reading)
    }
}

/// A body under construction.
enum Node {
    Leaf(String),
    Object(Vec<(String, Node)>),
}

/// Writes pairs as JSON, dotted names as objects in each other, in order. `parameters` says how
/// each is carried.
///
/// # Errors
/// A sentence, if a name is below another one's value or a number is none.
pub(super) fn body(
    pairs: &[(String, String)],
    parameters: &[Parameter],
) -> Result<Vec<u8>, String> {
    let mut root = Vec::new();
    for (name, value) in pairs {
        let own = parameters.iter().find(|parameter| parameter.name == *name);
        let written = own.map(|parameter| parameter.written).unwrap_or_default();
        put(&mut root, name, leaf(name, value, written)?)?;
    }
    let mut text = String::new();
    write(&Node::Object(root), &mut text);
    Ok(text.into_bytes())
}

fn leaf(name: &str, value: &str, written: WrittenAs) -> Result<String, String> {
    match written {
        WrittenAs::Text => Ok(quoted(value)),
        WrittenAs::Boolean => Ok((!value.is_empty()).to_string()),
        WrittenAs::Number => match serde_json::from_str::<serde_json::Number>(value) {
            Ok(_) => Ok(value.to_owned()),
            Err(_) => Err(format!("{name} is no number")),
        },
    }
}

fn put(members: &mut Vec<(String, Node)>, path: &str, leaf: String) -> Result<(), String> {
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    let at = members.iter().position(|(own, _)| own == name).unwrap_or_else(|| {
        let node = if rest.is_empty() { Node::Leaf(String::new()) } else { Node::Object(vec![]) };
        members.push((name.to_owned(), node));
        members.len() - 1
    });
    match (&mut members[at].1, rest.is_empty()) {
        (Node::Leaf(text), true) => {
            *text = leaf;
            Ok(())
        }
        (Node::Object(members), false) => put(members, rest, leaf),
        _ => Err(format!("{path} is both a value and an object")),
    }
}

fn write(node: &Node, text: &mut String) {
    match node {
        Node::Leaf(leaf) => text.push_str(leaf),
        Node::Object(members) => {
            text.push('{');
            for (nth, (name, node)) in members.iter().enumerate() {
                text.push_str(if nth == 0 { "" } else { "," });
                text.push_str(&quoted(name));
                text.push(':');
                write(node, text);
            }
            text.push('}');
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
