//! Reading: the suite, hints that are no proof, and everything that must not be believed.

use processor::check::{Forgery, Sample};
use processor::{NoticeKind, Rejected};
use proptest::prelude::*;

use super::*;

fn raw(query: &str, body: &[u8]) -> RawNotice {
    let now: Timestamp = "2026-11-21T15:04:06Z".parse().unwrap();
    RawNotice {
        path_secret: Some(PATH.to_owned()),
        query: query.to_owned(),
        sender: "192.0.2.44".parse().unwrap(),
        ..check::post(body, now)
    }
}

fn sample(name: &str) -> (&'static str, &'static str) {
    let file = include_str!("../samples/postbacks.txt");
    let mut lines = file.lines().map(|line| line.split('\t').collect::<Vec<&str>>());
    let line = lines.find(|line| line[0] == name).unwrap_or_else(|| panic!("no sample {name}"));
    (line[1], line[2])
}

fn genuine(name: &str) -> RawNotice {
    let (query, body) = sample(name);
    raw(query, body.as_bytes())
}

fn read(raw: &RawNotice) -> Result<Notice, Rejected> {
    account().read_postback(raw).map(|mut notices| notices.remove(0))
}

#[test]
fn the_suite_of_reading_is_passed() {
    use NoticeKind::{Cancelled, Ignored, Paid, Waiting};
    let other = "att_01k2m8y4v0000000000000000b";
    let table = [
        ("join", Paid, Some(usd(1990)), Some(ATTEMPT)),
        ("join with nothing of money", Waiting, None, Some(other)),
        ("cancellation", Cancelled, None, Some(ATTEMPT)),
        ("user name", Ignored, None, None),
        ("a kind nobody knows", Waiting, None, Some(ATTEMPT)),
        ("no kind at all", Waiting, None, Some(ATTEMPT)),
    ];
    let samples = table.map(|(name, kind, amount, reference)| Sample {
        name,
        raw: genuine(name),
        kind,
        amount,
        reference,
    });
    check::reads_samples(account(), &samples);
    let lines = include_str!("../samples/postbacks.txt").lines().count();
    assert_eq!(lines, samples.len(), "every sample is looked at");
    let unknown = [genuine("a kind nobody knows"), genuine("no kind at all")];
    check::waits_on_unknown_words(account(), &unknown);
}

#[test]
fn samples_are_read_as_written_down() {
    let lines = include_str!("../samples/postbacks.txt").lines();
    let names = lines.filter_map(|line| line.split('\t').next());
    let all: Vec<_> = names.map(|name| (name, read(&genuine(name)).unwrap())).collect();
    insta::assert_json_snapshot!(all);
}

#[test]
fn a_join_is_a_hint_unless_its_elements_are_named() {
    let mut bare = config("http://127.0.0.1:9/");
    bare.as_object_mut().unwrap().remove("postbacks");
    let hint = account_of(bare).read_postback(&genuine("join")).unwrap().remove(0);
    assert_eq!((hint.kind, hint.amount), (NoticeKind::Waiting, None));
    assert_eq!(hint.subscription.as_deref(), Some("cus_1:att_01k2m8y4v0000000000000000a"));
    let paid = read(&genuine("join")).unwrap();
    assert_eq!(paid.transaction.as_deref(), Some("1000144C2A1D3F0"));
    assert_eq!(paid.stored, paid.transaction);
    let text = serde_json::to_string(&paid).unwrap();
    assert!(!text.contains("made-up") && !text.contains("ana"), "no password is kept: {text}");
}

#[test]
fn spellings_of_one_fact_are_one_and_other_facts_are_others() {
    let (_, join) = sample("join");
    let loud = join.replace("1000144C2A1D3F0", GUID).replace("approvedAmount", "APPROVEDAMOUNT");
    let spelled = loud.replace("19.90", " 19.9000 ").replace("cus_1", "CUS_1");
    check::sees_one_fact(account(), &genuine("join"), &raw("is=JOIN", spelled.as_bytes()));
    let other = join.replace("1000144C2A1D3F0", "1000144C2A1D3F1");
    check::sees_two_facts(account(), &genuine("join"), &raw("is=join", other.as_bytes()));
    check::sees_two_facts(account(), &genuine("join"), &genuine("cancellation"));
    check::sees_two_facts(account(), &genuine("cancellation"), &genuine("no kind at all"));
}

