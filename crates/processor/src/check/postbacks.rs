//! What is asked of reading: exact amounts, shut locks, calm about what is unknown or broken.

use base::{Chance, Money};

use super::holds_no_card_number;
use crate::{Notice, NoticeKind, Processor, RawNotice, Rejected};

/// A genuine message and what it says.
pub struct Sample {
    /// For the sentence of a failure.
    pub name: &'static str,
    /// The message with every lock open.
    pub raw: RawNotice,
    /// What it tells.
    pub kind: NoticeKind,
    /// The exact amount it tells.
    pub amount: Option<Money>,
    /// Our reference in it.
    pub reference: Option<&'static str>,
}

/// A message that must not be believed.
pub struct Forgery {
    /// For the sentence of a failure.
    pub name: &'static str,
    /// The message with a lock shut.
    pub raw: RawNotice,
    /// How it must be refused.
    pub refused: Rejected,
}

/// Every sample is read to exactly what it says, every time, and keeps no card number.
///
/// # Panics
/// With the sample's name, if it is read to anything else.
pub fn reads_samples(processor: &dyn Processor, samples: &[Sample]) {
    assert!(
        samples.iter().any(|sample| sample.kind == NoticeKind::Paid),
        "the samples must hold at least one payment"
    );
    for Sample { name, raw, kind, amount, reference } in samples {
        let notice = only(name, processor, raw);
        assert_eq!(notice.kind, *kind, "{name}: wrong kind");
        assert_eq!(notice.amount, *amount, "{name}: wrong amount");
        assert_eq!(notice.reference.as_deref(), *reference, "{name}: wrong reference");
        assert!(!notice.dedupe.is_empty(), "{name}: nothing to recognise it by");
        let again = only(name, processor, raw);
        assert_eq!(notice, again, "{name}: the same bytes were read to two different things");
        if matches!(kind, NoticeKind::Declined | NoticeKind::RebillDeclined) {
            let decline = notice.decline.as_ref();
            let cause = decline.map(|decline| decline.cause.as_str()).unwrap_or_default();
            assert!(!cause.is_empty(), "{name}: a decline without a cause and a class");
        }
        let last4 = notice.card.as_ref().and_then(|card| card.last4.as_deref()).unwrap_or("0000");
        let four_digits = last4.len() == 4 && last4.bytes().all(|byte| byte.is_ascii_digit());
        assert!(four_digits, "{name}: the last four digits are not four digits");
        holds_no_card_number(name, &notice.words);
    }
}

/// Every forgery is refused, for the reason given.
///
/// # Panics
/// With the forgery's name, if it is believed or refused for another reason.
pub fn refuses_forgeries(processor: &dyn Processor, forgeries: &[Forgery]) {
    assert!(!forgeries.is_empty(), "a connector without a lock: there must be a forgery to refuse");
    for Forgery { name, raw, refused } in forgeries {
        match processor.read_postback(raw) {
            Ok(notices) => panic!("{name}: believed, and read to {notices:?}"),
            Err(rejected) => assert_eq!(rejected, *refused, "{name}: refused for another reason"),
        }
    }
}

/// Two spellings of one fact are recognised as the same.
///
/// # Panics
/// If their `dedupe` or what they tell differs.
pub fn sees_one_fact(processor: &dyn Processor, one: &RawNotice, other: &RawNotice) {
    let (one, other) = (only("one", processor, one), only("other", processor, other));
    assert_eq!(one.dedupe, other.dedupe, "one fact in two spellings would be applied twice");
    assert_eq!(one.kind, other.kind, "one fact in two spellings was read to two kinds");
    assert_eq!(one.amount, other.amount, "one fact in two spellings was read to two amounts");
}

/// Two facts are not taken for one.
///
/// # Panics
/// If their `dedupe` is the same: the second would be thrown away.
pub fn sees_two_facts(processor: &dyn Processor, one: &RawNotice, other: &RawNotice) {
    let (one, other) = (only("one", processor, one), only("other", processor, other));
    assert_ne!(one.dedupe, other.dedupe, "two facts would be taken for one: {one:?} {other:?}");
}

/// Words nobody has seen are waited upon, never taken for money.
///
/// # Panics
/// If one of them is read to anything but waiting.
pub fn waits_on_unknown_words(processor: &dyn Processor, raws: &[RawNotice]) {
    for (nth, raw) in raws.iter().enumerate() {
        let notice = only("unknown words", processor, raw);
        assert_eq!(notice.kind, NoticeKind::Waiting, "unknown words {nth}: {}", notice.words);
    }
}

/// Broken bodies behind open locks are refused as unreadable or waited upon; nothing panics.
///
/// `wrap` makes a message out of a body so that all locks open (it signs, for instance); `genuine`
/// are readable bodies, of which every beginning is tried as well.
///
/// # Panics
/// If a broken body is taken for a fact.
pub fn reads_garbage_calmly(
    processor: &dyn Processor,
    genuine: &[&[u8]],
    wrap: &dyn Fn(Vec<u8>) -> RawNotice,
) {
    for body in garbage() {
        match processor.read_postback(&wrap(body.clone())) {
            Err(Rejected::Unreadable(_)) => {}
            Err(other) => panic!("a broken body must be unreadable, it was refused as {other:?}"),
            Ok(notices) => {
                let calm = notices.iter().all(|notice| notice.kind == NoticeKind::Waiting);
                assert!(calm, "garbage was believed: {:?}", String::from_utf8_lossy(&body));
            }
        }
    }
    for body in genuine {
        for end in 0..body.len() {
            let read = processor.read_postback(&wrap(body[..end].to_vec()));
            let calm = matches!(read, Ok(_) | Err(Rejected::Unreadable(_)));
            assert!(calm, "a body cut after {end} bytes was refused as {read:?}");
        }
    }
}

fn only(name: &str, processor: &dyn Processor, raw: &RawNotice) -> Notice {
    let mut notices = match processor.read_postback(raw) {
        Ok(notices) => notices,
        Err(rejected) => panic!("{name}: a genuine message was refused: {rejected}"),
    };
    assert_eq!(notices.len(), 1, "{name}: one message, one notice");
    notices.remove(0)
}

fn garbage() -> Vec<Vec<u8>> {
    let texts = [
        "",
        " ",
        "null",
        "[]",
        "{}",
        "[[[[[[[[",
        "{\"type\":1}",
        "&&&===&",
        "%",
        "%zz=%f",
        "action",
        "<html><body>502 Bad Gateway</body></html>",
        "<?xml version=\"1.0\"?><string>Successful</string>",
        "<!DOCTYPE a [<!ENTITY b \"bb\">]><a>&b;</a>",
        "a=1&a=2",
        "\u{0}\u{0}",
    ];
    let chance = Chance::seeded(42);
    let noise = (0..200).map(|length| (0..length).map(|_| chance.bytes::<1>()[0]).collect());
    texts.iter().map(|text| text.as_bytes().to_vec()).chain(noise).collect()
}
