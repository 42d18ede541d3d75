//! A mail that cannot be read never blocks the next one.

use super::{ENGINES, Office, mail};
use crate::mail_in::raw::{Reason, State};

#[tokio::test]
async fn mails_that_cannot_be_read_are_held_back_and_the_next_is_filed() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let mut deep = String::from("From: eve@example.net\r\nSubject: deep\r\n");
        for nth in 0..60 {
            deep.push_str(&format!(
                "Content-Type: multipart/mixed; boundary=b{nth}\r\n\r\n--b{nth}\r\n"
            ));
        }
        let poison = office.arrives(deep).await;
        let good = office.arrives(mail("ana@example.org", "Tokens", "", "Where?")).await;
        office.files_jobs().await;
        assert_eq!(office.raw(good).await.state, State::Filed);
        let poison = office.raw(poison).await;
        assert_eq!((poison.state, poison.reason), (State::Quarantined, Some(Reason::Unreadable)));
        assert!(poison.last_error.is_some());
    }
}

#[tokio::test]
async fn a_mail_that_breaks_its_reader_is_tried_three_times_and_then_held_back() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let broken = office.arrives(mail("eve@example.net", "gone", "", "bytes")).await;
        let hash = office.raw(broken).await.blobs[0].clone();
        store::write!(office.scene.store, |tx| {
            tx.execute(
                "UPDATE blobs SET bytes = $2 WHERE hash = $1",
                (hash.clone(), b"x".as_slice()),
            )
            .await?;
            Ok(())
        })
        .unwrap();
        let good = office.arrives(mail("ana@example.org", "Tokens", "", "Where?")).await;
        let mut tries = 0;
        for _ in 0..6 {
            tries += office.files_jobs().await;
            office.pass(24 * 60);
        }
        assert_eq!(tries, 4, "three for the broken one, one for the good one");
        assert_eq!(office.raw(good).await.state, State::Filed);
        let broken = office.raw(broken).await;
        assert_eq!((broken.state, broken.reason), (State::Quarantined, Some(Reason::Unreadable)));
        assert!(broken.last_error.unwrap().contains("damaged"));
    }
}
