//! Any bytes are read as mail: nothing panics, nothing is lost, and what is shown does no harm.
//!
//! `cargo +nightly fuzz run letters fuzz/corpus/letters crates/desk/src/letters/samples`

#![no_main]

use std::collections::HashSet;

use base::Timestamp;
use desk::letters::{Reading, explain, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|raw: &[u8]| {
    let reading = Reading {
        now: Timestamp::UNIX_EPOCH,
        own_hosts: vec!["shop.example".to_owned()],
        own_addresses: vec!["help@shop.example".to_owned()],
        authserv: Some("mx.shop.example".to_owned()),
        form_mailers: Vec::new(),
    };
    let letter = read(raw, &reading);
    let _ = explain(&letter);
    let Ok(letter) = letter else { return };
    let lines: HashSet<&str> = letter.text.split('\n').collect();
    assert!(letter.fresh.split('\n').all(|line| lines.contains(line)), "a line was made up");
    assert_eq!(letter.text.trim().is_empty(), letter.fresh.trim().is_empty(), "text was lost");
    assert!(!letter.text.contains('\0'), "a NUL is left");
    for tag in letter.html.as_deref().map(tags).unwrap_or_default() {
        let name = tag.split_whitespace().next().unwrap_or_default();
        let banned = ["script", "style", "iframe", "form", "svg", "object", "base", "meta"];
        assert!(!banned.contains(&name), "<{tag}> is left");
        assert!(!tag.contains(" src=") && !tag.contains(" on"), "<{tag}> is left");
    }
});

/// The tags of a page without the values of their attributes, in lower case.
fn tags(html: &str) -> Vec<String> {
    let mut all = Vec::new();
    let (mut tag, mut quoted): (Option<String>, bool) = (None, false);
    for sign in html.chars() {
        match (&mut tag, sign) {
            (None, '<') => tag = Some(String::new()),
            (None, _) => {}
            (Some(_), '"') => quoted = !quoted,
            (Some(_), '>') if !quoted => all.extend(tag.take().map(|tag| tag.to_lowercase())),
            (Some(tag), sign) if !quoted => tag.push(sign),
            (Some(_), _) => {}
        }
    }
    all
}
