//! What the mail about a charge says, in every language.

use base::{Currency, Env, Language, Money, Tokens};
use billing::Site;
use billing::receipts::{Line, Receipt};
use identity::Customer;
use serde_json::json;

use super::letter;

fn env() -> Env {
    Env::fixed("2026-11-21T12:34:56Z".parse().unwrap(), 7)
}

fn site() -> Site {
    Site {
        name: "Velvet & Sons".to_owned(),
        base_url: "https://pay.velvet.example/".parse().unwrap(),
        support_mail: "help@velvet.example".to_owned(),
        legal_name: "Velvet & Sons ApS".to_owned(),
    }
}

fn customer(language: Language) -> Customer {
    Customer {
        id: env().id(),
        external_ref: None,
        email: Some("ana@example.org".to_owned()),
        name: Some("Ana <b>María</b>".to_owned()),
        language,
        country: None,
        version: 1,
        created_at: env().now(),
    }
}

fn receipt(number: &str) -> Receipt {
    let env = env();
    let (tokens, amount) = (Tokens::new(100).unwrap(), Money::new(1_250, Currency::EUR));
    Receipt {
        id: env.id(),
        number: number.to_owned(),
        payment: env.id(),
        attempt: env.id(),
        customer: env.id(),
        issued_at: env.now(),
        lines: vec![Line { pack: env.id(), code: "pack-100".to_owned(), tokens, amount }],
        total: amount,
        descriptor: "SEGPAY.COM *VELVET & S".to_owned(),
        card: None,
        processor: serde_json::from_value(json!({
            "name": "SegPay",
            "web": "https://cs.segpay.example/?a=1&b=2",
            "phones": [{ "number": "+1 866 450 4000", "paid_by": "house", "from": "US" }],
        }))
        .unwrap(),
        seller: "Velvet & Sons ApS".to_owned(),
        seller_mail: "help@velvet.example".to_owned(),
    }
}

#[test]
fn the_letter_in_every_language() {
    let charges = [receipt("2026-000043"), receipt("2026-000042")];
    for language in Language::ALL {
        let letter = letter::write(&site(), &customer(language), &charges).unwrap();
        for needed in ["2026-000043", "2026-000042", "SegPay", "12", "100", "+1 866 450 4000"] {
            assert!(letter.text.contains(needed), "{language}: {needed}\n{}", letter.text);
            assert!(letter.html.contains(needed), "{language}: {needed}\n{}", letter.html);
        }
        let who = format!(
            "https://pay.velvet.example/{language}/billing-support?line=SEGPAY%2ECOM%20%2AVELVET"
        );
        assert!(letter.text.contains(&who), "{}", letter.text);
        assert!(!letter.html.contains("<b>María"), "a name is no markup");
        assert!(!letter.text.contains("\n\n\n"), "{}", letter.text);
        for fetched in ["<img", "src=", "url(", "<link", "<script", "@import"] {
            assert!(!letter.html.contains(fetched), "{fetched} would be fetched");
        }
        insta::assert_snapshot!(
            format!("details_{language}"),
            format!("{}\n\n{}", letter.subject, letter.text)
        );
    }
}
