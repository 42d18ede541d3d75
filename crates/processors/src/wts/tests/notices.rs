//! Reading: the suite, late returns by file, and everything that must not be believed.

use processor::check::{Forgery, Sample};
use processor::{NoticeKind, Rejected, Verdict};
use proptest::prelude::*;

use super::*;

fn read(form: &str) -> Result<Notice, Rejected> {
    account().read_postback(&raw(form.as_bytes())).map(|mut notices| notices.remove(0))
}

#[test]
fn the_suite_of_reading_is_passed() {
    use NoticeKind::{Declined, Paid, Waiting};
    let att =
        |letter: &str| Some(&*Box::leak(format!("{}{letter}", &ATTEMPT[..29]).into_boxed_str()));
    let amount = Some(usd(1990));
    let table = [
        ("accepted", Paid, amount, att("a")),
        ("accepted, loudly", Paid, amount, att("b")),
        ("accepted, escaped once", Paid, amount, att("c")),
        ("declined", Declined, amount, att("d")),
        ("still to verify", Waiting, amount, att("e")),
        ("a test", Waiting, amount, att("f")),
        ("a word nobody knows", Waiting, amount, att("g")),
        ("accepted without what was posted", Paid, None, None),
    ];
    let samples = table.map(|(name, kind, amount, reference)| Sample {
        name,
        raw: raw(sample(name).as_bytes()),
        kind,
        amount,
        reference,
    });
    check::reads_samples(account(), &samples);
    let lines = include_str!("../samples/toast.txt").lines().count();
    assert_eq!(lines, samples.len(), "every sample is looked at");
}

#[test]
fn samples_are_read_as_written_down() {
    let lines = include_str!("../samples/toast.txt").lines();
    let all: Vec<_> = lines
        .filter_map(|line| line.split_once('\t'))
        .map(|(name, form)| (name, read(form).unwrap()))
        .collect();
    insta::assert_json_snapshot!(all);
}

#[test]
fn a_sale_is_named_by_order_and_sale_and_known_by_its_code() {
    let paid = read(sample("accepted")).unwrap();
    assert_eq!(paid.transaction.as_deref(), Some("88001:99001"));
    assert_eq!(paid.stored, paid.transaction);
    assert_eq!(paid.also, ["T001", "88001", "99001"]);
    let no = read(sample("declined")).unwrap();
    assert_eq!(no.transaction.as_deref(), Some("T004"));
    assert_eq!(no.decline.unwrap().raw, "No match in the network");
}

#[test]
fn a_test_counts_only_where_tests_count() {
    let mut tests = config("http://127.0.0.1:9/");
    tests["tests"] = true.into();
    let tests = account_of(tests);
    let kind = |form: &str| tests.read_postback(&raw(form.as_bytes())).unwrap()[0].kind;
    assert_eq!(kind(sample("a test")), NoticeKind::Paid);
    for no in ["0", "n", "No", "false", ""] {
        let form = sample("a test").replace("testtrans=1", &format!("testtrans={no}"));
        assert_eq!(read(&form).unwrap().kind, NoticeKind::Paid, "{no}");
    }
    for yes in ["1", "y", "Yes", "true", "2", "test"] {
        let form = sample("a test").replace("testtrans=1", &format!("testtrans={yes}"));
        assert_eq!(read(&form).unwrap().kind, NoticeKind::Waiting, "{yes}");
    }
}

#[test]
fn spellings_of_one_fact_are_one_and_other_facts_are_others() {
    let paid = sample("accepted");
    let loud = paid.replace("status=accepted", "STATUS=Accepted");
    check::sees_one_fact(account(), &raw(paid.as_bytes()), &raw(loud.as_bytes()));
    for (from, to) in [("status=accepted", "status=declined"), ("toastcode=T001", "toastcode=T9")] {
        let other = paid.replace(from, to);
        check::sees_two_facts(account(), &raw(paid.as_bytes()), &raw(other.as_bytes()));
    }
    let unknown = ["success", "pending", "queued", "accepted%21", "1"];
    let unknown = unknown
        .map(|word| raw(paid.replace("status=accepted", &format!("status={word}")).as_bytes()));
    check::waits_on_unknown_words(account(), &unknown);
}

