//! What the guides and the example say about `[desk]` is read, so that what an operator copies is
//! taken, and whatever can be set is named in the example.

use std::path::{Path, PathBuf};

use toml::{Table, Value};

use crate::config::{Config, read};

/// Long enough for every secret, and of the shape that signed channels want.
const MADE_UP: &str = "\"whsec_bWFkZS11cC10ZXh0LW9mLTI0LWJ5dGVz\"";

fn place(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// `"env:ANYTHING"` as a secret.
fn secrets_made_up(text: &str) -> String {
    let mut parts = text.split("\"env:");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (_, rest) = part.split_once('"').expect("a text that ends");
        out.push_str(MADE_UP);
        out.push_str(rest);
    }
    out
}

/// The blocks of a guide that set something of the desk.
fn blocks(guide: &str) -> Vec<String> {
    let blocks = guide.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
    let about_desk = |block: &&str| {
        block.lines().any(|line| line.starts_with("[desk") || line.starts_with("[[desk"))
    };
    blocks.filter(about_desk).map(secrets_made_up).collect()
}

/// One block after the other, as an operator writes them into one file.
fn joined(into: &mut Table, more: Table) {
    for (key, value) in more {
        match (into.get_mut(&key), value) {
            (Some(Value::Table(old)), Value::Table(new)) => joined(old, new),
            (Some(Value::Array(old)), Value::Array(new)) => old.extend(new),
            (_, value) => {
                into.insert(key, value);
            }
        }
    }
}

fn opened(named: &str, text: &str) -> Config {
    let config = match read(named, text, |_| None) {
        Ok(config) => config,
        Err(error) => panic!("{named}: {error}\n{text}"),
    };
    if let Err(why) = config.desk.settings() {
        panic!("{named}: {why}\n{text}");
    }
    config
}

#[test]
fn what_the_guides_set_of_the_desk_is_taken() {
    let mut seen = 0;
    for file in std::fs::read_dir(place("docs/guides")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|end| end != "md") {
            continue;
        }
        let named = path.file_name().unwrap().to_string_lossy().into_owned();
        let guide = std::fs::read_to_string(&path).unwrap();
        assert!(!guide.contains("\"${"), "{named}: a text is env:NAME or file:PATH");
        let mut whole = Table::new();
        for block in blocks(&guide) {
            read(&named, &block, |_| None).unwrap_or_else(|error| panic!("{error}\n{block}"));
            joined(&mut whole, block.parse().unwrap());
            seen += 1;
        }
        opened(&named, &toml::to_string(&whole).unwrap());
    }
    assert!(seen >= 5, "{seen}");
}

/// The example with what it has commented out about the desk.
fn example() -> String {
    let text = std::fs::read_to_string(place("paydesk.example.toml")).unwrap();
    let (mut out, mut inside) = (String::new(), false);
    for line in text.lines() {
        let line = match line.strip_prefix("# ") {
            Some(rest) if rest.starts_with("[desk.") || rest.starts_with("[[desk.") => {
                inside = true;
                rest
            }
            Some(rest) if inside => {
                let key = rest.split_once(" = ").map(|(key, _)| key);
                let plain = |key: &str| !key.contains(' ');
                if key.is_some_and(plain) { rest } else { line }
            }
            _ => {
                inside = false;
                line
            }
        };
        out.push_str(line);
        out.push('\n');
    }
    secrets_made_up(&out)
}

/// What can be set in a part, as the refusal of something else lists it.
fn keys(part: &str) -> Vec<String> {
    let refused = read("", &format!("[{part}]\nno-such-key = 1"), |_| None).unwrap_err();
    let refused = refused.to_string();
    let (_, listed) = refused.split_once("expected").unwrap();
    let listed = listed.lines().next().unwrap_or_default();
    listed.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn the_example_names_whatever_can_be_set_of_the_desk() {
    let text = example();
    opened("paydesk.example.toml", &text);
    let whole: Table = text.parse().unwrap();
    let Some(Value::Table(desk)) = whole.get("desk") else { panic!("{text}") };
    for part in keys("desk") {
        let Some(Value::Table(written)) = desk.get(&part) else {
            panic!("paydesk.example.toml does not name [desk.{part}]");
        };
        let missing: Vec<String> = keys(&format!("desk.{part}"))
            .into_iter()
            .filter(|key| !written.contains_key(key))
            .collect();
        assert!(missing.is_empty(), "paydesk.example.toml: [desk.{part}] lacks {missing:?}");
    }
}
