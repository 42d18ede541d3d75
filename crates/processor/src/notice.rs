//! Messages from a processor: raw, refused, or read.

use std::net::IpAddr;

use base::{Money, Timestamp};

use crate::Decline;

/// A message as it came, before anything is believed.
#[derive(Clone, Debug)]
pub struct RawNotice {
    /// `GET` or `POST`.
    pub method: String,
    /// The part of the path behind the account's name, without slashes: a secret of our own.
    pub path_secret: Option<String>,
    /// The query string, undecoded.
    pub query: String,
    /// Header names in lower case with their values, in order.
    pub headers: Vec<(String, String)>,
    /// The body, byte by byte.
    pub body: Vec<u8>,
    /// Whose connection it came over, after trusted proxies.
    pub sender: IpAddr,
    /// When it came.
    pub received_at: Timestamp,
}

impl RawNotice {
    /// The first header of that lower-case name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Why a message is not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejected {
    /// The digest over the raw bytes is wrong or missing.
    #[error("the signature does not match")]
    Signature,
    /// The connection came from an address that is not on the list.
    #[error("the sender is not on the list")]
    Sender,
    /// User name and password are wrong or missing.
    #[error("the user name or password is wrong")]
    Credentials,
    /// The secret part of the address is wrong or missing.
    #[error("the secret in the address is wrong")]
    Path,
    /// It was signed too long ago, or in the future.
    #[error("the message is too old or from the future")]
    Stale,
    /// The body is not of the processor's form.
    #[error("the body cannot be read: {0}")]
    Unreadable(String),
}

impl Rejected {
    /// A stable word for the console and for metrics.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Rejected::Signature => "bad_signature",
            Rejected::Sender => "unknown_sender",
            Rejected::Credentials => "bad_credentials",
            Rejected::Path => "bad_path",
            Rejected::Stale => "stale_signature",
            Rejected::Unreadable(_) => "unreadable",
        }
    }
}

/// Why a message is not proven by asking the house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unproven {
    /// The house says that it is not its own.
    Rejected(Rejected),
    /// Nobody could be asked; ask again later.
    Unknown(String),
}

/// One thing that a processor tells.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Notice {
    /// What it tells.
    pub kind: NoticeKind,
    /// Makes the same fact recognisable when it comes again, however it is spelled.
    pub dedupe: String,
    /// Our reference of the attempt, if it came back.
    pub reference: Option<String>,
    /// The processor's id of this transaction.
    pub transaction: Option<String>,
    /// The processor's id of the transaction it is about (a refund names its payment).
    pub parent: Option<String>,
    /// The processor's id of the purchase or subscription that holds several transactions.
    pub subscription: Option<String>,
    /// How much, positive also for refunds.
    pub amount: Option<Money>,
    /// When it happened, by the processor's clock.
    pub occurred_at: Option<Timestamp>,
    /// A yes that may still be withdrawn: access may be given, cash may not be booked.
    pub provisional: bool,
    /// Why not, on a decline.
    pub decline: Option<Decline>,
    /// What is known of the card.
    pub card: Option<Card>,
    /// Other ids of the processor by which the payment may be known to us.
    #[serde(default)]
    pub also: Vec<String>,
    /// The processor's id of what may be charged again without the customer.
    #[serde(default)]
    pub stored: Option<String>,
    /// The processor's own words for it, for people who debug: `auth sale initial yes`.
    pub words: String,
}

impl Notice {
    /// A notice that says nothing but its kind, to be filled in.
    #[must_use]
    pub fn new(kind: NoticeKind, dedupe: impl Into<String>) -> Notice {
        Notice {
            kind,
            dedupe: dedupe.into(),
            reference: None,
            transaction: None,
            parent: None,
            subscription: None,
            amount: None,
            occurred_at: None,
            provisional: false,
            decline: None,
            card: None,
            also: Vec::new(),
            stored: None,
            words: String::new(),
        }
    }
}

/// What is known of the card. Never more than this.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Card {
    /// `Visa`.
    pub brand: Option<String>,
    /// The last four digits.
    pub last4: Option<String>,
}

/// What a notice tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// Money was taken.
    Paid,
    /// Money is held, to be captured.
    Authorized,
    /// The customer has approved, and [`crate::Processor::complete`] must take the money.
    Approved,
    /// No money was taken.
    Declined,
    /// Money was taken for a following period, by the processor's own schedule.
    RebillPaid,
    /// Money for a following period was refused.
    RebillDeclined,
    /// Taken in, not decided; also any word we do not know.
    Waiting,
    /// Money was given back.
    Refunded,
    /// A refund that we asked for came to nothing.
    RefundFailed,
    /// A payment was undone before it was settled.
    Voided,
    /// The cardholder took the money back through the bank.
    ChargedBack,
    /// The bank gave it back to us.
    ChargebackReversed,
    /// The bank or the customer asks about a payment; no money has moved.
    DisputeOpened,
    /// A subscription will not renew.
    Cancelled,
    /// Access has ended.
    Expired,
    /// A subscription renews again.
    Reactivated,
    /// Asks or tells something that has no effect on money.
    Ignored,
}

/// What became of a raw message at the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Stored; it may be forgotten at the other end.
    Stored,
    /// Not believed.
    Refused,
    /// Could not be stored now; send it again.
    Again,
}

/// The HTTP answer to a postback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostbackAnswer {
    /// HTTP status.
    pub status: u16,
    /// Of the body.
    pub content_type: &'static str,
    /// What the processor expects to read.
    pub body: String,
}

impl PostbackAnswer {
    /// The answer of a house that only looks at the status.
    #[must_use]
    pub fn plain(verdict: Verdict) -> PostbackAnswer {
        let (status, body) = match verdict {
            Verdict::Stored => (200, "OK"),
            Verdict::Refused => (403, "REFUSED"),
            Verdict::Again => (503, "AGAIN"),
        };
        PostbackAnswer { status, content_type: "text/plain; charset=utf-8", body: body.to_owned() }
    }
}
