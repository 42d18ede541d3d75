//! Ids: a prefix that says what it names, and a UUID version 7 in 26 letters and digits.
//!
//! The text form is `cus_01k2…`: Crockford's base 32 in lower case, ordered like time. This file
//! is the registry of all prefixes.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use uuid::{Builder, Uuid};

use crate::{Chance, Timestamp};

/// What an id names. Implemented by the registry below only.
pub trait IdKind: Copy + Eq + Send + Sync + 'static {
    /// The letters before the underscore.
    const PREFIX: &'static str;
}

/// An id of one kind of thing.
pub struct Id<K>(Uuid, PhantomData<K>);

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Id<K> {}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<K> Eq for Id<K> {}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<K> std::hash::Hash for Id<K> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<K: IdKind> Id<K> {
    /// A new id, ordered by time to the millisecond.
    #[must_use]
    pub fn new(now: Timestamp, chance: &Chance) -> Id<K> {
        let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
        Id::from_uuid(Builder::from_unix_timestamp_millis(millis, &chance.bytes()).into_uuid())
    }

    /// The id with these bits.
    #[must_use]
    pub const fn from_uuid(uuid: Uuid) -> Id<K> {
        Id(uuid, PhantomData)
    }

    /// The bits.
    #[must_use]
    pub const fn uuid(self) -> Uuid {
        self.0
    }

    /// The bits as a number, as the ledger counts ids.
    #[must_use]
    pub const fn as_u128(self) -> u128 {
        self.0.as_u128()
    }
}

impl<K: IdKind> fmt::Display for Id<K> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}_{}", K::PREFIX, base32_of_u128(self.0.as_u128()))
    }
}

impl<K: IdKind> fmt::Debug for Id<K> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// The text is not an id of the kind that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an id that begins with {0}_ and goes on with 26 letters and digits")]
pub struct NotAnId(pub &'static str);

impl<K: IdKind> FromStr for Id<K> {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Id<K>, NotAnId> {
        let no = NotAnId(K::PREFIX);
        let rest =
            text.strip_prefix(K::PREFIX).and_then(|rest| rest.strip_prefix('_')).ok_or(no)?;
        u128_of_base32(rest).map(|bits| Id::from_uuid(Uuid::from_u128(bits))).ok_or(no)
    }
}

impl<K: IdKind> serde::Serialize for Id<K> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, K: IdKind> serde::Deserialize<'de> for Id<K> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Id<K>, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Bytes as Crockford's base 32 in lower case, five bits a letter, the last padded with zeros.
#[must_use]
pub fn base32(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(5) * 8);
    let (mut held, mut bits) = (0_u32, 0);
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(DIGITS[(held >> bits & 31) as usize]));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        text.push(char::from(DIGITS[(held << (5 - bits) & 31) as usize]));
    }
    text
}

fn base32_of_u128(bits: u128) -> String {
    (0..26).rev().map(|nth| char::from(DIGITS[(bits >> (5 * nth) & 31) as usize])).collect()
}

fn u128_of_base32(text: &str) -> Option<u128> {
    if text.len() != 26 || text.as_bytes()[0] > b'7' {
        return None;
    }
    text.bytes().try_fold(0_u128, |bits, letter| {
        let value = DIGITS.iter().position(|digit| *digit == letter)?;
        Some(bits << 5 | value as u128)
    })
}

