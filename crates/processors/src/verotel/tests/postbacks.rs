//! Reading: the suite, every event of the record, and everything that must not be believed.

use processor::check::{Forgery, Sample};
use processor::{NoticeKind, Rejected, Verdict};
use proptest::prelude::*;

use super::*;

fn read(raw: &RawNotice) -> Result<Notice, Rejected> {
    account().read_postback(raw).map(|mut notices| notices.remove(0))
}

fn known(name: &str) -> Notice {
    read(&raw(sample(name))).unwrap()
}

#[test]
fn the_suite_of_reading_is_passed() {
    use NoticeKind::{
        Cancelled, ChargedBack, Expired, Ignored, Paid, Reactivated, RebillPaid, Refunded, Waiting,
    };
    let with =
        |letter: &str| Some(&*Box::leak(format!("{}{letter}", &ATTEMPT[..29]).into_boxed_str()));
    let table = [
        ("purchase", Paid, Some(usd(995)), Some(ATTEMPT)),
        ("purchase signed the old way", Paid, Some(eur(1250)), with("b")),
        ("initial", Paid, Some(eur(2995)), with("c")),
        ("initial with a trial", Paid, Some(eur(200)), with("c")),
        ("rebill", RebillPaid, Some(eur(2995)), with("c")),
        ("cancel", Cancelled, None, with("c")),
        ("uncancel", Reactivated, None, with("c")),
        ("expiry", Expired, None, with("c")),
        ("extend", Ignored, None, with("c")),
        ("downgrade", Ignored, None, with("c")),
        ("upgrade", Paid, Some(eur(4995)), with("c")),
        ("credit", Refunded, Some(eur(2995)), with("c")),
        ("chargeback", ChargedBack, Some(eur(2995)), with("c")),
        ("chargeback of a purchase", ChargedBack, Some(usd(995)), Some(ATTEMPT)),
        ("a word nobody knows", Waiting, Some(eur(2995)), with("c")),
    ];
    let samples = table.map(|(name, kind, amount, reference)| Sample {
        name,
        raw: raw(sample(name)),
        kind,
        amount,
        reference,
    });
    check::reads_samples(account(), &samples);
    let lines = include_str!("../samples/postbacks.txt").lines().count();
    assert_eq!(lines, samples.len(), "every sample is looked at");
}

#[test]
fn samples_are_read_as_written_down() {
    let lines = include_str!("../samples/postbacks.txt").lines();
    let names = lines.filter_map(|line| line.split_once('\t')).map(|(name, _)| name);
    let all: Vec<_> = names.map(|name| (name, known(name))).collect();
    insta::assert_json_snapshot!(all);
}

#[test]
fn order_and_letter_case_of_words_are_nothing() {
    let purchase = sample("purchase");
    let mut pairs: Vec<&str> = purchase.split('&').collect();
    pairs.reverse();
    check::sees_one_fact(account(), &raw(purchase), &raw(&pairs.join("&")));
    let shouted = bare("purchase").replace("type=purchase", "type=PURCHASE");
    check::sees_one_fact(account(), &raw(purchase), &signed(&shouted));
    let upper = purchase.rsplit_once('=').unwrap();
    let upper = format!("{}={}", upper.0, upper.1.to_uppercase());
    check::sees_one_fact(account(), &raw(purchase), &raw(&upper));
    let mut posted = raw("");
    (posted.method, posted.body) = ("POST".to_owned(), purchase.as_bytes().to_vec());
    check::sees_one_fact(account(), &raw(purchase), &posted);
    let shopless = bare("purchase").replace("shopID=64233&", "");
    check::sees_one_fact(account(), &raw(purchase), &signed(&shopless));
}

#[test]
fn what_is_different_is_not_taken_for_one() {
    let two = |one: &str, other: &str| {
        check::sees_two_facts(account(), &signed(one), &signed(other));
    };
    let rebill = bare("rebill");
    two(rebill, &rebill.replace("800100400", "800100499"));
    two(rebill, &rebill.replace("event=rebill", "event=credit"));
    two(bare("purchase"), &bare("purchase").replace("700100200", "700100299"));
    two(bare("cancel"), bare("uncancel"));
    two(bare("cancel"), &bare("cancel").replace("2026-01-21", "2026-02-21"));
}

#[test]
fn unknown_words_are_waited_upon() {
    let purchase = bare("purchase");
    let table = [
        purchase.replace("type=purchase", "type=gift"),
        purchase.replace("type=purchase&", ""),
        purchase.replace("type=purchase", "type=purchase&event=initial"),
        purchase.replace("type=purchase", "type=subscription"),
        bare("initial").replace("event=initial", "event=initial2"),
        bare("initial").replace("event=initial", "event="),
        bare("rebill").replace("event=rebill", "event=extend"),
        bare("rebill").replace("event=rebill", "event=downgrade"),
        bare("extend").replace("event=extend", "event=upgrade"),
        "saleID=1".to_owned(),
    ];
    let raws: Vec<RawNotice> = table.iter().map(|query| signed(query)).collect();
    check::waits_on_unknown_words(account(), &raws);
    let stored = account().answer(Verdict::Stored);
    assert_eq!((stored.status, stored.body.as_str()), (200, "OK"));
    assert_eq!(account().answer(Verdict::Again).status, 503);
}

