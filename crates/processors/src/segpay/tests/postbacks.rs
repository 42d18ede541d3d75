//! Reading: the suite, the whole matrix, and everything that must not be believed.

use processor::check::{Forgery, Sample};
use processor::{NoticeKind, Rejected};
use proptest::prelude::*;

use super::*;

fn read(query: &str) -> Result<Notice, Rejected> {
    account().read_postback(&raw(query, b"")).map(|mut notices| notices.remove(0))
}

#[test]
fn the_suite_of_reading_is_passed() {
    use NoticeKind::{
        Cancelled, ChargedBack, Declined, Expired, Ignored, Paid, Reactivated, RebillDeclined,
        RebillPaid, Refunded, Voided, Waiting,
    };
    let with = |letter: &str| Box::leak(format!("{}{letter}", &ATTEMPT[..29]).into_boxed_str());
    let table = [
        ("signup approved", Paid, Some(usd(995)), Some(ATTEMPT)),
        ("signup declined", Declined, Some(usd(995)), Some(&*with("b"))),
        ("signup by stand-in", Paid, Some(eur(200)), Some(&*with("c"))),
        ("stand-in declined", Declined, Some(eur(200)), Some(&*with("c"))),
        ("first rebill approved", RebillPaid, Some(usd(2995)), Some(&*with("d"))),
        ("rebill declined", RebillDeclined, Some(usd(2995)), None),
        ("instant conversion approved", RebillPaid, Some(Money::new(500, Currency::JPY)), None),
        ("void", Voided, Some(usd(995)), None),
        ("refund", Refunded, Some(usd(995)), None),
        ("chargeback", ChargedBack, Some(usd(995)), None),
        ("inquiry", Ignored, None, None),
        ("enable", Ignored, None, None),
        ("disable", Expired, None, None),
        ("cancellation", Cancelled, None, None),
        ("reactivation", Reactivated, None, None),
        ("a word nobody knows", Waiting, Some(usd(995)), None),
    ];
    let samples = table.map(|(name, kind, amount, reference)| Sample {
        name,
        raw: raw(sample(name), b""),
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
    let all: Vec<_> = lines
        .filter_map(|line| line.split_once('\t'))
        .map(|(name, query)| (name, read(query).unwrap()))
        .collect();
    insta::assert_json_snapshot!(all);
}

#[test]
fn a_form_says_the_same_as_an_address_and_letter_case_is_nothing() {
    let paid = sample("signup approved");
    check::sees_one_fact(account(), &raw(paid, b""), &raw("", paid.as_bytes()));
    check::sees_one_fact(account(), &raw(paid, b""), &raw(&paid.to_lowercase(), b""));
    // Upper case as a whole, but for the escapes and the field that brings our reference back.
    check::sees_one_fact(account(), &raw(paid, b""), &raw(&paid.to_uppercase(), b""));
    let shouted = read(&paid.to_uppercase()).unwrap();
    assert_eq!(shouted.reference.as_deref(), Some(ATTEMPT));
}

#[test]
fn what_is_different_is_not_taken_for_one() {
    let two = |one: &str, other: &str| {
        check::sees_two_facts(account(), &raw(one, b""), &raw(other, b""));
    };
    let standin = sample("signup by stand-in");
    two(standin, sample("stand-in declined"));
    two(standin, &standin.replace("standin=1", "standin=0"));
    let paid = sample("signup approved");
    two(paid, &paid.replace("90022001", "90022999"));
    two(paid, &paid.replace("action=Auth", "action=Void"));
    let cancelled = sample("cancellation");
    two(cancelled, &cancelled.replace("12%2F01", "12%2F05"));
}

#[test]
fn only_the_matrix_moves_money_whatever_else_is_said() {
    let trantypes = ["sale", "credit", "charge", "", "refund", "sales", "sale sale", "SALE "];
    let actions = ["auth", "void", "capture", "settle", "yes", "Void "];
    let stages = ["initial", "conversion", "rebill", "InstantConversion", "", "upgrade", "instant"];
    let words = ["yes", "no", "", "true", "1", "pending", "yes?"];
    let matrix = [
        "sale auth initial yes",
        "sale auth initial no",
        "sale auth conversion yes",
        "sale auth conversion no",
        "sale auth rebill yes",
        "sale auth rebill no",
        "sale auth instantconversion yes",
        "sale auth instantconversion no",
        "sale void initial yes",
        "credit auth initial yes",
        "charge auth initial yes",
    ];
    let mut in_matrix = 0;
    for (nth, trantype) in trantypes.iter().enumerate() {
        for action in actions {
            for stage in stages {
                for approved in words {
                    let query = url::form_urlencoded::Serializer::new(String::new())
                        .extend_pairs([("trantype", *trantype), ("action", action)])
                        .extend_pairs([("stage", stage), ("approved", approved)])
                        .extend_pairs([("tranid", format!("9{nth}").as_str()), ("price", "1.00")])
                        .append_pair("currencycode", "USD")
                        .finish();
                    let words = [*trantype, action, stage, approved];
                    let said = words.map(|word| word.trim().to_lowercase()).join(" ");
                    let known = matrix.contains(&said.as_str());
                    let kind = read(&query).unwrap().kind;
                    assert_eq!(kind != NoticeKind::Waiting, known, "{said} is read as {kind:?}");
                    in_matrix += usize::from(known);
                }
            }
        }
    }
    // Each row once, and once more for every spelling with blanks or capitals above.
    assert!(in_matrix >= matrix.len(), "{in_matrix}");
    let unknown = ["Auth&trantype=Sale&tranid=1", "Capture&tranid=1", "%3Caction%3E&tranid=1"];
    let unknown = unknown.map(|words| raw(&format!("action={words}"), b""));
    check::waits_on_unknown_words(account(), &unknown);
}

#[test]
fn a_provisional_yes_is_marked_and_links_lead_back() {
    assert!(!read(sample("signup approved")).unwrap().provisional);
    assert!(read(sample("signup by stand-in")).unwrap().provisional);
    for value in ["-1", "1", "2", "yes"] {
        let query = sample("signup approved").replace("standin=0", &format!("standin={value}"));
        assert!(read(&query).unwrap().provisional, "{value}");
    }
    let refund = read(sample("refund")).unwrap();
    assert_eq!(refund.parent.as_deref(), Some("90022001"));
    assert_eq!(refund.transaction.as_deref(), Some("90022008"));
    let chargeback = read(sample("chargeback")).unwrap();
    assert_eq!((chargeback.parent, chargeback.subscription.as_deref()), (None, Some("70011001")));
}

#[test]
fn the_first_six_digits_are_never_kept() {
    let notice = read(sample("signup approved")).unwrap();
    assert!(!serde_json::to_string(&notice).unwrap().contains("444433"));
    let card = notice.card.unwrap();
    assert_eq!((card.brand.as_deref(), card.last4.as_deref()), (Some("Visa"), Some("1111")));
    let long = sample("signup approved").replace("cclast4=1111", "cclast4=4444333322221111");
    let text = serde_json::to_string(&read(&long).unwrap()).unwrap();
    assert!(!text.contains("2222"), "{text}");
    let misplaced = sample("signup approved").replace("stage=Initial", "stage=4444333322221111");
    let text = serde_json::to_string(&read(&misplaced).unwrap().words).unwrap();
    assert!(!text.contains("2222"), "{text}");
}

#[test]
fn amounts_and_fields_that_make_no_sense_are_unreadable() {
    let paid = sample("signup approved");
    let table = [
        paid.replace("price=9.95", "price=1e3"),
        paid.replace("price=9.95", "price=9.955"),
        paid.replace("price=9.95", "price=-9.95"),
        paid.replace("price=9.95", "price=9%2C95"),
        paid.replace("price=9.95", "price=99999999999999999999"),
        paid.replace("price=9.95", "price="),
        paid.replace("price=9.95&", ""),
        paid.replace("currencycode=USD", "currencycode=ZZZ"),
        paid.replace("currencycode=USD&", ""),
        paid.replace("tranid=90022001&", ""),
        paid.replace("tranid=90022001", "tranid=9002%202001"),
        paid.replace("action=Auth&", ""),
        paid.replace("stage=Initial", &format!("stage={}", "x".repeat(65))),
        format!("{paid}&price=0.01"),
        format!("{paid}&PRICE=9.95"),
        format!("{paid}&{}", "x=1&".repeat(2)),
        (0..300).map(|nth| format!("f{nth}=1&")).collect::<String>() + paid,
        "x".repeat(70_000),
    ];
    for query in table {
        let read = read(&query);
        let short = &query[..query.len().min(90)];
        assert!(matches!(read, Err(Rejected::Unreadable(_))), "{short}: {read:?}");
    }
    let both = account().read_postback(&raw(paid, b"price=0.01"));
    assert!(matches!(both, Err(Rejected::Unreadable(_))), "{both:?}");
}

#[test]
fn the_suite_of_locks_and_of_calm_is_passed() {
    let paid = sample("signup approved");
    let mut stranger = raw(paid, b"");
    stranger.sender = "198.51.100.1".parse().unwrap();
    let mut other_path = raw(paid, b"");
    other_path.path_secret = Some("a-secret-of-our-addresS".to_owned());
    let mut no_path = raw(paid, b"");
    no_path.path_secret = None;
    let mut no_basic = raw(paid, b"");
    no_basic.headers.clear();
    let forgeries = [
        Forgery { name: "a stranger", raw: stranger, refused: Rejected::Sender },
        Forgery { name: "another path", raw: other_path, refused: Rejected::Path },
        Forgery { name: "no path", raw: no_path, refused: Rejected::Path },
        Forgery { name: "no password", raw: no_basic, refused: Rejected::Credentials },
    ];
    check::refuses_forgeries(account(), &forgeries);
    check::reads_garbage_calmly(account(), &[paid.as_bytes()], &|body| raw("", &body));
}

#[test]
fn the_answer_is_the_word_the_merchant_chose() {
    let stored = account().answer(Verdict::Stored);
    assert_eq!((stored.status, stored.body.as_str()), (200, "GOOD"));
    let again = account().answer(Verdict::Again);
    assert_eq!((again.status, again.body.as_str()), (503, "NOT_SUCCESSFUL"));
}

proptest! {
    #[test]
    fn random_bytes_are_never_believed(query in ".{0,200}", body: Vec<u8>) {
        let mut raw = raw("", b"");
        (raw.method, raw.query, raw.body) = ("POST".to_owned(), query, body);
        match account().read_postback(&raw) {
            Err(rejected) => prop_assert!(matches!(rejected, Rejected::Unreadable(_))),
            Ok(notices) => prop_assert!(notices.iter().all(|notice| notice.kind == NoticeKind::Waiting)),
        }
    }

    #[test]
    fn any_change_of_a_word_of_a_payment_is_waited_upon_or_refused(
        field in prop::sample::select(vec!["action", "stage", "approved", "trantype"]),
        word in "[a-z]{0,9}",
    ) {
        let pairs = url::form_urlencoded::parse(sample("signup approved").as_bytes());
        let pairs = pairs.map(|(name, value)| {
            let value = if name == field { word.clone() } else { value.into_owned() };
            (name.into_owned(), value)
        });
        let query =
            url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        if let Ok(notice) = read(&query) {
            prop_assert!(notice.kind != NoticeKind::Paid, "{}", query);
        }
    }
}
