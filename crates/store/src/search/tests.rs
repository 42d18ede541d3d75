//! How this room behaves on both databases.

use base::Language::{self, Da, De, En, Fil, Fr};

use super::{Document, Hit, Query, find, find_like, put, put_many, remove};
use crate::scratch::Scratch;
use crate::test_both::on_both;

on_both! {
    a_word_is_found_by_its_stem_and_without_its_accents_in_five_languages
    a_word_of_another_language_is_found
    the_title_ranks_above_the_text
    every_word_must_be_there_and_the_last_may_be_unfinished
    a_sentence_finds_what_is_like_it
    nothing_is_found_outside_of_the_room_and_the_scopes
    what_is_put_again_or_removed_is_found_no_more_by_its_old_words
    what_lies_far_apart_is_found_and_the_newest_are_kept
    few_are_found_among_many_that_may_not_be
    pages_follow_each_other_without_gaps
    what_is_typed_is_never_part_of_an_expression
    long_texts_and_strange_scripts_are_taken
}

fn page<'a>(id: &'a str, language: Language, title: &'a str, text: &'a str) -> Document<'a> {
    Document { room: "help", id, part: "", language, title, text, scope: "all" }
}

async fn keep(scratch: &Scratch, documents: &[Document<'_>]) {
    crate::write!(scratch.store, |tx| Ok(put_many(tx, documents).await?)).unwrap();
}

fn query(language: Language, text: &str) -> Query<'_> {
    Query { room: "help", scopes: &["all"], language, text, limit: 10, after: None }
}

async fn hits(scratch: &Scratch, query: &Query<'_>) -> Vec<Hit> {
    find(&mut scratch.store.read().await.unwrap(), query).await.unwrap()
}

async fn ids(scratch: &Scratch, language: Language, text: &str) -> Vec<String> {
    hits(scratch, &query(language, text)).await.into_iter().map(|hit| hit.id).collect()
}

async fn a_word_is_found_by_its_stem_and_without_its_accents_in_five_languages(scratch: Scratch) {
    keep(
        &scratch,
        &[
            page("en", En, "Undo a transaction", "We refunded the naïve customer's purchases."),
            page("fr", Fr, "Annuler une opération", "Vos achats ont été remboursés, dès l’été."),
            page("de", De, "Rückerstattungen", "Die Straße ist für Käufe gesperrt."),
            page("da", Da, "Få pengene tilbage", "Beløbet står på din konto; købene er færdige."),
            page("fil", Fil, "Ibalík ang bayad", "Hindî po ninyo nakilala ang singil."),
        ],
    )
    .await;
    for (language, asked) in [
        (En, ["refunding", "NAIVE", "purchase"]),
        (Fr, ["rembourser", "operations", "l'ete"]),
        (De, ["rückerstattung", "STRASSE", "kauf"]),
        (Da, ["beloeb", "på", "faerdige"]),
        (Fil, ["ibalik", "hindi po", "singil"]),
    ] {
        for text in asked {
            assert_eq!(ids(&scratch, language, text).await, [language.tag()], "{text}");
        }
    }
    for (text, language) in
        [("rueckerstattungen", De), ("ruckerstattung", De), ("belobet", Da), ("fa pengene", Da)]
    {
        assert_eq!(ids(&scratch, language, text).await, [language.tag()], "{text}");
    }
}

async fn a_word_of_another_language_is_found(scratch: Scratch) {
    keep(
        &scratch,
        &[
            page("de", De, "Rückerstattungen", "Ihr Geld"),
            page("en1", En, "Refunds", "Paid with CentroBill"),
            page("en2", En, "Refunds", "Paid otherwise"),
        ],
    )
    .await;
    assert_eq!(ids(&scratch, En, "Rückerstattung").await, ["de"], "staff ask in English");
    assert_eq!(ids(&scratch, Fr, "centrobill").await, ["en1"]);
    assert_eq!(ids(&scratch, Fil, "refunds centrobill").await, ["en1"]);
}

async fn the_title_ranks_above_the_text(scratch: Scratch) {
    keep(
        &scratch,
        &[
            page("1", En, "How to cancel a subscription", "No word of it."),
            page("2", En, "Money", "Cancel, cancelled, cancelling, to cancel a subscription."),
            page("3", En, "Cancel and other words about a very long story", "Subscription"),
            page("4", En, "Cancel subscription", ""),
            page("5", De, "Cancel subscription", ""),
        ],
    )
    .await;
    let order = ids(&scratch, En, "cancel subscription").await;
    assert_eq!(order, ["4", "1", "5", "3", "2"]);
}

