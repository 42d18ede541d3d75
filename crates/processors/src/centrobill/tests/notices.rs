//! Reading: the suite, the whole matrix, and everything that must not be believed.

use processor::check::{Forgery, Sample};
use processor::sign::Digesting;
use processor::{NoticeKind, Rejected};
use proptest::prelude::*;

use super::*;

fn read(raw: &RawNotice) -> Result<Notice, Rejected> {
    account().read_postback(raw).map(|mut notices| notices.remove(0))
}

/// A text of a test's own, signed like CentroBill does.
fn signed(text: &str) -> RawNotice {
    let said = super::super::said::of_reply(text.as_bytes()).unwrap_or_default();
    let id = said.transaction.unwrap_or_default();
    let parts = [KEY.as_bytes(), id.as_bytes(), said.status_as_sent.as_bytes()];
    raw(&Digesting::Sha256.hex(b"", &parts), text.as_bytes())
}

#[test]
fn the_suite_of_reading_is_passed() {
    use NoticeKind::{
        Authorized, ChargedBack, Declined, DisputeOpened, Ignored, Paid, RebillDeclined,
        RebillPaid, RefundFailed, Refunded, Voided, Waiting,
    };
    let att =
        |letter: &str| Some(&*Box::leak(format!("{}{letter}", &ATTEMPT[..29]).into_boxed_str()));
    let (nine, yen) = (Some(usd(995)), Some(Money::new(500, Currency::JPY)));
    let (hundred, transfer, thirty) = (Some(eur(10_000)), Some(eur(2550)), Some(usd(2995)));
    let table = [
        ("sale approved", Paid, nine, att("a")),
        ("sale pending", Waiting, nine, att("b")),
        ("sale declined", Declined, nine, att("c")),
        ("authorised", Authorized, hundred, att("d")),
        ("authorisation declined", Declined, hundred, att("e")),
        ("settled", Paid, hundred, att("d")),
        ("transfer asked for", Paid, transfer, att("f")),
        ("transfer arrived", Paid, transfer, att("f")),
        ("transfer withdrawn", Declined, transfer, att("f")),
        ("signup of a subscription", Paid, thirty, att("g")),
        ("renewal", RebillPaid, thirty, att("g")),
        ("renewal declined", RebillDeclined, thirty, att("g")),
        ("refunded", Refunded, nine, att("a")),
        ("refund pending", Waiting, nine, att("a")),
        ("refund failed", RefundFailed, nine, att("a")),
        ("voided", Voided, hundred, att("d")),
        ("retrieval", DisputeOpened, nine, att("a")),
        ("information given", DisputeOpened, nine, att("a")),
        ("charged back", ChargedBack, nine, None),
        ("charged back by its own word", ChargedBack, nine, None),
        ("charged back again", ChargedBack, nine, att("a")),
        ("at the collector", Ignored, nine, att("a")),
        ("in yen", Paid, yen, att("h")),
        ("paid out", Waiting, nine, att("i")),
        ("a word nobody knows", Waiting, nine, att("j")),
    ];
    let samples = table.map(|(name, kind, amount, reference)| Sample {
        name,
        raw: genuine(name),
        kind,
        amount,
        reference,
    });
    check::reads_samples(account(), &samples);
    let lines = include_str!("../samples/ipn.txt").lines().count();
    assert_eq!(lines, samples.len(), "every sample is looked at");
}

#[test]
fn samples_are_read_as_written_down() {
    let lines = include_str!("../samples/ipn.txt").lines();
    let names = lines.filter_map(|line| line.split('\t').next());
    let all: Vec<_> = names.map(|name| (name, read(&genuine(name)).unwrap())).collect();
    insta::assert_json_snapshot!(all);
}

/// The digest of this message as Python's hashlib makes it, written down.
#[test]
fn the_signature_is_the_one_another_program_makes() {
    let (signature, _) = sample("sale approved");
    assert_eq!(signature, "f802a1a4219a2c810ac7ba512b4ad131edccf7630f74b740b772972212545bf0");
    assert!(read(&genuine("sale approved")).is_ok());
    let upper = raw(&signature.to_uppercase(), sample("sale approved").1.as_bytes());
    assert!(read(&upper).is_ok(), "letter case of hex is free");
}