macro_rules! registry {
    ($($(#[$doc:meta])* $kind:ident $id:ident = $prefix:literal;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            pub struct $kind;
            impl IdKind for $kind {
                const PREFIX: &'static str = $prefix;
            }
            #[doc = concat!("An id with the prefix `", $prefix, "_`.")]
            pub type $id = Id<$kind>;
        )*
        /// Every prefix in use; a test holds them distinct.
        pub const PREFIXES: &[&str] = &[$($prefix),*];
    };
}

registry! {
    /// Somebody who buys.
    Customer CustomerId = "cus";
    /// Somebody who earns.
    Creator CreatorId = "cre";
    /// Somebody who works in the console.
    Staff StaffId = "stf";
    /// A signed-in browser.
    Session SessionId = "ses";
    /// A program's key to the API.
    ApiKey ApiKeyId = "key";
    /// A number of tokens for a price.
    TokenPack TokenPackId = "tpk";
    /// A customer's way through paying, from the choice to the receipt.
    Checkout CheckoutId = "chk";
    /// What is to be collected.
    Payment PaymentId = "pay";
    /// One try on one processor account.
    Attempt AttemptId = "att";
    /// One call that can move money.
    Operation OperationId = "op";
    /// A merchant's contract with a processor, as configured.
    ProcessorAccount ProcessorAccountId = "pac";
    /// A raw message that came in from a processor.
    Notice NoticeId = "ntc";
    /// Tokens bought at one price at one time.
    Lot LotId = "lot";
    /// Tokens the house gave a customer out of goodwill.
    Credit CreditId = "crd";
    /// A line of the audit log.
    AuditNote AuditNoteId = "aud";
    /// A time in which a processor account does not answer as it should.
    Incident IncidentId = "inc";
    /// An article of the help centre.
    Article ArticleId = "art";
    /// A visitor's way into the chat, in one browser.
    ChatSession ChatSessionId = "cht";
    /// A saved view of the inbox.
    View ViewId = "vew";
    /// A customer's wallet.
    Wallet WalletId = "wal";
    /// Tokens given to a creator.
    Tip TipId = "tip";
    /// A fact that others may hear.
    Event EventId = "evt";
    /// Where a merchant wants webhooks sent.
    WebhookEndpoint WebhookEndpointId = "whe";
    /// One event on its way to one endpoint.
    WebhookDelivery WebhookDeliveryId = "whd";
    /// A mail on its way out.
    Mail MailId = "eml";
    /// A mail that came in, as it came.
    RawMail RawMailId = "raw";
    /// A request of somebody to be forgotten.
    Erasure ErasureId = "ers";
    /// A receipt.
    Receipt ReceiptId = "rct";
    /// A piece of background work.
    Job JobId = "job";
    /// A refund.
    Refund RefundId = "re";
    /// A dispute.
    Dispute DisputeId = "dp";
    /// One request, for logs and support.
    Request RequestId = "req";
    /// An account of the ledger that is nobody's own, by its name.
    LedgerAccount LedgerAccountId = "acc";
    /// A transfer of the ledger.
    Transfer TransferId = "trf";
    /// What staff work on.
    Case CaseId = "cas";
    /// One audience's part of a case.
    Thread ThreadId = "thr";
    /// Something that was said in a thread.
    Message MessageId = "msg";
    /// One human the desk knows.
    Person PersonId = "per";
    /// A way to reach a person.
    Address AddressId = "adr";
    /// A file that somebody sent along.
    File FileId = "fil";
    /// An answer that staff have ready.
    Answer AnswerId = "ans";
    /// Several deeds under one name.
    Macro MacroId = "mac";
    /// A macro on a case.
    MacroRun MacroRunId = "mrn";
    /// A question to a customer of how we did.
    Survey SurveyId = "srv";
    /// A purchase at the sandbox processor.
    SandboxSale SandboxSaleId = "sbx";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_its_text_form() {
        let id: CustomerId = Id::new(Timestamp::UNIX_EPOCH, &Chance::seeded(7));
        let text = id.to_string();
        assert!(text.starts_with("cus_") && text.len() == 30, "{text}");
        assert_eq!(text.parse(), Ok(id));
        assert_eq!(text.parse::<CreatorId>(), Err(NotAnId("cre")));
        assert!(format!("cus_8{}", &text[5..]).parse::<CustomerId>().is_err(), "would overflow");
    }

    #[test]
    fn later_ids_sort_behind() {
        let chance = Chance::seeded(1);
        let early: TipId = Id::new("2026-01-01T00:00:00Z".parse().unwrap(), &chance);
        let late: TipId = Id::new("2026-01-01T00:00:01Z".parse().unwrap(), &chance);
        assert!(early < late && early.to_string() < late.to_string());
    }

    #[test]
    fn prefixes_are_distinct() {
        let mut all = PREFIXES.to_vec();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), PREFIXES.len());
    }

    #[test]
    fn base32_keeps_every_bit() {
        assert_eq!(base32(&[0xff; 5]), "zzzzzzzz");
        assert_eq!(base32(&[0x80]), "g0");
    }
}
