//! A purchase from the choice to the receipt, and everything that may come twice on the way.

use crate::payments::{self, AttemptState, OperationState, PaymentState};
use crate::{checkouts, notices::Filed, receipts, tokens};
use base::Actor;
use processor::GoTo;
use store::Page;

use super::house::{House, dollars, stories};

stories! {
    a_customer_buys_tokens_and_gets_a_receipt(house) {
        let (payment, attempt) = house.started().await;
        assert_eq!(payment.state, PaymentState::RequiresAction);
        assert_eq!(house.balance().await, 0, "a hold is no money");
        let row = house.hears(&[house.yes(&attempt)]).await;
        assert_eq!((row.filed, row.payment), (Filed::Applied, Some(payment.id)));
        assert!(row.headers.iter().all(|(name, _)| name != "authorization"));
        let payment = house.payment(payment.id).await;
        assert_eq!((payment.state, payment.captured), (PaymentState::Captured, dollars(1000)));
        assert_eq!(house.balance().await, 100);
        let mut reader = house.billing.store.read().await.unwrap();
        let receipt = receipts::of_payment(&mut reader, payment.id).await.unwrap().unwrap();
        assert_eq!((receipt.number.as_str(), receipt.total), ("2026-000001", dollars(1000)));
        assert_eq!(receipt.descriptor, "HOUSE*TOKENS");
        assert_eq!(receipt.processor.name, "Fake Pay");
        let lots = tokens::lots_of(&mut reader, house.customer).await.unwrap();
        assert_eq!((lots.len(), lots[0].price), (1, dollars(1000)));
        let calls = payments::operations_of(&mut reader, payment.id).await.unwrap();
        assert_eq!(calls[0].state, OperationState::Succeeded);
        assert!(calls[0].proof.as_ref().unwrap().starts_with("notice ntc_"));
        let checkout = checkouts::of_payment(&mut reader, payment.id).await.unwrap().unwrap();
        assert_eq!(checkout.state, checkouts::CheckoutState::Paid);
        let history = tokens::history(&house.billing, house.customer, Page::first(10)).await;
        let history = history.unwrap();
        assert_eq!((history.len(), history[0].tokens), (1, 100));
        assert_eq!(history[0].payment, Some(payment.id));
        let mut events = house.events().await;
        events.sort();
        assert_eq!(events, [
            "checkout.opened", "payment.captured", "payment.processing",
            "payment.requires_action", "wallet.credited",
        ]);
        house.later(3 * 86_400).await;
        let open = store::jobs::open_count(&mut house.billing.store.read().await.unwrap()).await;
        assert_eq!(open.unwrap(), 0);
    }

    receipts_are_numbered_without_a_gap(house) {
        for nth in 1..=3 {
            let (payment, _) = house.paid().await;
            let mut reader = house.billing.store.read().await.unwrap();
            let receipt = receipts::of_payment(&mut reader, payment.id).await.unwrap().unwrap();
            assert_eq!(receipt.number, format!("2026-{nth:06}"));
        }
    }

    the_pay_button_pressed_twice_asks_the_processor_once(house) {
        let payment = house.checkout().await;
        *house.fake.slow.lock().unwrap() = std::time::Duration::from_millis(150);
        let (one, two) = tokio::join!(house.start(payment.id), house.start(payment.id));
        let ((one, to), (two, and_to)) = (one.unwrap(), two.unwrap());
        assert_eq!((one.id, to.clone()), (two.id, and_to));
        let (third, again_to) = house.start(payment.id).await.unwrap();
        assert_eq!((third.id, again_to), (one.id, to));
        assert_eq!(house.fake.started(), 1);
    }

    the_processor_gets_our_operation_as_key_and_the_attempt_as_reference(house) {
        let (payment, attempt) = house.started().await;
        let asked = house.fake.asked.lock().unwrap()[0].clone();
        let mut reader = house.billing.store.read().await.unwrap();
        let calls = payments::operations_of(&mut reader, payment.id).await.unwrap();
        assert_eq!((asked.key, asked.reference), (calls[0].id.to_string(), attempt.id.to_string()));
        assert_eq!(asked.postback_url, "https://house.example/postbacks/fake/a-secret-of-our-own");
        assert!(attempt.reference.len() <= 32);
        assert_eq!(asked.product, "tokens-100");
    }

    a_postback_before_our_own_answer_is_booked_and_the_customer_is_sent_back(house) {
        let payment = house.checkout().await;
        *house.fake.slow.lock().unwrap() = std::time::Duration::from_millis(400);
        let start = house.start(payment.id);
        let hear = async {
            loop {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                let mut reader = house.billing.store.read().await.unwrap();
                let open = payments::attempts_of(&mut reader, payment.id).await.unwrap();
                if let Some(attempt) = open.into_iter().next() {
                    break house.hears(&[house.yes(&attempt)]).await;
                }
            }
        };
        let (started, row) = tokio::join!(start, hear);
        let (attempt, go_to) = started.unwrap();
        assert_eq!(row.filed, Filed::Applied, "{:?}", row.reason);
        assert_eq!(attempt.state, AttemptState::Captured);
        assert_eq!(go_to, GoTo::Link("https://house.example/return".to_owned()));
        assert_eq!(house.balance().await, 100);
    }

    a_paid_or_canceled_payment_cannot_be_started_again(house) {
        let (payment, _) = house.paid().await;
        let no = house.start(payment.id).await.unwrap_err();
        assert_eq!(no.refusal().unwrap().code, "payment_closed");
        let other = house.checkout().await;
        payments::cancel(&house.billing, other.id, Actor::Customer(house.customer)).await.unwrap();
        let no = house.start(other.id).await.unwrap_err();
        assert_eq!(no.refusal().unwrap().code, "payment_closed");
        let no = payments::cancel(&house.billing, payment.id, Actor::System).await.unwrap_err();
        assert_eq!(no.refusal().unwrap().code, "payment_not_cancelable");
    }

    a_checkout_opens_with_its_own_secret_only(house) {
        let new = checkouts::NewCheckout {
            customer: house.customer,
            pack: house.pack.id,
            currency: base::Currency::USD,
            language: base::Language::De,
            return_url: None,
            account: None,
        };
        let (checkout, _, secret) = checkouts::open(&house.billing, new.clone()).await.unwrap();
        let (_, _, other) = checkouts::open(&house.billing, new.clone()).await.unwrap();
        let mut reader = house.billing.store.read().await.unwrap();
        let found = checkouts::find_by_secret(&mut reader, checkout.id, &secret).await.unwrap();
        assert_eq!(found.unwrap().id, checkout.id);
        let found = checkouts::find_by_secret(&mut reader, checkout.id, &other).await.unwrap();
        assert!(found.is_none());
        let url = checkouts::url(&house.billing.site, checkout.language, &checkout, &secret);
        let (id, key) = (checkout.id, secret.reveal());
        let expected = format!("https://house.example/de/checkout/{id}?key={key}");
        assert_eq!(url.as_str(), expected);
        let euros = checkouts::NewCheckout { currency: base::Currency::EUR, ..new };
        let no = checkouts::open(&house.billing, euros).await.unwrap_err();
        assert_eq!(no.refusal().unwrap().code, "not_sold_in_currency");
    }
}