/// Every row of the pages Charge, Credit and Chargeback that tells more than to wait.
const MATRIX: [&str; 21] = [
    "charge auth success",
    "charge auth fail",
    "charge settle success",
    "charge settle fail",
    "charge sale success",
    "charge sale confirmed",
    "charge sale fail",
    "credit refund success",
    "credit refund fail",
    "credit void success",
    "credit void fail",
    "chargeback chargebackretrieval retrieved",
    "chargeback chargebackretrieval success",
    "chargeback chargebackrepresent represented",
    "chargeback chargebackrepresent success",
    "chargeback chargebackfirst chargeback",
    "chargeback chargebackfirst success",
    "chargeback chargebacksecond chargeback_2nd",
    "chargeback chargebacksecond success",
    "chargeback chargebackcollector send_ca",
    "chargeback chargebackcollector success",
];

#[test]
fn only_the_matrix_moves_money_whatever_else_is_said() {
    let actions = ["charge", "Credit", "chargeback", "redirect", "", "charges", "payout"];
    let modes = [
        "auth",
        "settle",
        "Sale",
        "payout",
        "refund",
        "void",
        "test",
        "",
        "credit",
        "chargebackRetrieval",
        "chargebackRepresent",
        "chargebackFirst",
        "chargebackSecond",
        "chargebackCollector",
    ];
    let statuses = [
        "success",
        "SUCCESS",
        "pending",
        "fail",
        "confirmed",
        "retrieved",
        "represented",
        "chargeback",
        "chargeback_2nd",
        "send_ca",
        "",
        "declined",
        "successful",
        "1",
        "true",
    ];
    let mut seen = std::collections::BTreeSet::new();
    for action in actions {
        for mode in modes {
            for status in statuses {
                let text = json!({"payment": {
                    "action": action, "mode": mode, "status": status, "amount": 1,
                    "currency": "USD", "transactionId": "7",
                }});
                let said = [action, mode, status].map(str::to_lowercase).join(" ");
                let notice = read(&signed(&text.to_string())).unwrap();
                let known = MATRIX.contains(&said.as_str());
                assert_eq!(notice.kind != NoticeKind::Waiting, known, "{said}: {notice:?}");
                if known {
                    seen.insert(said);
                }
            }
        }
    }
    assert_eq!(seen.len(), MATRIX.len(), "every row is reached");
    let unknown = [genuine("a word nobody knows"), genuine("paid out"), genuine("sale pending")];
    check::waits_on_unknown_words(account(), &unknown);
}

#[test]
fn a_transfer_is_provisional_until_it_has_arrived() {
    assert!(read(&genuine("transfer asked for")).unwrap().provisional);
    assert!(!read(&genuine("transfer arrived")).unwrap().provisional);
    assert!(!read(&genuine("sale approved")).unwrap().provisional, "a card's yes stands");
    let mut own = config("http://127.0.0.1:9/");
    own["provisional_methods"] = json!(["Card"]);
    let own = account_of(own);
    let first = |name: &str| own.read_postback(&genuine(name)).unwrap().remove(0);
    assert!(first("sale approved").provisional && !first("transfer asked for").provisional);
}

#[test]
fn links_lead_back_to_the_payment() {
    let refund = read(&genuine("refunded")).unwrap();
    assert_eq!(refund.parent.as_deref(), Some("400000001"));
    assert_eq!(refund.transaction.as_deref(), Some("400000011"));
    let paid = read(&genuine("sale approved")).unwrap();
    assert_eq!(paid.also, ["2300000001"]);
    assert_eq!(paid.stored.as_deref(), Some("0f0f0f0f-1111-4222-8333-444444444444"));
    assert_eq!(paid.occurred_at, Some("2026-08-31T00:15:33Z".parse().unwrap()));
    let renewal = read(&genuine("renewal")).unwrap();
    assert_eq!(renewal.subscription.as_deref(), Some("1276034"));
    assert_eq!(read(&genuine("renewal declined")).unwrap().subscription, renewal.subscription);
}

