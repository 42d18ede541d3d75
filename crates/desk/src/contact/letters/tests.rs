//! What the mail with the link says, in every language, and what it never says.

use base::{Language, Timestamp};
use billing::Site;

use super::letter::{self, Facts, Proves};

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

#[test]
fn the_letter_in_every_language() {
    for language in Language::ALL {
        let link = format!("https://pay.velvet.example/{language}/case/secret");
        let facts = Facts {
            reference: "PD-7K3M-92QX-T",
            name: None,
            due: Some(at("2026-11-24T12:00:00Z")),
            link: link.clone(),
            until: at("2027-02-19T12:00:00Z"),
            proves: Proves::TheAddress,
        };
        let letter = letter::write(&site(), language, &facts).unwrap();
        assert_eq!(letter.text.matches(&link).count(), 1, "{}", letter.text);
        assert!(letter.html.contains(&format!("href=\"{link}\"")), "{}", letter.html);
        assert!(letter.subject.contains("PD-7K3M-92QX-T"), "{}", letter.subject);
        assert!(!letter.text.contains("\n\n\n"), "{}", letter.text);
        for fetched in ["<img", "src=", "url(", "<link", "<script", "@import"] {
            assert!(!letter.html.contains(fetched), "{fetched} would be fetched");
        }
        insta::assert_snapshot!(
            format!("link_{language}"),
            format!("{}\n\n{}", letter.subject, letter.text)
        );
    }
}

#[test]
fn who_is_known_is_greeted_and_need_not_prove_anything() {
    let facts = Facts {
        reference: "PD-7K3M-92QX-T",
        name: Some("Ana <b>María</b>"),
        due: None,
        link: "https://pay.velvet.example/en/case/secret".to_owned(),
        until: at("2027-02-19T12:00:00Z"),
        proves: Proves::Nothing,
    };
    let letter = letter::write(&site(), Language::En, &facts).unwrap();
    assert!(letter.text.starts_with("Hello Ana <b>María</b>,\n"), "{}", letter.text);
    assert!(!letter.html.contains("<b>María"), "a name is no markup");
    assert!(!letter.text.contains("confirm") && !letter.text.contains("by mistake"));
}
