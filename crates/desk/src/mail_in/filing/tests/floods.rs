//! Ten thousand mails of one domain in an hour.

use std::sync::Arc;

use futures_util::StreamExt as _;
use store::Engine;

use super::{Office, mail};
use crate::mail_in::filing::file;
use crate::mail_in::raw::{Reason, State};

const MAILS: usize = 10_000;
const AT_ONCE: usize = 64;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn heavy_ten_thousand_mails_of_one_domain_are_limited_and_none_is_lost() {
    let office = Arc::new(Office::open(Engine::Sqlite).await);
    let each = futures_util::stream::iter(0..MAILS).map(|nth| {
        let office = Arc::clone(&office);
        async move {
            let from = format!("user{nth}@flood.example");
            let raw = mail(&from, &format!("flood {nth}"), "", &format!("{nth} of many"));
            let id = office.arrives(raw).await;
            file(&office.scene.desk, id).await.unwrap();
        }
    });
    each.buffer_unordered(AT_ONCE).collect::<Vec<()>>().await;
    let mut reader = office.scene.store.read().await.unwrap();
    let (waiting, _) = crate::mail_in::waiting(&mut reader).await.unwrap();
    let (held, _) = crate::mail_in::quarantined(&mut reader).await.unwrap();
    let limit = i64::from(office.scene.desk.settings.mail_in.domain_hour);
    assert_eq!((waiting, held), (0, i64::try_from(MAILS).unwrap() - limit));
    drop(reader);
    let held = office.in_state(State::Quarantined).await;
    assert!(held.iter().all(|raw| raw.reason == Some(Reason::Flood)));
    let acknowledged = office.sent().await.len();
    assert!(acknowledged <= 100, "the list shows 100 at most: {acknowledged}");
    let domain = crate::mail_in::rows::acks::sent(
        &mut office.scene.store.read().await.unwrap(),
        "x@flood.example",
        "flood.example",
        office.scene.env.now() - base::SignedDuration::from_hours(24),
        office.scene.env.now() - base::SignedDuration::from_hours(1),
    )
    .await
    .unwrap();
    assert_eq!(domain.domain_hour, 200, "acknowledgments to one domain in an hour");
    // Somebody from elsewhere is not held up by them.
    let other = office.case_of(mail("ana@example.org", "Tokens", "", "Where?")).await;
    assert_eq!(other.subject, "Tokens");
}