#[test]
fn spellings_of_one_fact_are_one_and_other_facts_are_others() {
    let (_, paid) = sample("sale approved");
    let as_number = paid.replace("\"transactionId\":\"400000001\"", "\"transactionId\":400000001");
    let as_text = paid.replace("\"amount\":9.95", "\"amount\":\"9.9500\"");
    let louder = paid.replace("\"action\":\"charge\"", "\"action\":\"CHARGE\"");
    for other in [&as_number, &as_text, &louder] {
        assert_ne!(other, paid);
        check::sees_one_fact(account(), &genuine("sale approved"), &signed(other));
    }
    check::sees_two_facts(account(), &genuine("transfer asked for"), &genuine("transfer arrived"));
    check::sees_two_facts(account(), &genuine("transfer arrived"), &genuine("transfer withdrawn"));
    check::sees_two_facts(account(), &genuine("refund pending"), &genuine("refunded"));
    let settled = paid.replace("\"mode\":\"sale\"", "\"mode\":\"settle\"");
    check::sees_two_facts(account(), &genuine("sale approved"), &signed(&settled));
}

#[test]
fn a_decline_keeps_their_words_and_no_card_number() {
    let declined = read(&genuine("sale declined")).unwrap().decline.unwrap();
    assert_eq!(
        (declined.cause.as_str(), declined.raw.as_str()),
        ("insufficient_funds", "51 Insufficient funds")
    );
    let new = read(&genuine("authorisation declined")).unwrap().decline.unwrap();
    assert_eq!(new.cause, "unknown");
    let long = sample("sale declined").1.replace("Insufficient funds", "4444333322221111");
    let text = serde_json::to_string(&read(&signed(&long)).unwrap()).unwrap();
    assert!(!text.contains("2222"), "{text}");
    let first_six = serde_json::to_string(&read(&genuine("sale approved")).unwrap()).unwrap();
    assert!(!first_six.contains("420000"), "{first_six}");
}

#[test]
fn amounts_and_ids_that_make_no_sense_are_unreadable() {
    let (_, paid) = sample("sale approved");
    let table = [
        paid.replace("\"amount\":9.95", "\"amount\":9.955"),
        paid.replace("\"amount\":9.95", "\"amount\":1e3"),
        paid.replace("\"amount\":9.95", "\"amount\":-9.95"),
        paid.replace("\"amount\":9.95", "\"amount\":null"),
        paid.replace("\"amount\":9.95", "\"amount\":[9.95]"),
        paid.replace("\"amount\":9.95", "\"amount\":\"9,95\""),
        paid.replace("\"amount\":9.95", "\"amount\":99999999999999999999"),
        paid.replace("\"amount\":9.95", "\"amount\":9.95,\"amount\":0.01"),
        paid.replace("\"currency\":\"USD\"", "\"currency\":\"ZZZ\""),
        paid.replace("\"currency\":\"USD\",", ""),
        paid.replace("\"transactionId\":\"400000001\",", ""),
        paid.replace("\"transactionId\":\"400000001\"", "\"transactionId\":\"4000 00001\""),
        paid.replace("\"orderId\":\"2300000001\"", "\"orderId\":\"a/b\""),
        paid.replace("\"mode\":\"sale\"", &format!("\"mode\":\"{}\"", "x".repeat(65))),
        format!("{paid}{paid}"),
        format!("{{\"payment\":{}}}", "[".repeat(200)),
        paid.replace("visa", &"x".repeat(70_000)),
    ];
    for text in table {
        let read = read(&signed(&text));
        let short: String = text.chars().take(90).collect();
        assert!(matches!(read, Err(Rejected::Unreadable(_))), "{short}: {read:?}");
    }
}

#[test]
fn the_suite_of_locks_and_of_calm_is_passed() {
    let (signature, text) = sample("sale approved");
    let with = |change: &dyn Fn(&mut RawNotice)| {
        let mut raw = genuine("sale approved");
        change(&mut raw);
        raw
    };
    let other_id = text.replace("400000001", "400000099");
    let other_status = text.replace("\"status\":\"success\"", "\"status\":\"confirmed\"");
    let cut = &signature[..62];
    let forged = |name, raw| Forgery { name, raw, refused: Rejected::Signature };
    let forgeries = [
        Forgery {
            name: "a stranger",
            raw: with(&|raw| raw.sender = "198.51.100.1".parse().unwrap()),
            refused: Rejected::Sender,
        },
        Forgery {
            name: "no path",
            raw: with(&|raw| raw.path_secret = None),
            refused: Rejected::Path,
        },
        forged("no signature", with(&|raw| raw.headers.clear())),
        forged("a cut signature", raw(cut, text.as_bytes())),
        forged("one other digit", raw(&signature.replace('a', "b"), text.as_bytes())),
        forged("another transaction", raw(signature, other_id.as_bytes())),
        forged("another status", raw(signature, other_status.as_bytes())),
        forged("a signature of another message", raw(sample("in yen").0, text.as_bytes())),
    ];
    check::refuses_forgeries(account(), &forgeries);
    check::reads_garbage_calmly(account(), &[text.as_bytes()], &|body| raw(signature, &body));
}

