//! Messages that the house must be asked about, reports of many lines, and settlement files.

use crate::notices::{self, Filed};
use crate::payments::{AttemptState, PaymentState};
use crate::settlement::{self, Standing};
use processor::{
    Answer, LineKind, Notice, NoticeKind, Rejected, SettlementLine, Unproven, Verdict,
};

use super::house::{House, dollars, stories};

fn line(kind: LineKind, transaction: &str, minor: i64) -> SettlementLine {
    SettlementLine {
        kind,
        transaction: Some(transaction.to_owned()),
        reference: None,
        gross: dollars(minor),
        fee: dollars(0),
        occurred_at: None,
    }
}

async fn filed(house: &House, id: base::id::NoticeId) -> Filed {
    let mut reader = house.billing.store.read().await.unwrap();
    notices::find(&mut reader, id).await.unwrap().unwrap().filed
}

stories! {
    a_message_is_heard_once_the_house_says_that_it_is_its_own(house) {
        house.fake.can.lock().unwrap().proves_by_asking = true;
        let (_, attempt) = house.started().await;
        let nobody = Unproven::Unknown("time-out".to_owned());
        house.fake.proofs.lock().unwrap().push_back(Err(nobody));
        let row = house.hears(&[house.yes(&attempt)]).await;
        assert_eq!(row.filed, Filed::Waiting, "{:?}", row.reason);
        assert_eq!(house.balance().await, 0);
        house.later(6).await;
        assert_eq!(filed(house, row.id).await, Filed::Applied);
        assert_eq!(house.balance().await, 100);
    }

    a_message_that_the_house_disowns_is_refused(house) {
        house.fake.can.lock().unwrap().proves_by_asking = true;
        let (_, attempt) = house.started().await;
        let not_ours = Unproven::Rejected(Rejected::Signature);
        house.fake.proofs.lock().unwrap().push_back(Err(not_ours));
        let row = house.hears(&[house.yes(&attempt)]).await;
        assert_eq!((row.filed, row.reason.as_deref()), (Filed::Rejected, Some("bad_signature")));
        house.later(60).await;
        assert_eq!(house.balance().await, 0);
    }

    a_report_tells_what_no_postback_told_and_nothing_twice(house) {
        let (_, one) = house.started().await;
        let (_, two) = house.started().await;
        house.hears(&[house.yes(&one)]).await;
        let broken = Notice { amount: None, dedupe: "broken".to_owned(), ..house.yes(&two) };
        let all = [house.yes(&one), broken, house.yes(&two)];
        let file = serde_json::to_vec(&all).unwrap();
        for filed in [Filed::Rejected, Filed::Rejected] {
            let row = notices::receive_report(&house.billing, "fake", &file, "day.json").await;
            let row = row.unwrap();
            assert_eq!(row.filed, filed, "{:?}", row.reason);
            assert!(row.is_report());
        }
        assert_eq!(house.balance().await, 200, "each was paid once");
        let row = notices::receive_report(&house.billing, "fake", b"no", "no.txt").await.unwrap();
        assert_eq!(row.filed, Filed::Rejected, "it is kept all the same");
    }

    a_settlement_line_proves_what_nobody_told(house) {
        let (payment, attempt) = house.started().await;
        let (paid, _) = house.paid().await;
        let waiting = Notice {
            kind: NoticeKind::Waiting,
            dedupe: "waiting".to_owned(),
            also: vec!["ord-7".to_owned()],
            ..house.yes(&attempt)
        };
        house.hears(&[waiting]).await;
        assert_eq!(house.attempt(&attempt).await.state, AttemptState::Pending);
        let known = {
            let mut reader = house.billing.store.read().await.unwrap();
            let all = crate::payments::attempts_of(&mut reader, paid.id).await.unwrap();
            all[0].transaction.clone().unwrap()
        };
        *house.fake.lines.lock().unwrap() = vec![
            line(LineKind::Sale, "ord-7", 1000),
            line(LineKind::Sale, &known, 900),
            line(LineKind::Refund, &known, 100),
            line(LineKind::Sale, "nobody knows", 500),
            line(LineKind::Fee, "", 30),
        ];
        for before in [false, true] {
            let done = settlement::import(&house.billing, "fake", b"settled", "nov.csv").await;
            let done = done.unwrap();
            assert_eq!(done.before, before);
            assert_eq!((done.matched, done.unmatched, done.differs, done.noted), (1, 1, 2, 1));
        }
        assert_eq!(house.payment(payment.id).await.state, PaymentState::Captured);
        assert_eq!(house.balance().await, 200);
        assert!(house.payment(paid.id).await.needs_attention.unwrap().contains("nov.csv line"));
        let mut reader = house.billing.store.read().await.unwrap();
        let calls = crate::payments::operations_of(&mut reader, payment.id).await.unwrap();
        assert_eq!(calls[0].proof.as_deref(), Some("settlement file nov.csv line 1"));
        let open = settlement::open_lines(&mut reader, 10).await.unwrap();
        let standings: Vec<Standing> = open.iter().map(|line| line.standing).collect();
        assert_eq!(standings, [Standing::Differs, Standing::Differs, Standing::Unmatched]);
        drop(reader);
        let no = settlement::import(&house.billing, "fake", b"else", "no.csv").await.unwrap_err();
        assert_eq!(no.refusal().unwrap().code, "settlement_not_read");
    }

    what_fits_nothing_for_three_days_needs_a_person(house) {
        let (_, attempt) = house.started().await;
        let refund = house.tells(&attempt, NoticeKind::Refunded, 1000);
        let row = house.hears_raw(house.raw(&[refund]), Verdict::Stored).await;
        assert_eq!(row.filed, Filed::Unmatched);
        for _ in 0..14 {
            house.fake.finds(Answer::Unknown("asleep".to_owned()));
            house.later(6 * 3_600).await;
        }
        let mut reader = house.billing.store.read().await.unwrap();
        let row = notices::find(&mut reader, row.id).await.unwrap().unwrap();
        assert_eq!(row.filed, Filed::Unmatched);
        assert!(row.reason.unwrap().starts_with("needs a person"));
    }
}