async fn every_word_must_be_there_and_the_last_may_be_unfinished(scratch: Scratch) {
    keep(
        &scratch,
        &[page("1", En, "Charged twice", "A card"), page("2", En, "Charges", "Once, by a card")],
    )
    .await;
    assert_eq!(ids(&scratch, En, "charged twice").await, ["1"]);
    assert_eq!(ids(&scratch, En, "how was the card charged").await.len(), 2);
    assert_eq!(ids(&scratch, En, "card twi").await, ["1"]);
    assert!(ids(&scratch, En, "card twi ").await.is_empty(), "the word is finished");
    assert!(ids(&scratch, En, "twi card").await.is_empty());
    assert!(ids(&scratch, En, "card refund").await.is_empty());
    assert!(ids(&scratch, En, "").await.is_empty());
}

async fn a_sentence_finds_what_is_like_it(scratch: Scratch) {
    let mut pages: Vec<Document<'_>> = Vec::new();
    let numbers: Vec<String> = (10..40).map(|nth| format!("{nth}")).collect();
    for id in &numbers {
        pages.push(page(id, En, "About payments", "A payment is a payment."));
    }
    pages.push(page("twice", En, "I was charged twice", "Two payments of the same sum."));
    pages.push(page("streams", En, "A stream stops", "Look at your connection."));
    keep(&scratch, &pages).await;
    let text = "Hello, my payment was charged twice in May, can you please help me?";
    assert!(ids(&scratch, En, text).await.is_empty());
    let mut reader = scratch.store.read().await.unwrap();
    let like = find_like(&mut reader, &query(En, text)).await.unwrap();
    assert_eq!(like[0].id, "twice");
    assert!(like.iter().all(|hit| hit.id != "streams"));
}

async fn nothing_is_found_outside_of_the_room_and_the_scopes(scratch: Scratch) {
    let case = |id, scope| Document { room: "case", scope, ..page(id, En, "A payment", "Mine") };
    keep(
        &scratch,
        &[page("1", En, "A payment", "Mine"), case("1", "support"), case("2", "finance")],
    )
    .await;
    let found = async |scopes: &[&str]| {
        let ask = Query { room: "case", scopes, ..query(En, "payment") };
        hits(&scratch, &ask).await.into_iter().map(|hit| hit.id).collect::<Vec<_>>()
    };
    assert_eq!(found(&["support"]).await, ["1"]);
    assert_eq!(found(&["support", "finance"]).await, ["2", "1"]);
    assert!(found(&["all", "supp"]).await.is_empty());
    assert!(found(&[]).await.is_empty());
}

async fn what_is_put_again_or_removed_is_found_no_more_by_its_old_words(scratch: Scratch) {
    let part = |part, title| Document { part, ..page("1", En, title, "") };
    crate::write!(scratch.store, |tx| {
        put(tx, &part("a", "Apples")).await?;
        put(tx, &part("b", "Pears")).await?;
        put(tx, &part("a", "Plums")).await?;
        Ok(put_many(tx, &[part("b", "Cherries"), part("c", "Figs"), part("c", "Dates")]).await?)
    })
    .unwrap();
    for gone in ["apples", "pears", "figs"] {
        assert!(ids(&scratch, En, gone).await.is_empty(), "{gone}");
    }
    let hit = hits(&scratch, &query(En, "cherry")).await.remove(0);
    assert_eq!((hit.id.as_str(), hit.part.as_str()), ("1", "b"));
    crate::write!(scratch.store, |tx| Ok(remove(tx, "help", "1", Some("b")).await?)).unwrap();
    assert!(ids(&scratch, En, "cherry").await.is_empty());
    assert_eq!(ids(&scratch, En, "plum").await, ["1"]);
    crate::write!(scratch.store, |tx| Ok(remove(tx, "help", "1", None).await?)).unwrap();
    assert!(ids(&scratch, En, "plum").await.is_empty());
    assert!(ids(&scratch, En, "dates").await.is_empty());
}

async fn what_lies_far_apart_is_found_and_the_newest_are_kept(scratch: Scratch) {
    let numbers: Vec<String> = (100..450).map(|nth| format!("{nth}")).collect();
    let pages: Vec<_> = numbers.iter().map(|id| page(id, En, "", "Same words")).collect();
    keep(&scratch, &pages).await;
    let apart = "UPDATE search_documents SET number = (1000 - CAST(id AS BIGINT)) * 40000";
    crate::write!(scratch.store, |tx| {
        tx.execute(apart, ()).await?;
        Ok(())
    })
    .unwrap();
    let all = hits(&scratch, &Query { limit: 1_000, ..query(En, "same wor") }).await;
    assert_eq!(all.len(), 300, "so many are looked at");
    assert!(all.iter().all(|hit| hit.id.as_str() < "400"), "the newest are those of low ids");
    crate::write!(scratch.store, |tx| Ok(remove(tx, "help", "101", None).await?)).unwrap();
    let all = hits(&scratch, &Query { limit: 1_000, ..query(En, "same") }).await;
    assert!(all.iter().all(|hit| hit.id != "101"));
    assert!(all.iter().any(|hit| hit.id == "400"), "the next one moved up");
}

