//! How this room behaves on both databases.

use base::{Stop, Timestamp};

use super::{LARGEST, TOO_LARGE, Use, get, put, remove_unused, unused_after};
use crate::reads::Reads as _;
use crate::scratch::Scratch;
use crate::test_both::on_both;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

on_both! {
    the_same_bytes_are_kept_once_and_come_back
    what_is_too_large_is_refused
    damaged_bytes_are_noticed
    what_nothing_uses_goes_and_what_is_shared_stays
    what_was_put_again_of_late_is_not_taken_for_forgotten
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

/// Two tables of the house that keep names of blobs: one a row, one as a list.
const USES: [Use; 2] = [
    Use::Named("SELECT body_hash AS hash FROM notices WHERE body_hash IN texts($1)"),
    Use::Listed("SELECT body AS hash FROM replays WHERE body IS NOT NULL"),
];

async fn what_nothing_uses_goes_and_what_is_shared_stays(scratch: Scratch) {
    let store = &scratch.store;
    let names: Vec<String> = crate::write!(store, |tx| {
        let mut names = Vec::new();
        for bytes in [b"one".as_slice(), b"two", b"three"] {
            names.push(put(tx, NOW, bytes).await?);
        }
        let sql = "INSERT INTO notices (id, account, received_at, method, sender, headers, query,
                   body_hash, filed, words, reads)
                   VALUES ('n', 'a', 0, 'POST', '', '', '', $1, 'waiting', '', '')";
        tx.execute(sql, (&names[1],)).await?;
        let sql = "INSERT INTO replays (key, fingerprint, status, body, created_at)
                   VALUES ('k', 'f', 200, $1, 0)";
        tx.execute(sql, (format!("[\"{}\"]", names[2]),)).await?;
        Ok::<_, Stop>(names)
    })
    .unwrap();
    for expected in [1, 0] {
        let gone = crate::write!(store, |tx| Ok(remove_unused(tx, &names, &USES).await?)).unwrap();
        assert_eq!(gone, expected);
    }
    let mut reader = store.read().await.unwrap();
    assert_eq!(get(&mut reader, &names[0]).await.unwrap(), None);
    for name in &names[1..] {
        assert!(get(&mut reader, name).await.unwrap().is_some());
    }
}

async fn what_was_put_again_of_late_is_not_taken_for_forgotten(scratch: Scratch) {
    let store = &scratch.store;
    let later = NOW + base::SignedDuration::from_hours(48);
    let (old, again) = crate::write!(store, |tx| {
        let old = put(tx, NOW, b"old").await?;
        put(tx, NOW, b"again").await?;
        Ok((old, put(tx, later, b"again").await?))
    })
    .unwrap();
    let mut reader = store.read().await.unwrap();
    let mut after = String::new();
    let mut found = Vec::new();
    loop {
        let (unused, next) = unused_after(&mut reader, &after, later, 1, &USES).await.unwrap();
        found.extend(unused);
        match next {
            Some(next) => after = next,
            None => break,
        }
    }
    assert_eq!(found, [old], "{again} was put a moment ago");
}