#[test]
fn ids_lead_back() {
    let purchase = known("purchase");
    assert_eq!(purchase.transaction.as_deref(), Some("700100200"));
    assert_eq!(purchase.also, ["800100200"]);
    let card = purchase.card.unwrap();
    assert_eq!((card.brand.as_deref(), card.last4.as_deref()), (Some("Visa"), Some("1111")));
    let chargeback = known("chargeback");
    assert_eq!(chargeback.transaction.as_deref(), Some("800100700"));
    assert_eq!(chargeback.parent.as_deref(), Some("800100400"));
    assert_eq!(chargeback.subscription.as_deref(), Some("700100300"));
    let open = bare("purchase").replace("XXXXXXXXXXXX1111", "4111111111111111");
    let text = serde_json::to_string(&read(&signed(&open)).unwrap()).unwrap();
    assert!(!text.contains("41111111"), "{text}");
}

#[test]
fn amounts_and_fields_that_make_no_sense_are_unreadable() {
    let purchase = bare("purchase");
    let table = [
        purchase.replace("priceAmount=9.95", "priceAmount=1e3"),
        purchase.replace("priceAmount=9.95", "priceAmount=9.955"),
        purchase.replace("priceAmount=9.95", "priceAmount=--9.95"),
        purchase.replace("priceAmount=9.95", "priceAmount=9%2C95"),
        purchase.replace("priceAmount=9.95&", ""),
        purchase.replace("priceCurrency=USD", "priceCurrency=ZZZ"),
        purchase.replace("priceCurrency=USD&", ""),
        purchase.replace("saleID=700100200&", ""),
        purchase.replace("saleID=700100200", "saleID=7%20or%201"),
        purchase.replace("shopID=64233", "shopID=64234"),
        bare("rebill").replace("transactionID=800100400&", ""),
        format!("{purchase}&SALEID=1"),
        format!("{purchase}&custom3={}", "x".repeat(70_000)),
    ];
    for query in table {
        let read = read(&signed(&query));
        let short = &query[..query.len().min(120)];
        assert!(matches!(read, Err(Rejected::Unreadable(_))), "{short}: {read:?}");
    }
}

#[test]
fn the_suite_of_locks_and_of_calm_is_passed() {
    let purchase = sample("purchase");
    let mut stranger = raw(purchase);
    stranger.sender = "195.20.32.203".parse().unwrap();
    let mut no_path = raw(purchase);
    no_path.path_secret = None;
    let signature = purchase.split_once("signature=").unwrap().1;
    let cases = [
        ("another amount", purchase.replace("9.95", "9.94")),
        ("another event", sample("cancel").replace("event=cancel", "event=rebill")),
        ("a field more", format!("{purchase}&amount=1.00&currency=USD")),
        ("an empty field more", format!("{purchase}&event=")),
        ("a field less", purchase.replace("&custom2=", "")),
        ("no signature", bare("purchase").to_owned()),
        ("an empty signature", purchase.replace(signature, "")),
        ("a signature cut short", purchase.replace(signature, &signature[..62])),
        ("another signature", purchase.replace(signature, &"0".repeat(64))),
        ("two signatures", format!("{purchase}&signature={signature}")),
        ("a signature by another name", purchase.replace("&signature", "&Signature")),
        ("another shop", purchase.replace("shopID=64233", "shopID=64234")),
    ];
    let mut forgeries = vec![
        Forgery { name: "a stranger", raw: stranger, refused: Rejected::Sender },
        Forgery { name: "no path", raw: no_path, refused: Rejected::Path },
    ];
    forgeries.extend(cases.iter().map(|(name, query)| Forgery {
        name,
        raw: raw(query),
        refused: Rejected::Signature,
    }));
    check::refuses_forgeries(account(), &forgeries);
    let sign = |body: Vec<u8>| {
        let mut all = signed(&String::from_utf8_lossy(&body));
        let (_, signature) = all.query.rsplit_once('&').unwrap();
        // Its bytes as the body of a form, signed for what is read in them.
        (all.method, all.body) = ("POST".to_owned(), body);
        all.query = signature.to_owned();
        all
    };
    check::reads_garbage_calmly(account(), &[bare("purchase").as_bytes()], &sign);
}

proptest! {
    #[test]
    fn random_bytes_are_never_believed(query in ".{0,200}", body: Vec<u8>) {
        let mut raw = raw(&query);
        (raw.method, raw.body) = ("POST".to_owned(), body);
        let read = account().read_postback(&raw);
        prop_assert!(read.is_err(), "{:?}", read);
    }

    #[test]
    fn any_change_of_a_word_of_a_payment_is_refused_unless_it_is_signed(
        field in prop::sample::select(vec!["type=purchase", "saleID=700100200"]),
        word in "[a-z]{1,9}",
    ) {
        let name = field.split_once('=').unwrap().0;
        let query = sample("purchase").replace(field, &format!("{name}={word}"));
        prop_assert_eq!(read(&raw(&query)), Err(Rejected::Signature));
        let signed = signed(&bare("purchase").replace("type=purchase", &format!("type={word}")));
        if word != "purchase" {
            prop_assert_eq!(read(&signed).unwrap().kind, NoticeKind::Waiting);
        }
    }
}
