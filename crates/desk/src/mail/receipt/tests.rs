//! What the mail of a receipt says, in every language.

use std::sync::Arc;

use base::{Currency, Env, Language, Money, Tokens};
use billing::Site;
use billing::receipts::{Line, Receipt};
use identity::Customer;
use serde_json::json;
use store::outbox::{self, Event, FanOut};
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
        processor: serde_json::from_value(json!({
            "name": "SegPay",
            "web": "https://cs.segpay.example/?a=1&b=2",
            "mail": "help@segpay.example",
            "phones": [{ "number": "+1 866 450 4000", "paid_by": "house", "from": "US" }],
            "hours": "24 hours",
        }))
        .unwrap(),
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
    receipt.processor = serde_json::from_value(json!({ "name": "Sandbox" })).unwrap();
    let customer = Customer { name: None, ..customer(Language::En) };
    let letter = letter::write(&site(), &customer, &receipt).unwrap();
    assert!(letter.text.starts_with("Hello,\n\nThank you. You paid €1.00 for 1 token;"));
    assert!(!letter.text.contains("directly"), "{}", letter.text);
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

/// A captured payment and its receipt as billing leaves them.
async fn captured(scratch: &Scratch, receipt: &Receipt, ana: &Customer) {
    let (id, zero) = (receipt.payment, 0_i64);
    let now = receipt.issued_at;
    let body = serde_json::to_string(receipt).unwrap();
    store::write!(scratch.store, |tx| {
        let sql = "INSERT INTO customers (id, email, language, created_at)
                   VALUES ($1, $2, $3, $4)";
        tx.execute(sql, (receipt.customer, ana.email.clone(), ana.language, now)).await?;
        let sql = "INSERT INTO token_packs (id, code, tokens, prices, active, created_at)
                   VALUES ($1, 'pack-100', 100, '[]', 1, $2)";
        tx.execute(sql, (receipt.lines[0].pack, now)).await?;
        let sql = "INSERT INTO payments (id, customer, checkout, pack, tokens, amount, currency,
                   state, authorized, captured, refunded, disputed, outcome_known, version,
                   created_at, updated_at) VALUES ($1, $2, 'chk', $3, 100, 1250, 'EUR', 'captured',
                   1250, 1250, $4, $4, 1, 1, $5, $5)";
        tx.execute(sql, (id, receipt.customer, receipt.lines[0].pack, zero, now)).await?;
        let sql = "INSERT INTO attempts (id, payment, account, state, amount, currency, captured,
                   refunded, disputed, provisional, version, created_at, updated_at, expires_at)
                   VALUES ($1, $2, 'segpay', 'captured', 1250, 'EUR', 1250, 0, 0, 0, 1, $3, $3,
                   $3)";
        tx.execute(sql, (receipt.attempt, id, now)).await?;
        let sql = "INSERT INTO receipts (id, number, payment, attempt, body, issued_at)
                   VALUES ($1, $2, $3, $4, $5, $6)";
        let args = (receipt.id, &receipt.number, id, receipt.attempt, body.as_str(), now);
        tx.execute(sql, args).await?;
        Ok(())
    })
    .unwrap();
}

#[tokio::test]
async fn a_capture_is_heard_once_and_anything_else_is_let_pass() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let scratch = Scratch::new(engine).await;
        let receipt = receipt(100, 1_250);
        captured(&scratch, &receipt, &customer(Language::Fr)).await;
        let env = env();
        let tell = async |kind: &'static str, body: serde_json::Value| {
            let event = Event {
                id: env.id(),
                kind: kind.into(),
                subject: receipt.payment.to_string(),
                sequence: 1,
                body,
                created_at: env.now(),
            };
            store::write!(scratch.store, |tx| Ok(outbox::tell(tx, &event).await?)).unwrap();
        };
        let payment = json!({ "id": receipt.payment, "customer": receipt.customer, "more": 1 });
        tell("payment.captured", payment.clone()).await;
        tell("payment.captured", payment.clone()).await;
        tell("payment.failed", payment).await;
        tell("tip.left", json!({ "id": "tip_x" })).await;
        tell("payment.captured", json!({ "id": env.id::<base::id::Payment>() })).await;
        let listener = Arc::new(ReceiptListener::new(env.clone(), site(), Post::Kept));
        let fan_out = FanOut::new(scratch.store.clone(), env.clone(), vec![listener]);
        fan_out.run_until_idle().await.unwrap();
        let mut reader = scratch.store.read().await.unwrap();
        let mails = mail::list(&mut reader, Page::first(10)).await.unwrap();
        assert_eq!(mails.len(), 1);
        assert!(mails[0].subject.starts_with("Votre reçu 2026-000042"), "{}", mails[0].subject);
        let left = outbox::unheard_count(&mut reader).await.unwrap();
        assert_eq!(left, 1, "the capture without a receipt waits to be heard again");
    }
}
