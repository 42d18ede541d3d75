//! Goodwill: once for each key, spent like bought tokens, and never taken for money.

use base::{Actor, Stop, Tokens};
use processor::NoticeKind;
use store::Page;

use super::house::{House, stories};
use crate::Billing;
use crate::tokens::{self, Credit, Credited, EntryKind};

fn of(house: &House, tokens: i64, key: &str) -> Credit {
    Credit {
        customer: house.customer,
        tokens: Tokens::new(tokens).unwrap(),
        reason: "the show broke off".to_owned(),
        by: Actor::System,
        key: key.to_owned(),
    }
}

async fn give(house: &House, credit: Credit) -> Result<Credited, Stop> {
    asked(house.billing.clone(), credit).await
}

async fn asked(billing: Billing, credit: Credit) -> Result<Credited, Stop> {
    store::write!(billing.store, |tx| tokens::credit(tx, &billing, &credit).await)
}

fn code(answer: Result<Credited, Stop>) -> &'static str {
    answer.unwrap_err().refusal().unwrap().code
}

stories! {
    the_same_key_gives_once_and_never_something_else(house) {
        let first = give(house, of(house, 40, "case 1")).await.unwrap();
        let again = give(house, of(house, 40, "case 1")).await.unwrap();
        assert_eq!((first.earlier, again.earlier), (false, true));
        assert_eq!(first.given, again.given);
        assert_eq!(house.balance().await, 40);
        assert_eq!(code(give(house, of(house, 41, "case 1")).await), "credit_key_reused");
        let other = Credit { reason: "another".to_owned(), ..of(house, 40, "case 1") };
        assert_eq!(code(give(house, other).await), "credit_key_reused");
        assert_eq!(house.balance().await, 40);
        let told = house.events().await;
        assert_eq!(told.iter().filter(|kind| *kind == "wallet.credited").count(), 1);
    }

    a_credit_is_a_line_of_its_own_in_the_wallet_and_no_lot_of_a_payment(house) {
        house.paid().await;
        let given = give(house, of(house, 40, "case 1")).await.unwrap().given;
        assert_eq!(house.balance().await, 140);
        let page = Page::first(10);
        let history = tokens::history(&house.billing, house.customer, page).await.unwrap();
        let [newest, _] = &history[..] else { panic!("two lines: {history:?}") };
        assert_eq!((newest.kind, newest.tokens), (EntryKind::Goodwill, 40));
        assert_eq!((newest.credit, newest.payment, newest.tip), (Some(given.id), None, None));
        let mut reader = house.billing.store.read().await.unwrap();
        assert_eq!(tokens::lots_of(&mut reader, house.customer).await.unwrap().len(), 1);
        assert_eq!(tokens::given_to(&mut reader, house.customer).await.unwrap(), [given]);
        let long_ago = "2020-01-01T00:00:00Z".parse().unwrap();
        let sum = tokens::given_by_since(&mut reader, Actor::System, long_ago).await.unwrap();
        assert_eq!(sum.count(), 40);
    }

    what_was_given_is_spent_like_what_was_bought_and_the_books_hold_after_a_reversal(house) {
        let (_, attempt) = house.paid().await;
        give(house, of(house, 30, "case 1")).await.unwrap();
        house.leaves(house.tip(120)).await.outcome.unwrap();
        assert_eq!(house.balance().await, 10);
        house.hears(&[house.tells(&attempt, NoticeKind::Refunded, 1000)]).await;
        assert_eq!(house.balance().await, 0, "ten of the hundred could be taken back");
    }

    what_makes_no_credit_is_refused(house) {
        assert_eq!(code(give(house, of(house, 0, "k")).await), "credit_tokens_not_valid");
        assert_eq!(code(give(house, of(house, 1_000_001, "k")).await), "credit_tokens_not_valid");
        assert_eq!(code(give(house, of(house, 1, "")).await), "key_not_valid");
        let silent = Credit { reason: "  ".to_owned(), ..of(house, 1, "k") };
        assert_eq!(code(give(house, silent).await), "credit_reason_not_valid");
        let nobody = Credit { customer: house.billing.env.id(), ..of(house, 1, "k") };
        assert_eq!(code(give(house, nobody).await), "customer_not_found");
        assert_eq!(house.balance().await, 0);
    }

    many_who_give_under_one_key_at_once_give_once(house) {
        let mut askers = tokio::task::JoinSet::new();
        for _ in 0..8 {
            askers.spawn(asked(house.billing.clone(), of(house, 40, "case 1")));
        }
        let answers = askers.join_all().await;
        let new = answers.into_iter().filter(|answer| !answer.as_ref().unwrap().earlier).count();
        assert_eq!((new, house.balance().await), (1, 40));
    }
}
