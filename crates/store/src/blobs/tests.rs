//! How this room behaves on both databases.

use base::{Stop, Timestamp};

use super::{LARGEST, TOO_LARGE, get, put};
use crate::reads::Reads as _;
use crate::scratch::Scratch;
use crate::test_both::on_both;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

on_both! {
    the_same_bytes_are_kept_once_and_come_back
    what_is_too_large_is_refused
    damaged_bytes_are_noticed
}

async fn the_same_bytes_are_kept_once_and_come_back(scratch: Scratch) {
    let store = &scratch.store;
    let bytes: Vec<u8> = (0..200_000_u32).map(|nth| (nth % 251) as u8).collect();
    let mut names = Vec::new();
    for _ in 0..2 {
        names.push(crate::write!(store, |tx| put(tx, NOW, &bytes).await).unwrap());
    }
    let empty = crate::write!(store, |tx| put(tx, NOW, b"").await).unwrap();
    assert_eq!(names[0], names[1]);
    assert_eq!(empty, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    let mut reader = store.read().await.unwrap();
    assert_eq!(get(&mut reader, &names[0]).await.unwrap(), Some(bytes));
    assert_eq!(get(&mut reader, &empty).await.unwrap(), Some(Vec::new()));
    assert_eq!(get(&mut reader, "nothing").await.unwrap(), None);
    let rows = reader.fetch_all("SELECT hash FROM blobs", ()).await.unwrap();
    assert_eq!(rows.len(), 2);
}

async fn what_is_too_large_is_refused(scratch: Scratch) {
    let bytes = vec![0; LARGEST + 1];
    let refused = crate::write!(scratch.store, |tx| put(tx, NOW, &bytes).await);
    assert!(matches!(refused, Err(Stop::Refused(refusal)) if refusal == TOO_LARGE));
}

async fn damaged_bytes_are_noticed(scratch: Scratch) {
    let store = &scratch.store;
    let hash = crate::write!(store, |tx| put(tx, NOW, b"whole").await).unwrap();
    crate::write!(store, |tx| {
        tx.execute("UPDATE blobs SET bytes = $1", (b"hole".as_slice(),)).await?;
        Ok(())
    })
    .unwrap();
    let fault = get(&mut store.read().await.unwrap(), &hash).await.unwrap_err();
    assert!(fault.to_string().contains("damaged"), "{fault}");
}
