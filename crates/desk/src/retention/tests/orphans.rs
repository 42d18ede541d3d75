//! Files that were never sent, and bytes that nothing uses.

use base::Stop;
use store::blobs;

use super::dump;
use super::house::House;
use crate::cases::Origin;
use crate::files::{self, Upload};
use crate::people::AddressKind;
use crate::scene::ENGINES;

#[tokio::test]
async fn a_file_that_was_never_sent_goes_and_what_is_shared_or_sent_stays() {
    for engine in ENGINES {
        let house = House::open(engine).await;
        let (store, env) = (&house.scene.store, house.env());
        let ana = house.person(AddressKind::Mail, "ana@example.org", "Ana").await;
        let case = house.case(&ana, Origin::Form, "see my files").await;
        house.file(&case, "sent.txt", b"bytes that were sent").await;
        let kept = store::write!(store, |tx| {
            for (name, bytes) in [
                ("draft.txt", b"bytes of a form nobody sent".as_slice()),
                ("copy.txt", b"bytes that were sent"),
            ] {
                files::keep(tx, env, Upload { name, declared: "", bytes }).await?;
            }
            blobs::put(tx, env.now(), b"bytes of nobody at all").await?;
            Ok::<_, Stop>(())
        });
        kept.unwrap();
        house.days(1);
        house.round().await;
        assert!(!dump::found(store, &["nobody sent"]).await.is_empty(), "it may yet be sent");
        house.days(2);
        house.round().await;
        let gone = dump::found(store, &["nobody sent", "draft.txt", "copy.txt", "nobody at"]).await;
        assert_eq!(gone, Vec::<String>::new());
        let stays = dump::found(store, &["bytes that were sent", "sent.txt"]).await;
        assert!(stays.len() >= 2, "{stays:?}");
    }
}
