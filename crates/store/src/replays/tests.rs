//! How this room behaves on both databases.

use base::{Kind, Refusal, Stop, Timestamp};
use jiff::SignedDuration;

use super::{Begun, Replay, Stored, begin, finish, forget_before, give_up, look_up, record_many};
use crate::scratch::Scratch;
use crate::test_both::on_both;

const NO: Refusal = Refusal::new(Kind::Rule, "no", "no");
const NOW: Timestamp = Timestamp::UNIX_EPOCH;

on_both! {
    the_same_request_again_gets_the_same_answer
    a_refused_deed_leaves_its_key_free
    a_request_without_an_answer_is_running
    a_request_that_was_given_up_leaves_its_key_free
    many_at_once_do_it_once
    many_are_recorded_and_looked_up_together
    the_old_are_forgotten
    an_answer_that_names_somebody_can_be_emptied
    keys_and_answers_have_limits
}

async fn the_same_request_again_gets_the_same_answer(scratch: Scratch) {
    let store = &scratch.store;
    let first = crate::write!(store, |tx| {
        let begun = begin(tx, NOW, "key", "request").await?;
        finish(tx, "key", 201, "{\"id\":\"tip_1\"}").await?;
        Ok(begun)
    });
    assert_eq!(first.unwrap(), Begun::New);
    let again = crate::write!(store, |tx| Ok(begin(tx, NOW, "key", "request").await?)).unwrap();
    assert_eq!(again, Begun::Finished { status: 201, body: "{\"id\":\"tip_1\"}".to_owned() });
    let other = crate::write!(store, |tx| Ok(begin(tx, NOW, "key", "another").await?)).unwrap();
    assert_eq!(other, Begun::OtherRequest);
    let twice = crate::write!(store, |tx| Ok(finish(tx, "key", 200, "").await?));
    assert!(twice.is_err(), "an answer is given once");
    let unknown = crate::write!(store, |tx| Ok(finish(tx, "nobody's", 200, "").await?));
    assert!(unknown.is_err());
}

async fn a_refused_deed_leaves_its_key_free(scratch: Scratch) {
    let store = &scratch.store;
    let refused: Result<(), Stop> = crate::write!(store, |tx| {
        begin(tx, NOW, "key", "request").await?;
        Err(NO.into())
    });
    assert!(refused.is_err());
    let again = crate::write!(store, |tx| Ok(begin(tx, NOW, "key", "another").await?)).unwrap();
    assert_eq!(again, Begun::New);
}

async fn a_request_without_an_answer_is_running(scratch: Scratch) {
    let store = &scratch.store;
    crate::write!(store, |tx| Ok(begin(tx, NOW, "key", "request").await?)).unwrap();
    let again = crate::write!(store, |tx| Ok(begin(tx, NOW, "key", "request").await?)).unwrap();
    assert_eq!(again, Begun::Running);
    let other = crate::write!(store, |tx| Ok(begin(tx, NOW, "key", "another").await?)).unwrap();
    assert_eq!(other, Begun::OtherRequest);
}

async fn a_request_that_was_given_up_leaves_its_key_free(scratch: Scratch) {
    let store = &scratch.store;
    crate::write!(store, |tx| Ok(begin(tx, NOW, "key", "request").await?)).unwrap();
    crate::write!(store, |tx| Ok(give_up(tx, "key").await?)).unwrap();
    let again = crate::write!(store, |tx| {
        let begun = begin(tx, NOW, "key", "another").await?;
        finish(tx, "key", 200, "").await?;
        // Too late: it has its answer.
        give_up(tx, "key").await?;
        Ok(begun)
    });
    assert_eq!(again.unwrap(), Begun::New);
    let kept = crate::write!(store, |tx| Ok(begin(tx, NOW, "key", "another").await?)).unwrap();
    assert_eq!(kept, Begun::Finished { status: 200, body: String::new() });
}

