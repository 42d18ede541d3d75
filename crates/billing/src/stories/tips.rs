//! Tips: once, however often they are asked for, and never more than there is.

use std::sync::Arc;

use crate::tips::{self, Ask, Left, Replay};
use crate::tokens;
use base::{Refusal, Tokens};
use store::Page;

use super::house::{House, stories};

fn render(outcome: &Result<Left, Refusal>) -> (u16, String) {
    match outcome {
        Ok(left) => (201, format!("{} {}", left.tip.id, left.balance.count())),
        Err(refusal) => (409, refusal.code.to_owned()),
    }
}

fn with_key(ask: Ask, key: &str, fingerprint: &str) -> Ask {
    let replay = Replay {
        key: key.to_owned(),
        fingerprint: fingerprint.to_owned(),
        render: Arc::new(render),
    };
    Ask { replay: Some(replay), ..ask }
}

fn code(answer: &tips::Answer) -> &'static str {
    answer.outcome.as_ref().map_or_else(|no| no.code, |_| "left")
}

stories! {
    a_tip_goes_from_the_wallet_to_the_creator_and_the_house(house) {
        house.paid().await;
        let answer = house.leaves(house.tip(25)).await;
        let left = answer.outcome.unwrap();
        assert_eq!((left.balance.count(), left.earlier), (75, false));
        assert_eq!(left.tip.creator_share.count(), 15);
        assert_eq!(house.balance().await, 75);
        assert!(house.events().await.contains(&"tip.left".to_owned()));
        let page = Page::first(10);
        let history = tokens::history(&house.billing, house.customer, page).await.unwrap();
        assert_eq!(history.len(), 2, "a tip is one line");
        assert_eq!((history[0].tokens, history[0].creator), (-25, Some(house.creator)));
    }

    the_same_tip_again_is_the_same_tip(house) {
        house.paid().await;
        let ask = house.tip(25);
        house.leaves(ask.clone()).await.outcome.unwrap();
        let again = house.leaves(ask.clone()).await.outcome.unwrap();
        assert_eq!((again.earlier, again.balance.count()), (true, 75));
        let other = Ask { tokens: Tokens::new(26).unwrap(), ..ask.clone() };
        assert_eq!(code(&house.leaves(other).await), "id_reused");
        let (one, two) = tokio::join!(
            house.leaves(Ask { id: house.billing.env.id(), ..ask.clone() }),
            house.leaves(ask),
        );
        assert!(one.outcome.is_ok() && two.outcome.unwrap().earlier);
        assert_eq!(house.balance().await, 50);
    }

    a_tip_the_wallet_cannot_pay_may_be_asked_for_again_after_buying(house) {
        let ask = house.tip(25);
        assert_eq!(code(&house.leaves(ask.clone()).await), "not_enough_tokens");
        assert_eq!(code(&house.leaves(ask.clone()).await), "not_enough_tokens");
        house.paid().await;
        assert_eq!(code(&house.leaves(ask).await), "left");
        assert_eq!(code(&house.leaves(house.tip(76)).await), "not_enough_tokens");
        assert_eq!(house.balance().await, 75);
    }

    nobody_tips_from_or_to_a_stranger(house) {
        house.paid().await;
        let stranger = house.billing.env.id();
        let answer = house.leaves(Ask { customer: stranger, ..house.tip(1) }).await;
        assert_eq!(code(&answer), "customer_not_found");
        let stranger = house.billing.env.id();
        let answer = house.leaves(Ask { creator: stranger, ..house.tip(1) }).await;
        assert_eq!(code(&answer), "creator_not_found");
        let no = tips::leave(&house.billing, house.tip(0)).await.unwrap_err();
        assert_eq!(no.refusal().unwrap().code, "tokens_not_valid");
        let long = Some("å".repeat(281));
        let no = tips::leave(&house.billing, Ask { note: long, ..house.tip(1) }).await;
        assert_eq!(no.unwrap_err().refusal().unwrap().code, "note_too_long");
    }

    a_request_with_a_key_gets_the_answer_it_got(house) {
        house.paid().await;
        let ask = with_key(house.tip(25), "key-1", "print-1");
        let first = house.leaves(ask.clone()).await;
        assert_eq!(first.replayed, None);
        house.leaves(house.tip(10)).await.outcome.unwrap();
        let again = house.leaves(ask.clone()).await;
        let kept = format!("{} 75", ask.id);
        assert_eq!(again.replayed, Some((201, kept)), "as it was then, not as it is now");
        let other = with_key(house.tip(1), "key-1", "print-2");
        assert_eq!(code(&house.leaves(other).await), "idempotency_key_reused");
        let poor = with_key(house.tip(1_000), "key-2", "print-3");
        assert_eq!(code(&house.leaves(poor.clone()).await), "not_enough_tokens");
        let again = house.leaves(poor).await;
        assert_eq!(again.replayed, Some((409, "not_enough_tokens".to_owned())));
        assert_eq!(house.balance().await, 65);
    }

    one_key_pressed_by_many_at_once_is_one_tip(house) {
        house.paid().await;
        let ask = with_key(house.tip(25), "key-1", "print-1");
        let answers = many(house, 16, |_| ask.clone()).await;
        assert!(answers.iter().all(|answer| code(answer) == "left"));
        assert_eq!(house.balance().await, 75);
    }

    sixty_four_callers_cannot_overdraw_a_wallet(house) {
        house.paid().await;
        let answers = many(house, 64 * 4, |_| house.tip(3)).await;
        let left = answers.iter().filter(|answer| code(answer) == "left").count();
        assert_eq!(left, 33);
        assert!(answers.iter().all(|one| matches!(code(one), "left" | "not_enough_tokens")));
        let least = answers.iter().filter_map(|one| one.outcome.as_ref().ok());
        let mut balances: Vec<i64> = least.map(|left| left.balance.count()).collect();
        balances.sort_unstable();
        let expected: Vec<i64> = (0..33).map(|nth| 1 + 3 * nth).collect();
        assert_eq!(balances, expected, "each was told what was left after its own tip");
        assert_eq!(house.balance().await, 1);
        let mut reader = house.billing.store.read().await.unwrap();
        let filter = tips::Filter { customer: Some(house.customer), creator: None };
        let listed = tips::list(&mut reader, &filter, Page::first(100)).await.unwrap();
        assert_eq!(listed.len(), 33);
    }

    a_history_is_read_page_by_page_both_ways(house) {
        house.paid().await;
        for tokens in 1..=9 {
            house.leaves(house.tip(tokens)).await.outcome.unwrap();
            house.billing.env.clock.advance(base::SignedDuration::from_secs(1));
        }
        let read = async |page| {
            tokens::history(&house.billing, house.customer, page).await.unwrap()
        };
        let all = read(Page::first(100)).await;
        let amounts: Vec<i64> = all.iter().map(|entry| entry.tokens).collect();
        assert_eq!(amounts, [-9, -8, -7, -6, -5, -4, -3, -2, -1, 100]);
        let mut page = Page::first(3);
        let mut walked = Vec::new();
        loop {
            let part = read(page.clone()).await;
            let Some(last) = part.last() else { break };
            page.after = Some(last.cursor());
            walked.extend(part);
        }
        assert_eq!(walked, all);
        let before = Page { limit: 2, after: None, before: Some(all[5].cursor()) };
        assert_eq!(read(before).await, all[3..5]);
    }
}

/// Asks of many callers at once.
async fn many(house: &House, count: usize, ask: impl Fn(usize) -> Ask) -> Vec<tips::Answer> {
    let mut callers = tokio::task::JoinSet::new();
    for nth in 0..count {
        let (billing, ask) = (house.billing.clone(), ask(nth));
        callers.spawn(async move { tips::leave(&billing, ask).await.unwrap() });
    }
    callers.join_all().await
}