/// The older form: its digest is SHA-1 with the key at both ends.
#[test]
fn the_older_form_is_read_if_its_key_is_configured() {
    let lines = include_str!("../samples/legacy.txt").lines();
    let samples: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once('\t')).collect();
    let form = |name: &str| samples.iter().find(|(label, _)| *label == name).unwrap().1;
    let table = [
        ("sale", NoticeKind::Paid),
        ("shipped", NoticeKind::Paid),
        ("authorised", NoticeKind::Authorized),
        ("declined", NoticeKind::Declined),
        ("voided", NoticeKind::Voided),
        ("test", NoticeKind::Waiting),
    ];
    assert_eq!(samples.len(), table.len() + 1, "every sample is looked at");
    let refunded = read(&raw("", form("refunded").as_bytes()));
    let look = matches!(&refunded, Err(Rejected::Unreadable(why)) if why.contains("a person"));
    assert!(look, "a part would be taken for the whole: {refunded:?}");
    for (name, kind) in table {
        let notice = read(&raw("", form(name).as_bytes())).unwrap();
        assert_eq!((notice.kind, notice.amount), (kind, None), "{name}");
    }
    let sale = read(&raw("", form("sale").as_bytes())).unwrap();
    assert_eq!(sale.transaction.as_deref(), Some("500000001"));
    assert_eq!(sale.also, ["24000001"]);
    let declined = read(&raw("", form("declined").as_bytes())).unwrap();
    assert_eq!(declined.decline.unwrap().cause, "insufficient_funds");
    for forged in [
        form("sale").replace("successful", "shipped"),
        form("sale").replace("24000001", "24000002"),
        form("sale").replace("sign=", "sign=0"),
        form("sale").split("&sign=").next().unwrap().to_owned(),
    ] {
        assert_eq!(read(&raw("", forged.as_bytes())), Err(Rejected::Signature), "{forged}");
    }
    let mut bare = config("http://127.0.0.1:9/");
    bare.as_object_mut().unwrap().remove("legacy");
    let refused = account_of(bare).read_postback(&raw("", form("sale").as_bytes()));
    assert!(matches!(refused, Err(Rejected::Unreadable(_))), "{refused:?}");
    check::reads_garbage_calmly(account(), &[form("test").as_bytes()], &|body| {
        let mut raw = raw("", &body);
        raw.method = "GET".to_owned();
        raw
    });
}

#[test]
fn the_answer_is_json_with_their_words() {
    let stored = account().answer(Verdict::Stored);
    assert_eq!((stored.status, stored.body.as_str()), (200, "{\"result\":\"OK\"}"));
    assert_eq!(stored.content_type, "application/json");
    let again = account().answer(Verdict::Again);
    assert_eq!((again.status, again.body.as_str()), (503, "{\"result\":\"NOK\"}"));
}

proptest! {
    #[test]
    fn random_bytes_are_never_believed(body: Vec<u8>) {
        let read = read(&raw(sample("sale approved").0, &body));
        prop_assert!(matches!(read, Err(Rejected::Unreadable(_) | Rejected::Signature)));
    }

    #[test]
    fn another_amount_is_read_digit_by_digit(whole in 0u32..10_000_000, cents in 0u32..100) {
        let text = sample("sale approved").1
            .replace("\"amount\":9.95", &format!("\"amount\":{whole}.{cents:02}"));
        let notice = read(&signed(&text)).unwrap();
        prop_assert_eq!(notice.amount, Some(usd(i64::from(whole) * 100 + i64::from(cents))));
    }
}
