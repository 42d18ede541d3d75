//! Work is counted in steps, not in seconds: twice the mail is at most about twice the work.

use super::*;
use crate::letters::steps;

const HEAD: &str = "From: ann@example.com\nSubject: x\nMessage-ID: <a@b>\n";

fn work(raw: &[u8]) -> usize {
    steps::take();
    let _ = read(raw, &reading());
    steps::take()
}

fn repeated(before: &str, piece: &str, count: usize, after: &str) -> Vec<u8> {
    format!("{before}{}{after}", piece.repeat(count)).into_bytes()
}

#[test]
fn twice_the_mail_is_about_twice_the_work() {
    let text = format!("{HEAD}\n");
    let html = format!("{HEAD}Content-Type: text/html\n\n");
    let mixed = format!("{HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\n\n");
    let cases: [(&str, &str, &str); 34] = [
        (&text, "a word and another\n", ""),
        (&text, "\n", ""),
        (&text, "> quoted\nanswer\n", ""),
        (&text, "On 2 Nov 2026 Ann <a@b>\n", ""),
        (&text, "From: a\nSent: b\n", ""),
        (&text, "begin 644 a\n#0V%T\n", ""),
        (&text, "=ybegin line=1 name=a\nx\n", ""),
        (&text, "Username: a\n", ""),
        (&text, "---------- Forwarded message ---------\n", ""),
        (&text, "[desk:", ""),
        (&text, "-- \n", ""),
        (&text, "\u{301}", ""),
        (&text, "--b\n", ""),
        (&mixed, "--b--\n", ""),
        (&mixed, "--bb\n", ""),
        (&html, "<b>", ""),
        (&html, "<p>x", ""),
        (&html, "<a href=x>", ""),
        (&html, "<!--", ""),
        (&html, "<a b=\"", ""),
        (&html, "<style>", ""),
        (&html, "&amp", ""),
        (&html, "&", ""),
        (&html, "<div id=gmail_quote>", "</div>"),
        (&html, "<blockquote>", ""),
        (&html, "</table></b>", ""),
        (&html, "<table><b>", ""),
        (&html, "<img src=cid:a>", ""),
        (HEAD, "X-A: b\n", "\nx"),
        (HEAD, "Subject: =?a?q?\n", "\nx"),
        ("From: ", "a@b.c, ", "\n\nx"),
        ("Subject: x\nFrom: ", "(", "\n\nx"),
        ("Subject: x\nReferences: ", "<a@b>", "\n\nx"),
        ("Subject: x\nContent-Type: text/plain; ", "a*0=b;", "\n\nx"),
    ];
    for (before, piece, after) in cases {
        let small = work(&repeated(before, piece, 1_000, after));
        let large = work(&repeated(before, piece, 2_000, after));
        assert!(large <= small * 2 + small / 4 + 2_000, "{piece:?}: {small} then {large}");
    }
}

#[test]
fn many_parts_and_many_files_are_no_more_work_than_they_are_bytes() {
    let mail = |count: usize| {
        let mut all = format!("{HEAD}Content-Type: multipart/mixed; boundary=b\n\n");
        for _ in 0..count {
            all.push_str("--b\nContent-Type: image/png; name=a.png\n\nxxxx\n");
        }
        all.push_str("--b--\n");
        all
    };
    let (small, large) = (work(mail(200).as_bytes()), work(mail(400).as_bytes()));
    assert!(large <= small * 5 / 2, "{small} then {large}");
    let letter = read(mail(400).as_bytes(), &reading()).unwrap();
    assert_eq!(letter.files.len(), 400);
    assert_eq!(read(mail(600).as_bytes(), &reading()).unwrap_err().code, "too_many_parts");
}

#[test]
fn every_limit_is_a_sentence_and_not_a_wait() {
    let large = vec![b'a'; LARGEST_MAIL + 1];
    assert_eq!(read(&large, &reading()).unwrap_err().code, "too_large");
    let headers = format!("{HEAD}X-Long: {}\n\nx", "y".repeat(1024 * 1024));
    assert_eq!(read(headers.as_bytes(), &reading()).unwrap_err().code, "headers_too_large");
    let text = format!("{HEAD}\n{}", "a line of text that is somewhat long\n".repeat(300_000));
    assert_eq!(read(text.as_bytes(), &reading()).unwrap_err().code, "text_too_large");
}

#[test]
fn the_largest_text_is_read_whole() {
    let body =
        "Eine Zeile mit Umlauten: äöü, und noch ein Wort.\n> und ein Zitat\n".repeat(170_000);
    let body = &body[..body.floor_char_boundary(LARGEST_TEXT - 10)];
    let mail = format!("{HEAD}Content-Type: text/plain; charset=utf-8\n\n{body}");
    let letter = read(mail.as_bytes(), &reading()).unwrap();
    assert!(letter.text.len() > LARGEST_TEXT - 100);
    assert_eq!(letter.fresh, letter.text, "answers between quotes keep everything");
}
