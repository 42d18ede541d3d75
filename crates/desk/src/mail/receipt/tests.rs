//! What the mail of a receipt says, in every language.

use base::{Currency, Env, Language, Money, Tokens};
use billing::Site;
use billing::receipts::{Line, Receipt};
use identity::Customer;
use processor::SupportContact;
use store::scratch::Scratch;
use store::{Engine, Page};

use super::{ReceiptListener, letter};
use crate::mail::{self, Post};

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

fn receipt(tokens: i64, minor: i64) -> Receipt {
    let env = env();
    let (tokens, amount) = (Tokens::new(tokens).unwrap(), Money::new(minor, Currency::EUR));
    Receipt {
        id: env.id(),
        number: "2026-000042".to_owned(),
        payment: env.id(),
        attempt: env.id(),
        customer: env.id(),
        issued_at: env.now(),
        lines: vec![Line { pack: env.id(), code: "pack-100".to_owned(), tokens, amount }],
        total: amount,
        descriptor: "SEGPAY.COM *VELVET & S  +18664504000".to_owned(),
        card: None,
        processor: SupportContact {
            name: "SegPay".to_owned(),
            web: Some("https://cs.segpay.example/?a=1&b=2".to_owned()),
            mail: Some("help@segpay.example".to_owned()),
            phones: vec!["+1 866 450 4000 (free in the US)".to_owned()],
            hours: Some("24 hours".to_owned()),
        },
        seller: "Velvet & Sons ApS".to_owned(),
        seller_mail: "help@velvet.example".to_owned(),
    }
}

#[test]
fn the_letter_in_every_language() {
    for language in Language::ALL {
        let letter = letter::write(&site(), &customer(language), &receipt(100, 1_250)).unwrap();
        let whole = format!("{}\n\n{}\n{}", letter.subject, letter.text, letter.html);
        insta::assert_snapshot!(format!("receipt_{language}"), whole);
    }
}

#[test]
fn everything_a_customer_needs_stands_in_both_forms() {
    for language in Language::ALL {
        let receipt = receipt(100, 1_250);
        let customer = customer(language);
        let letter = letter::write(&site(), &customer, &receipt).unwrap();
        let link = format!("https://pay.velvet.example/{language}/receipt/{}", receipt.payment);
        for needed in [
            "2026-000042",
            "SEGPAY.COM *VELVET & S  +18664504000",
            "100",
            "12",
            "SegPay",
            "help@segpay.example",
            "+1 866 450 4000",
            "help@velvet.example",
            "Velvet & Sons ApS",
            "2026",
            &link,
        ] {
            assert!(letter.text.contains(needed), "{language}: {needed}\n{}", letter.text);
            let escaped = needed.replace('&', "&#38;");
            assert!(letter.html.contains(&escaped), "{language}: {needed}\n{}", letter.html);
        }
        assert!(letter.subject.contains("2026-000042"), "{}", letter.subject);
        assert!(letter.html.contains(&format!("href=\"{link}\"")), "{}", letter.html);
        assert!(letter.html.contains(&format!("<html lang=\"{language}\">")));
        assert!(!letter.html.contains("<b>María"), "a name is no markup");
        for fetched in ["<img", "src=", "url(", "<link", "<script", "@import"] {
            assert!(!letter.html.contains(fetched), "{fetched} would be fetched");
        }
    }
}

#[test]
fn what_is_not_known_leaves_no_hole() {
    let mut receipt = receipt(1, 100);
    receipt.processor = SupportContact { name: "Sandbox".to_owned(), ..SupportContact::default() };
    let customer = Customer { name: None, ..customer(Language::En) };
    let letter = letter::write(&site(), &customer, &receipt).unwrap();
    assert!(letter.text.starts_with("Hello,\n\nThank you. You paid €1.00 for 1 token;"));
    assert!(!letter.text.contains("reach"), "{}", letter.text);
    assert!(!letter.text.contains("\n\n\n"), "{}", letter.text);
}

#[tokio::test]
async fn a_receipt_is_written_once_and_only_to_who_gave_an_address() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let scratch = Scratch::new(engine).await;
        let listener = ReceiptListener::new(env(), site(), Post::Kept);
        let (receipt, ana) = (receipt(100, 1_250), customer(Language::De));
        let unknown = Customer { email: None, ..ana.clone() };
        let broken = Customer { email: Some("ana@example.org\r\nx".to_owned()), ..ana.clone() };
        for customer in [&unknown, &broken, &ana, &ana] {
            let written = store::write!(scratch.store, |tx| {
                Ok(listener.write(tx, customer, &receipt).await?)
            });
            written.unwrap();
        }
        let mut reader = scratch.store.read().await.unwrap();
        let mails = mail::list(&mut reader, Page::first(10)).await.unwrap();
        let [mail] = &mails[..] else { panic!("one mail, not {}", mails.len()) };
        assert_eq!((mail.to.as_str(), mail.language), ("ana@example.org", Language::De));
        assert_eq!(mail.about, Some(receipt.payment.to_string()));
        assert_eq!(mail.message_id, format!("{}@pay.velvet.example", mail.id));
    }
}