#[test]
fn what_makes_no_sense_is_unreadable() {
    let (_, join) = sample("join");
    let table = [
        join.replace("19.90", "19.905"),
        join.replace("19.90", "-19.90"),
        join.replace("19.90", "0"),
        join.replace("19.90", "1e3"),
        join.replace(">USD<", ">ZZZ<"),
        join.replace("1000144C2A1D3F0", "none"),
        join.replace("<customerID>cus_1</customerID>", ""),
        join.replace(ATTEMPT, "a b"),
        join.replace("</approvedAmount>", "</approvedAmount><approvedAmount>0.01</approvedAmount>"),
        join.replace("</HostedPagePostback>", ""),
        join.replace("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<!DOCTYPE a>"),
        "<a>".repeat(40),
        format!("<a>{}</a>", "x".repeat(70_000)),
    ];
    for body in table {
        let read = read(&raw("is=join", body.as_bytes()));
        let short = &body[..body.len().min(90)];
        assert!(matches!(read, Err(Rejected::Unreadable(_))), "{short}: {read:?}");
    }
}

#[test]
fn the_suite_of_locks_and_of_calm_is_passed() {
    let with = |change: &dyn Fn(&mut RawNotice)| {
        let mut raw = genuine("join");
        change(&mut raw);
        raw
    };
    let path = |name, raw| Forgery { name, raw, refused: Rejected::Path };
    let forgeries = [
        path("no path", with(&|raw| raw.path_secret = None)),
        path("another path", with(&|raw| raw.path_secret = Some("a-secret-of-our-addresS".into()))),
        Forgery {
            name: "a stranger",
            raw: with(&|raw| raw.sender = "198.51.100.1".parse().unwrap()),
            refused: Rejected::Sender,
        },
    ];
    check::refuses_forgeries(account(), &forgeries);
    let (query, join) = sample("join");
    check::reads_garbage_calmly(account(), &[join.as_bytes()], &|body| raw(query, &body));
}

#[tokio::test]
async fn a_join_is_proven_by_its_invoice_and_by_nothing_less() {
    let join = genuine("join");
    let (_server, account) = gateway(vec![yes()]).await;
    assert_eq!(account.prove(&join).await, Ok(()));
    let (query, body) = sample("join");
    for (from, to) in [("19.90", "1.99"), ("1000144C2A1D3F0", "1000144C2A1D3F1")] {
        let forged = raw(query, body.replace(from, to).as_bytes());
        assert!(account.read_postback(&forged).is_ok(), "nothing signs {from}");
        let verdict = account.prove(&forged).await;
        assert_eq!(verdict, Err(Unproven::Rejected(Rejected::Signature)), "{to}");
    }
    let (_server, account) = gateway(vec![no("1", "104")]).await;
    let verdict = account.prove(&join).await;
    assert_eq!(verdict, Err(Unproven::Rejected(Rejected::Signature)), "it was declined");
    for surprise in [no("4", "441"), no("3", "300"), ResponseTemplate::new(500)] {
        let (_server, account) = gateway(vec![surprise]).await;
        let verdict = account.prove(&join).await;
        assert!(matches!(verdict, Err(Unproven::Unknown(_))), "{verdict:?}");
    }
    for name in ["cancellation", "user name", "join with nothing of money"] {
        assert_eq!(super::account().prove(&genuine(name)).await, Ok(()), "{name} moves no money");
    }
}

#[test]
fn the_answer_is_xml_with_their_numbers() {
    let body = |verdict| account().answer(verdict).body;
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    assert_eq!(body(Verdict::Stored), format!("{head}<Response><results>0</results></Response>"));
    assert!(body(Verdict::Again).contains("<results>2</results>"));
    assert!(body(Verdict::Refused).contains("<results>1</results>"));
    assert_eq!(account().answer(Verdict::Stored).content_type, "text/xml");
}

proptest! {
    #[test]
    fn random_bytes_are_never_believed(query in "is=[a-z]{0,6}", body: Vec<u8>) {
        let read = read(&raw(&query, &body));
        prop_assert!(matches!(read, Err(Rejected::Unreadable(_))), "{:?}", read);
    }
}
