//! The port: what any processor can be asked, and how it answers.
//!
//! A connector is pure translation between these types and one processor's wire, around one HTTP
//! client. It knows no database and decides nothing: a word it has never seen means *waiting*.

mod answer;
mod capability;
mod charge;
#[cfg(any(test, feature = "check"))]
pub mod check;
pub mod declines;
mod finding;
mod http;
mod locks;
mod notice;
mod operation;
mod settlement;
pub mod sign;
mod start;
mod subscription;
mod support;

pub use answer::{Answer, Decline, DeclineClass};
pub use capability::{ByHand, Capabilities, HandTask, TabKind};
pub use charge::{CaptureWhen, Charge, ChargeOutcome, Charged, Completing, Instrument};
pub use finding::{Finding, Standing};
pub use http::{Call, Calls, Http, Limits, Rehearsed, Reply, Sent, is_loopback};
pub use locks::{Basic, Locks};
pub use notice::{
    Card, Notice, NoticeKind, PostbackAnswer, RawNotice, Rejected, Unproven, Verdict,
};
pub use operation::{Cancellation, Done, FindBy, Found, FoundState, Refunding};
pub use settlement::{LineKind, SettlementLine, Unreadable};
pub use start::{Buyer, GoTo, StartRequest, Started};
pub use subscription::{ChangeTo, Period, Renewal, SubscriptionChange};
pub use support::{CallPaidBy, HouseCan, Phone, SupportContact};

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

    /// Charges from the server: a stored card, or a wallet's token.
    async fn charge(&self, charge: &Charge) -> Answer<Charged> {
        let _ = charge;
        Answer::cannot("charge from the server")
    }

    /// Makes the last call that some houses want once the customer has approved
    /// ([`FoundState::Approved`], [`NoticeKind::Approved`]).
    async fn complete(&self, completing: &Completing) -> Answer<Charged> {
        let _ = completing;
        Answer::cannot("complete an approved payment")
    }

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

    /// Renews the hold of an authorisation whose honour period ends, to the amount given.
    async fn renew(&self, key: &str, transaction: &str, amount: base::Money) -> Answer<Done> {
        let _ = (key, transaction, amount);
        Answer::cannot("renew an authorisation")
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

    /// Changes a subscription that the processor keeps.
    async fn change(&self, change: &SubscriptionChange) -> Answer<Done> {
        let _ = change;
        Answer::cannot("change a subscription")
    }

    /// Looks a payment up. `Done(None)` means the processor says that it does not exist; whether
    /// that proves anything is [`Capabilities::find_proves_absence`].
    async fn find(&self, by: &FindBy) -> Answer<Option<Found>> {
        let _ = by;
        Answer::cannot("find")
    }

    /// The locks before its messages besides a signature, for people who debug an integration.
    fn locks(&self) -> Option<&Locks> {
        None
    }

    /// Reads a raw message: checks every lock on the raw bytes first, then translates.
    ///
    /// # Errors
    /// [`Rejected`] if a lock does not open or the body cannot be read.
    fn read_postback(&self, raw: &RawNotice) -> Result<Vec<Notice>, Rejected>;

    /// Asks the house whether a message is its own, where the raw bytes alone do not tell
    /// ([`Capabilities::proves_by_asking`]). It is asked before anything is booked, and again
    /// while there is no answer.
    ///
    /// # Errors
    /// [`Unproven`]: not the house's message, or nobody could be asked.
    async fn prove(&self, raw: &RawNotice) -> Result<(), Unproven> {
        let _ = raw;
        Ok(())
    }

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

    /// Reads a report of many transactions (a daily list, a history file) into what it tells,
    /// as if each line had come as a postback ([`Capabilities::reports`]).
    ///
    /// # Errors
    /// [`Unreadable`] if the file is not of the house's form.
    fn read_report(&self, file: &[u8]) -> Result<Vec<Notice>, Unreadable> {
        let _ = file;
        Err(Unreadable::new("this processor has no report that is publicly known"))
    }

    /// Fetches the reports of a span of time, raw, for [`Processor::read_report`]
    /// ([`Capabilities::pulls_reports`]).
    async fn pull(&self, from: base::Timestamp, to: base::Timestamp) -> Answer<Vec<Vec<u8>>> {
        let _ = (from, to);
        Answer::cannot("be asked for reports")
    }

    /// Tries what can be tried without moving money: credentials, sender lists, the clock; and
    /// says what is missing. `now` is our own time.
    async fn check(&self, now: base::Timestamp) -> Vec<Finding>;
}
