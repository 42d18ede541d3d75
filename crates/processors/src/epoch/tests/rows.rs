//! DataPlus and MemberCancelStats as files.

use processor::NoticeKind;

use super::*;

#[test]
fn a_file_of_transactions_is_read_row_by_row() {
    let notices = account().read_report(include_bytes!("../samples/dataplus.tsv")).unwrap();
    let told: Vec<_> = notices
        .iter()
        .map(|notice| (notice.kind, notice.transaction.as_deref().unwrap(), notice.amount.unwrap()))
        .collect();
    let expected = [
        (NoticeKind::Paid, "1418470004", usd(995)),
        (NoticeKind::RebillPaid, "1418470005", eur(2995)),
        (NoticeKind::Refunded, "1418470007", usd(995)),
        (NoticeKind::Paid, "1418470010", usd(500)),
    ];
    assert_eq!(told, expected);
    assert_eq!(notices[2].parent.as_deref(), Some("1418464163"));
    let posted = account().read_postback(&raw(sample("credit"), b"")).unwrap();
    assert_eq!(posted[0], notices[2], "a post and a file tell the same");
}

#[test]
fn a_file_of_cancelled_members_is_read() {
    let notices = account().read_report(include_bytes!("../samples/cancels.csv")).unwrap();
    assert_eq!(notices.len(), 1);
    assert_eq!(notices[0].kind, NoticeKind::Cancelled);
    assert_eq!(notices[0].subscription.as_deref(), Some("5550002"));
    assert_eq!(notices[0].words, "cancelled Too-expensive--sorry");
}

#[test]
fn a_file_of_another_form_is_refused_by_its_line() {
    let header = "ets_transaction_id,ets_transaction_type,ets_transaction_amount\n";
    let table = [
        (String::new(), "header"),
        ("a,b\n1,2\n".to_owned(), "header"),
        ("<html><body>502</body></html>".to_owned(), "header"),
        (format!("{header}1,O,1.00\n2,O\n"), "2"),
        (format!("{header}1,O,1.00\n2,O,1.001\n"), "line 3"),
        (format!("{header}1,O,\n"), "line 2"),
        (format!("{header}4444 3333,O,1.00\n"), "line 2"),
    ];
    for (file, word) in table {
        let why = account().read_report(file.as_bytes()).unwrap_err().to_string();
        assert!(why.contains(word), "{file}: {why}");
    }
    assert!(account().read_report(&[0xff, 0xfe]).is_err());
    assert_eq!(account().read_report(header.as_bytes()).unwrap(), []);
}
