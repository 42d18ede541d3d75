//! What a customer is told of a payment, in each way it can stand.

use base::{Language, Tokens};
use processor::FoundState;

use super::looks;
use super::world::{ENGINES, Start, World};
use crate::customer::checkout::Standing;
use crate::customer::checkout::outcome::Page;
use crate::layout::Frame;

#[tokio::test]
async fn nothing_is_called_paid_without_proof() {
    let table = [
        (Start::Link, FoundState::Waiting, "Your payment is being confirmed"),
        (Start::Link, FoundState::Declined, "The payment did not go through"),
        (Start::Link, FoundState::Paid, "Paid. Thank you!"),
        (Start::Declined, FoundState::Waiting, "The payment did not go through"),
        (Start::Lost, FoundState::Waiting, "We are checking with Paper &#38; Sons"),
    ];
    for engine in ENGINES {
        for (start, found, title) in table {
            let world = World::new(engine).await;
            *world.paper.start.lock().unwrap() = start;
            *world.paper.found.lock().unwrap() = found;
            let ana = world.browser_of(world.ana).await;
            let shop = ana.get("/en/?currency=EUR").await;
            let checkout = ana.fill("/en/buy", &shop.form("/buy"), &[]).await.leads();
            let review = ana.get(&checkout).await;
            let path = checkout.split('?').next().unwrap();
            ana.fill(&format!("{path}/pay"), &review.form("/pay"), &[]).await.is(303);
            let outcome = ana.get(&format!("{path}/return")).await.is(200).page("en");
            assert!(looks::text(&outcome.text).contains(title), "{start:?} {found:?}: {title}");
            let paid = outcome.text.contains("/en/receipt/");
            assert_eq!(paid, found == FoundState::Paid, "{start:?} {found:?}");
        }
    }
}

#[test]
fn every_outcome_is_told_in_every_language() {
    let declined = |again| Standing::Declined { cause: "expired_card".into(), again };
    let standings = [
        Standing::Paid,
        Standing::Confirming,
        Standing::Unknown,
        Standing::ToPay { begun: true },
        declined(true),
        declined(false),
        Standing::Attention,
        Standing::GivenUp,
        Standing::Expired,
    ];
    for language in Language::ALL {
        for standing in standings.clone() {
            let page = Page {
                frame: Frame::sample(language, "Title"),
                again: (standing == Standing::Confirming).then_some(2),
                processor: "Paper <& Sons>".into(),
                reason: "Because.".into(),
                tokens: Tokens::new(600).unwrap(),
                balance: Tokens::new(600),
                checkout_path: "/x".into(),
                receipt_path: "/y".into(),
                home: Some("https://site.example/?a=1&b=2".into()),
                step: 3,
                standing,
            };
            looks::check(&askama::Template::render(&page).unwrap(), language.tag());
        }
    }
}