#[test]
fn what_makes_no_sense_is_unreadable() {
    let paid = sample("accepted");
    let table = [
        paid.replace("status=accepted&", ""),
        paid.replace("toastcode=T001&history_id=99001&", ""),
        paid.replace("history_id=99001", "history_id="),
        paid.replace("order_id=88001", "order_id=8%208"),
        paid.replace("toastcode=T001", "toastcode=%3Cb%3E"),
        paid.replace("19.90", "19.905"),
        paid.replace("19.90", "-19.90"),
        paid.replace("19.90", "0"),
        paid.replace("19.90", "1e3"),
        format!("{paid}&status=accepted"),
        format!("status={}&toastcode=T1", "x".repeat(40)),
        "x".repeat(70_000),
    ];
    for form in table {
        let read = read(&form);
        let short = &form[..form.len().min(90)];
        assert!(matches!(read, Err(Rejected::Unreadable(_))), "{short}: {read:?}");
    }
}

/// Senders are compared as whole addresses: the open client looks for a part of a list, so
/// 209.99.11.3 and 209.99.11.5 pass there.
#[test]
fn the_suite_of_locks_and_of_calm_is_passed() {
    let paid = sample("accepted");
    let from = |sender: &str| {
        let mut raw = raw(paid.as_bytes());
        raw.sender = sender.parse().unwrap();
        raw
    };
    for sender in ["209.99.11.30", "209.99.11.157", "209.99.11.200", "::ffff:209.99.11.179"] {
        assert!(account().read_postback(&from(sender)).is_ok(), "{sender}");
    }
    let stranger = |sender| Forgery { name: sender, raw: from(sender), refused: Rejected::Sender };
    let mut no_path = raw(paid.as_bytes());
    no_path.path_secret = None;
    let mut other_path = raw(paid.as_bytes());
    other_path.path_secret = Some("a-secret-of-our-addresS".to_owned());
    let forgeries = [
        stranger("209.99.11.3"),
        stranger("209.99.11.5"),
        stranger("209.99.11.20"),
        stranger("209.99.11.17"),
        stranger("198.51.100.1"),
        Forgery { name: "no path", raw: no_path, refused: Rejected::Path },
        Forgery { name: "another path", raw: other_path, refused: Rejected::Path },
    ];
    check::refuses_forgeries(account(), &forgeries);
    check::reads_garbage_calmly(account(), &[paid.as_bytes()], &|body| raw(&body));
    assert_eq!(account().answer(Verdict::Stored).status, 200);
}

const FILE: &str = include_str!("../samples/history.csv");

#[test]
fn a_check_that_comes_back_days_later_is_charged_back() {
    let told = account().read_report(FILE.as_bytes()).unwrap();
    assert_eq!(told.len(), 2, "sales are told by their own notices");
    let first = &told[0];
    assert_eq!((first.kind, first.amount), (NoticeKind::ChargedBack, Some(usd(1990))));
    assert_eq!(first.reference.as_deref(), Some(ATTEMPT));
    assert_eq!(first.parent.as_deref(), Some("88001:99001"));
    assert_eq!(first.occurred_at, Some("2026-11-25T00:00:00Z".parse().unwrap()));
    assert_eq!(first.words, "ach return R01");
    assert_eq!((told[1].amount, told[1].reference.as_deref()), (Some(usd(500)), None));
    let again = FILE.replace("11/25/2026", "2026-11-25 00:00:00").replace("-19.90", "(19.90)");
    let again = account().read_report(again.as_bytes()).unwrap();
    assert_eq!(again[0].dedupe, first.dedupe, "one return in two spellings");
    assert_eq!(again[0].amount, first.amount);
}

#[test]
fn a_file_of_another_form_is_refused_with_its_line() {
    let why = |file: &str| account().read_report(file.as_bytes()).unwrap_err().to_string();
    assert!(why(&FILE.replace("HistID", "Id")).contains("HistID"));
    assert!(why(&FILE.replace("-19.90", "a lot")).contains("line 3"));
    assert!(why(&FILE.replace("-19.90", "-0.00")).contains("line 3"));
    assert!(why(&FILE.replace("RETURN,99001", "RETURN,")).contains("line 3"));
    assert!(why(&format!("{FILE}RETURN,1\n")).contains("line 6"));
    assert!(why("<html>oops</html>").contains("column"));
    assert!(why("").contains("column"));
    let bytes = account().read_report(&[0xff, 0xfe, 0x00]);
    assert!(bytes.is_err(), "{bytes:?}");
}

proptest! {
    #[test]
    fn random_bytes_are_never_believed(body: Vec<u8>) {
        match account().read_postback(&raw(&body)) {
            Err(rejected) => prop_assert!(matches!(rejected, Rejected::Unreadable(_))),
            Ok(notices) => {
                prop_assert!(notices.iter().all(|notice| notice.kind == NoticeKind::Waiting));
            }
        }
        let _ = account().read_report(&body);
    }
}
