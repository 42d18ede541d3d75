//! The port: what any processor can be asked, and how it answers.
//!
//! A connector is pure translation between these types and one processor's wire, around one HTTP
//! client. It knows no database and decides nothing: a word it has never seen means *waiting*.

mod answer;
mod capability;
#[cfg(any(test, feature = "check"))]
pub mod check;
mod http;
mod locks;
mod notice;
mod operation;
mod settlement;
pub mod sign;
mod start;
mod support;

pub use answer::{Answer, Decline, DeclineClass};
pub use capability::{Capabilities, TabKind};
pub use http::{Call, Http, Limits, Reply, Sent, is_loopback};
pub use locks::{Basic, Locks};
pub use notice::{Card, Notice, NoticeKind, PostbackAnswer, RawNotice, Rejected, Verdict};
pub use operation::{Cancellation, Done, FindBy, Found, FoundState, Refunding};
pub use settlement::{LineKind, SettlementLine, Unreadable};
pub use start::{Buyer, GoTo, StartRequest, Started};
pub use support::SupportContact;

use async_trait::async_trait;

/// One processor account: a connector with its credentials, ready to be asked.
///
/// Every call that can move money takes a `key`: our operation's id, which never changes on a
/// resend and which the connector hands on as the processor's idempotency key where it has one.
#[async_trait]
pub trait Processor: Send + Sync {
    /// The connector's name, `segpay`.
    fn name(&self) -> &'static str;

    /// What this account can be asked for.
    fn capabilities(&self) -> Capabilities;

    /// How a customer reaches the house that took the money.
    fn support(&self) -> SupportContact;

    /// Begins a payment: where to send the customer.
    async fn start(&self, request: &StartRequest) -> Answer<Started>;

    /// Collects money that was authorised earlier: all of it or a part.
    async fn capture(&self, key: &str, transaction: &str, amount: base::Money) -> Answer<Done> {
        let _ = (key, transaction, amount);
        Answer::cannot("capture")
    }

    /// Raises an authorisation to a new total.
    async fn increment(&self, key: &str, transaction: &str, total: base::Money) -> Answer<Done> {
        let _ = (key, transaction, total);
        Answer::cannot("increment")
    }

    /// Releases an authorisation.
    async fn void(&self, key: &str, transaction: &str) -> Answer<Done> {
        let _ = (key, transaction);
        Answer::cannot("void")
    }

    /// Gives money back. The connector chooses between void and refund by settlement state.
    async fn refund(&self, refunding: &Refunding) -> Answer<Done> {
        let _ = refunding;
        Answer::cannot("refund")
    }

    /// Ends a subscription at the processor.
    async fn cancel(&self, cancellation: &Cancellation) -> Answer<Done> {
        let _ = cancellation;
        Answer::cannot("cancel")
    }

    /// Looks a payment up. `Done(None)` means the processor says that it does not exist; whether
    /// that proves anything is [`Capabilities::find_proves_absence`].
    async fn find(&self, by: &FindBy) -> Answer<Option<Found>> {
        let _ = by;
        Answer::cannot("find")
    }

    /// Reads a raw message: checks every lock on the raw bytes first, then translates.
    ///
    /// # Errors
    /// [`Rejected`] if a lock does not open or the body cannot be read.
    fn read_postback(&self, raw: &RawNotice) -> Result<Vec<Notice>, Rejected>;

    /// What to answer the processor once the message is stored (or refused).
    fn answer(&self, verdict: Verdict) -> PostbackAnswer {
        PostbackAnswer::plain(verdict)
    }

    /// Reads a settlement file or report into lines.
    ///
    /// # Errors
    /// [`Unreadable`] if the file is not of the house's form.
    fn read_settlement(&self, file: &[u8]) -> Result<Vec<SettlementLine>, Unreadable> {
        let _ = file;
        Err(Unreadable::new("this processor has no settlement file that is publicly known"))
    }

    /// Tries the credentials without moving money, for `paydesk doctor`.
    ///
    /// # Errors
    /// A sentence that says what is missing or wrong.
    async fn check(&self) -> Result<(), String>;
}
