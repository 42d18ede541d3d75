//! What `mail explain` says of a mail, of garbage, and of our own.

use clap::Parser as _;

use super::*;

#[derive(clap::Parser)]
struct Line {
    #[command(flatten)]
    explain: Explain,
}

fn asked(raw: &[u8], arguments: &[&str]) -> Value {
    let line = ["explain", "a.eml"].iter().chain(arguments);
    let Line { explain: asked } = Line::parse_from(line);
    let reading = asked.reading("2026-11-21T15:04:05Z".parse().unwrap());
    explain(Path::new("a.eml"), raw, &reading)
}

const MAIL: &[u8] =
    b"Authentication-Results: mx.shop.example; dmarc=pass header.from=example.com\r\n\
    From: =?utf-8?Q?J=C3=B6rg?= <joerg@example.com>\r\nTo: help@shop.example\r\n\
    Subject: My card 4111 1111 1111 1111\r\nMessage-ID: <a@example.com>\r\n\r\n\
    It broke.\r\n\r\nOn 2 Nov 2026 Support <help@shop.example> wrote:\r\n> Hello\r\n";

#[test]
fn a_mail_is_told_as_it_would_be_kept() {
    let told = asked(MAIL, &["--authserv", "mx.shop.example"]);
    assert_eq!(told["file"], "a.eml");
    assert_eq!(told["readable"], true, "{told:#}");
    assert_eq!(told["from"]["name"], "Jörg");
    assert_eq!(told["new_text"], "It broke.");
    assert_eq!(told["verdict"]["standing"], "aligned");
    let subject = told["subject"].as_str().unwrap();
    assert!(subject.ends_with("1111") && !subject.contains("4111"), "{subject}");
    assert_eq!(told["date"], "2026-11-21T15:04:05Z", "it has no date, so the time it came counts");
}

#[test]
fn garbage_is_told_and_not_refused() {
    for garbage in [&b""[..], b"\xff\xfe\x00", b"no mail at all"] {
        let told = asked(garbage, &[]);
        assert_eq!(told["readable"], false, "{told:#}");
        assert!(told["quarantine"]["why"].as_str().is_some_and(|why| !why.is_empty()));
    }
}

#[test]
fn hosts_and_addresses_of_our_own_are_known_by_their_form() {
    let told = asked(MAIL, &["--own", "example.com"]);
    assert!(told["own"].as_str().unwrap().contains("a@example.com"), "{told:#}");
    let told = asked(MAIL, &["--own", "joerg@example.com"]);
    assert_eq!(told["quarantine"]["code"], "own_address", "{told:#}");
    assert_eq!(asked(MAIL, &[])["quarantine"], Value::Null);
}
