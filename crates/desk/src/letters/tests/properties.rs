//! Whatever bytes are sent: nothing panics, nothing is lost, nothing shown can do harm.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::letters::html;
use crate::letters::{charset, fresh};

/// What must be true of everything that is read.
fn hold_to_promises(raw: &[u8]) {
    let Ok(letter) = read(raw, &reading()) else { return };
    let lines: std::collections::HashSet<&str> = letter.text.split('\n').collect();
    for line in letter.fresh.split('\n') {
        assert!(lines.contains(line), "{line:?} is no line of the text");
    }
    assert_eq!(letter.text.trim().is_empty(), letter.fresh.trim().is_empty());
    if let Some(shown) = &letter.html {
        html::assert_harmless(shown);
    }
    let text = &letter.text;
    assert!(!text.contains(['\0', '\r']), "controls are left in {text:?}");
    assert_eq!(&charset::tidy(text), text, "text is composed");
    let mut names = std::collections::HashSet::new();
    for file in &letter.files {
        let name = &file.safe_name;
        assert!(names.insert(name.to_lowercase()), "{name} twice");
        assert!(!name.is_empty() && name.chars().count() <= 230, "{name}");
        assert!(!name.contains(['/', '\\', '\0', '\n', '\u{202E}']), "{name}");
        assert_eq!(file.size, file.bytes.len());
    }
    assert!(!letter.message_id.is_empty());
    let told = explain(&Ok(letter));
    assert_eq!(told["readable"], true);
}

/// Pieces that mean something to one step or another.
const PIECES: [&str; 48] = [
    "\n",
    "\r\n",
    "\n\n",
    " ",
    ":",
    ";",
    "=",
    "\"",
    "<",
    ">",
    "(",
    ")",
    "--b",
    "--b--",
    "\n--b\n",
    "\n--b--\n",
    "Content-Type: multipart/mixed; boundary=b\n\n",
    "Content-Type: multipart/alternative; boundary=\"b\"\n",
    "Content-Type: text/html\n\n",
    "Content-Transfer-Encoding: base64\n",
    "Content-Transfer-Encoding: quoted-printable\n",
    "Content-Disposition: attachment; filename*0*=utf-8''%C3;filename*1=x\n",
    "Content-Type: message/rfc822\n\n",
    "Content-Type: message/delivery-status\n\n",
    "Content-Type: application/ms-tnef\n\n",
    "From: ",
    "Subject: ",
    "=?utf-8?Q?",
    "=?utf-8?B?",
    "?=",
    "=C3",
    "\u{202E}",
    "\u{301}",
    "é",
    "\0",
    "<script>",
    "</script>",
    "<img src=",
    "cid:",
    "<a href='",
    "javascript:",
    " onclick=x",
    "<style>",
    "<!--",
    "-->",
    "> ",
    "On 2 Nov 2026 a@b wrote:\n",
    "begin 644 a\n",
];

fn soup() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => prop::sample::select(&PIECES[..]).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => vec(any::<u8>(), 0..12),
        1 => "[a-z@. ]{0,12}".prop_map(String::into_bytes),
    ];
    vec(piece, 0..80).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(raw in vec(any::<u8>(), 0..2_000)) {
        hold_to_promises(&raw);
        let with_head = [b"From: a@b.c\n".as_slice(), &raw].concat();
        hold_to_promises(&with_head);
    }

    #[test]
    fn any_soup_of_meaningful_pieces_is_read_or_refused(raw in soup()) {
        let with_head = [b"From: a@b.c\nSubject: x\n".as_slice(), &raw].concat();
        hold_to_promises(&with_head);
    }

    #[test]
    fn html_of_any_kind_is_shown_without_harm(raw in soup()) {
        let page = String::from_utf8_lossy(&raw).into_owned();
        if let Some(shown) = html::clean(&page).html {
            html::assert_harmless(&shown);
            // What was cleaned once stays harmless when it is cleaned again.
            html::assert_harmless(&html::clean(&shown).html.unwrap_or_default());
        }
    }

    #[test]
    fn new_text_is_made_of_lines_of_the_text(
        lines in vec(prop::sample::select(&[
            "", " ", "word", "> quoted", ">", "-- ", "--", "Sent from my iPhone",
            "On 2 Nov 2026 a@b wrote:", "From: a", "Sent: b", "To: c", "Subject: d",
            "-----Original Message-----", "________________________________", "##- line -##",
        ][..]), 0..25),
    ) {
        let whole = lines.join("\n");
        let fresh = fresh::fresh(&whole, fresh::Purpose::Answer, None);
        for line in fresh.split('\n') {
            prop_assert!(whole.split('\n').any(|one| one == line));
        }
        prop_assert_eq!(fresh.trim().is_empty(), whole.trim().is_empty());
    }
}

#[test]
fn samples_with_bytes_changed_moved_and_cut_are_read_or_refused() {
    let mut chance = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = |below: usize| {
        chance ^= chance << 13;
        chance ^= chance >> 7;
        chance ^= chance << 17;
        usize::try_from(chance % u64::try_from(below.max(1)).unwrap()).unwrap()
    };
    for (name, _) in table::ROWS {
        let whole = sample(name);
        hold_to_promises(&whole);
        for _ in 0..12 {
            let mut raw = whole.clone();
            for _ in 0..1 + next(8) {
                let at = next(raw.len());
                match next(4) {
                    0 => raw[at] = u8::try_from(next(256)).unwrap(),
                    1 => raw.truncate(at.max(1)),
                    2 => {
                        let piece = PIECES[next(PIECES.len())].bytes();
                        raw.splice(at..at, piece);
                    }
                    _ => {
                        let end = (at + next(200)).min(raw.len());
                        let piece = raw[at..end].to_vec();
                        let to = next(raw.len());
                        raw.splice(to..to, piece);
                    }
                }
            }
            hold_to_promises(&raw);
        }
    }
}