async fn few_are_found_among_many_that_may_not_be(scratch: Scratch) {
    let numbers: Vec<String> = (10_000..12_100).map(|nth| format!("{nth}")).collect();
    let few = ["it's\\few", "few+2", "few.3"];
    let case = |id, scope| Document { scope, ..page(id, En, "Refund", "Mine") };
    let mut pages: Vec<_> = few.iter().map(|scope| case(scope, scope)).collect();
    pages.extend(numbers.iter().map(|id| case(id, "many")));
    keep(&scratch, &pages).await;
    for (text, scopes) in [("refund", &few[..]), ("min", &few[..1]), ("refunds mine", &few[1..])] {
        let ask = Query { scopes, ..query(En, text) };
        let mut found: Vec<_> = hits(&scratch, &ask).await.into_iter().map(|hit| hit.id).collect();
        found.sort();
        let mut wanted = scopes.to_vec();
        wanted.sort_unstable();
        assert_eq!(found, wanted, "{text}");
    }
    crate::write!(scratch.store, |tx| Ok(put(tx, &case("few.3", "many")).await?)).unwrap();
    let ask = Query { scopes: &["few.3"], ..query(En, "refund") };
    assert!(hits(&scratch, &ask).await.is_empty(), "it is in another scope now");
}

async fn pages_follow_each_other_without_gaps(scratch: Scratch) {
    let numbers: Vec<String> = (100..150).map(|nth| format!("{nth}")).collect();
    let pages: Vec<_> = numbers.iter().map(|id| page(id, En, "Same", "Words")).collect();
    keep(&scratch, &pages).await;
    let all = hits(&scratch, &Query { limit: 100, ..query(En, "words") }).await;
    assert_eq!(all.len(), 50);
    assert_eq!(all[0].id, "149", "of equals, the newest comes first");
    let mut walked: Vec<Hit> = Vec::new();
    loop {
        let after = walked.last().map(|hit| (hit.score, hit.id.clone()));
        let after = after.as_ref().map(|(score, id)| (*score, id.as_str()));
        let next = hits(&scratch, &Query { limit: 7, after, ..query(En, "words") }).await;
        if next.is_empty() {
            break;
        }
        walked.extend(next);
    }
    assert_eq!(walked, all);
}

async fn what_is_typed_is_never_part_of_an_expression(scratch: Scratch) {
    keep(&scratch, &[page("1", En, "One", "two near three"), page("2", En, "Two", "")]).await;
    for text in [
        "\"",
        "'",
        "\\",
        "*",
        "one*",
        "\"one",
        "one'; DROP TABLE search_documents; --",
        "( one",
        "one)",
        "title:one",
        "tokens : one",
        "one:*",
        "one & !two",
        "!one",
        "^one",
        "one <-> two",
        "one\0",
        "-one",
        "+one",
        "{one}",
        "t_one",
        "r_help",
        "\u{202e}one",
        "one' | 'two",
    ] {
        let found = ids(&scratch, En, text).await;
        assert!(!found.contains(&"2".to_owned()) || text.contains("help"), "{text}: {found:?}");
    }
    assert!(ids(&scratch, En, "one XOR three").await.is_empty(), "no word is an operator");
    assert_eq!(ids(&scratch, En, "two NEAR three").await, ["1"]);
}

async fn long_texts_and_strange_scripts_are_taken(scratch: Scratch) {
    let many: String = (0..200_000).map(|nth| format!("w{nth} ")).collect();
    let one = "x".repeat(2_000_000);
    keep(
        &scratch,
        &[
            page("many", En, "Long", &many),
            page("one", En, &one, &one),
            page("scripts", En, "支払い Возврат επιστροφή 🦀", "คืนเงิน ﬁx e\u{301}te\u{301}"),
            page("empty", En, "", ""),
        ],
    )
    .await;
    assert_eq!(ids(&scratch, En, "long w7").await, ["many"]);
    assert_eq!(ids(&scratch, En, &one).await, ["one"]);
    for text in ["支払い", "возврат", "ΕΠΙΣΤΡΟΦΗ", "คืนเงิน", "fix", "été"]
    {
        assert_eq!(ids(&scratch, En, text).await, ["scripts"], "{text}");
    }
}