async fn many_at_once_do_it_once(scratch: Scratch) {
    let store = &scratch.store;
    let asks = (0..10).map(|nth| async move {
        crate::write!(store, |tx| {
            let begun = begin(tx, NOW, "key", "request").await?;
            if begun == Begun::New {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
                finish(tx, "key", 200, &format!("{nth}")).await?;
            }
            Ok(begun)
        })
        .unwrap()
    });
    let begun = futures_util::future::join_all(asks).await;
    let did = begun.iter().position(|begun| *begun == Begun::New).unwrap();
    for (nth, begun) in begun.into_iter().enumerate().filter(|(nth, _)| *nth != did) {
        let expected = Begun::Finished { status: 200, body: format!("{did}") };
        assert_eq!(begun, expected, "the {nth}th");
    }
}

async fn many_are_recorded_and_looked_up_together(scratch: Scratch) {
    let store = &scratch.store;
    let replay = |nth: u16| Replay {
        key: format!("key {nth}"),
        fingerprint: format!("request {nth}"),
        status: 200 + nth,
        body: format!("body {nth}"),
    };
    let found = crate::write!(store, |tx| {
        record_many(tx, NOW, (0..100).map(replay).collect()).await?;
        record_many(tx, NOW, Vec::new()).await?;
        let keys = ["key 7", "key 99", "key 100"].map(str::to_owned).to_vec();
        Ok(look_up(tx, keys).await?)
    })
    .unwrap();
    assert_eq!(found.len(), 2);
    let stored = Stored {
        fingerprint: "request 7".to_owned(),
        status: Some(207),
        body: "body 7".to_owned(),
    };
    assert_eq!(found["key 7"], stored);
    let twice = crate::write!(store, |tx| Ok(record_many(tx, NOW, vec![replay(7)]).await?));
    assert!(twice.is_err());
    let none = crate::write!(store, |tx| Ok(look_up(tx, Vec::new()).await?)).unwrap();
    assert!(none.is_empty());
}

async fn the_old_are_forgotten(scratch: Scratch) {
    let store = &scratch.store;
    let later = NOW + SignedDuration::from_hours(1);
    let forgotten = crate::write!(store, |tx| {
        begin(tx, NOW, "old", "request").await?;
        begin(tx, later, "new", "request").await?;
        Ok(forget_before(tx, later).await?)
    });
    assert_eq!(forgotten.unwrap(), 1);
    let again = crate::write!(store, |tx| Ok(begin(tx, later, "old", "request").await?)).unwrap();
    assert_eq!(again, Begun::New);
}

async fn keys_and_answers_have_limits(scratch: Scratch) {
    let store = &scratch.store;
    let long = "k".repeat(super::LONGEST_KEY + 1);
    let begun = crate::write!(store, |tx| Ok(begin(tx, NOW, &long, "request").await?));
    assert!(begun.unwrap_err().to_string().contains("too long"));
    let large = "b".repeat(super::LARGEST_ANSWER + 1);
    let finished = crate::write!(store, |tx| {
        begin(tx, NOW, "key", "request").await?;
        Ok(finish(tx, "key", 200, &large).await?)
    });
    assert!(finished.unwrap_err().to_string().contains("too large"));
}

async fn an_answer_that_names_somebody_can_be_emptied(scratch: Scratch) {
    let store = &scratch.store;
    for (key, body) in
        [("a", "{\"email\":\"a_a@example.org\"}"), ("b", "{\"email\":\"aXa@example.org\"}")]
    {
        crate::write!(store, |tx| {
            begin(tx, NOW, key, "request").await?;
            Ok(finish(tx, key, 201, body).await?)
        })
        .unwrap();
    }
    let blanked = crate::write!(store, |tx| Ok(super::blank(tx, "a_a@example.org").await?));
    assert_eq!(blanked.unwrap(), 1);
    let again = crate::write!(store, |tx| Ok(begin(tx, NOW, "a", "request").await?)).unwrap();
    assert_eq!(again, Begun::Finished { status: 201, body: "{}".to_owned() });
    let other = crate::write!(store, |tx| Ok(begin(tx, NOW, "b", "request").await?)).unwrap();
    assert!(matches!(other, Begun::Finished { body, .. } if body.contains("aXa")));
}
