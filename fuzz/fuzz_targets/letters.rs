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
    if let Some(html) = letter.html {
        let lower = html.to_lowercase();
        for banned in ["<script", "<style", "<iframe", "<form", "<svg", " src=", "href=\"javascript"] {
            assert!(!lower.contains(banned), "{banned} is left");
        }
    }
});
