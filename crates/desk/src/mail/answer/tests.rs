//! What answers and notices say in every language, and what they never say.

use base::{Language, Timestamp};
use billing::Site;

use super::letter::{self, Got, Said};

fn site() -> Site {
    Site {
        name: "Velvet & Sons".to_owned(),
        base_url: "https://pay.velvet.example/".parse().unwrap(),
        support_mail: "help@velvet.example".to_owned(),
        legal_name: "Velvet & Sons ApS".to_owned(),
    }
}

fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

fn said(language: Language) -> Said<'static> {
    Said {
        language,
        reference: "PD-7K3M-92QX-T",
        subject: Some("Re: where are my tokens <b>"),
        text: "Hello Ana,\nthey are there.\n\nBest,\nBo <i>",
        link: Some("https://pay.velvet.example/en/case/secret".to_owned()),
        left_behind: 2,
        word: "word0123",
        quoted: vec!["where are <my> tokens?".to_owned()],
    }
}

#[test]
fn an_answer_in_every_language() {
    for language in Language::ALL {
        let letter = letter::answer(&site(), said(language)).unwrap();
        assert_eq!(letter.subject, "Re: where are my tokens <b> [PD-7K3M-92QX-T]");
        assert!(letter.text.starts_with("##- "), "{}", letter.text);
        assert!(letter.text.contains("[desk:word0123] -##"), "{}", letter.text);
        assert!(letter.text.ends_with("> where are <my> tokens?"), "{}", letter.text);
        assert!(letter.html.contains("data-paydesk=\"word0123\""), "{}", letter.html);
        assert!(!letter.html.contains("<my>") && !letter.html.contains("<i>"), "escaped");
        for fetched in ["<img", "src=", "url(", "<link", "<script", "@import"] {
            assert!(!letter.html.contains(fetched), "{fetched} would be fetched");
        }
        insta::assert_snapshot!(
            format!("answer_{language}"),
            format!("{}\n\n{}", letter.subject, letter.text)
        );
    }
}

#[test]
fn an_answer_to_a_creator_says_nothing_of_the_customers_words() {
    let said = Said {
        subject: None,
        link: None,
        quoted: Vec::new(),
        left_behind: 0,
        ..said(Language::En)
    };
    let letter = letter::answer(&site(), said).unwrap();
    assert!(!letter.subject.contains("tokens"), "{}", letter.subject);
    assert!(letter.subject.contains("[PD-7K3M-92QX-T]"), "{}", letter.subject);
    assert!(!letter.text.contains("/case/") && !letter.text.contains("> "), "{}", letter.text);
}

#[test]
fn an_acknowledgment_in_every_language_repeats_nothing_to_a_stranger() {
    for language in Language::ALL {
        let got = |subject| Got {
            language,
            reference: "PD-7K3M-92QX-T",
            subject,
            due: Some(at("2026-11-24T12:00:00Z")),
            link: "https://pay.velvet.example/en/case/secret".to_owned(),
        };
        let stranger = letter::acknowledgment(&site(), &got(None)).unwrap();
        let known = letter::acknowledgment(&site(), &got(Some("my <words>"))).unwrap();
        assert!(!stranger.text.contains("words") && known.text.contains("my <words>"));
        assert!(!known.subject.contains("words") && !known.html.contains("<words>"));
        insta::assert_snapshot!(
            format!("ack_{language}"),
            format!("{}\n\n{}", known.subject, known.text)
        );
        let large = letter::too_large(&site(), language, 35).unwrap();
        assert!(large.text.contains("35"), "{}", large.text);
        insta::assert_snapshot!(
            format!("large_{language}"),
            format!("{}\n\n{}", large.subject, large.text)
        );
    }
}
