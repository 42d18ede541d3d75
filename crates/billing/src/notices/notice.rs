//! A notice as it is kept: what came, what it was read as, and what became of it.

use base::Timestamp;
use base::id::{AttemptId, NoticeId, PaymentId};
use processor::Notice;

use store::terms;

/// The largest body of a postback.
pub const LARGEST_BODY: usize = 64 * 1024;

terms! {
    /// What became of a notice.
    Filed {
        /// Stored, not looked at yet.
        Waiting = "waiting",
        /// It changed something.
        Applied = "applied",
        /// The same fact was told before.
        Duplicate = "duplicate",
        /// It says nothing that is not known or over.
        Stale = "stale",
        /// It fits nothing yet.
        Unmatched = "unmatched",
        /// It is not believed.
        Rejected = "rejected",
    }
}

/// A raw message from a processor.
#[derive(Clone, Debug, serde::Serialize)]
pub struct NoticeRow {
    /// Its id.
    pub id: NoticeId,
    /// The processor account it came in for.
    pub account: String,
    /// When it came.
    pub received_at: Timestamp,
    /// `GET` or `POST`.
    pub method: String,
    /// The address it came from.
    pub sender: String,
    /// Its headers, without those that carry credentials.
    pub headers: Vec<(String, String)>,
    /// Its query string.
    pub query: String,
    /// The name of its body among the blobs.
    pub body_hash: String,
    /// What became of it.
    pub filed: Filed,
    /// Why.
    pub reason: Option<String>,
    /// What it tells, as a word.
    pub kind: Option<String>,
    /// The processor's own words for it.
    pub words: String,
    /// The payment it is about, once that is known.
    pub payment: Option<PaymentId>,
    /// The attempt it is about, once that is known.
    pub attempt: Option<AttemptId>,
    /// What it was read as.
    pub reads: Vec<Notice>,
}

/// The method of a row that no postback made: a report that was fetched or handed in.
pub(super) const REPORT: &str = "REPORT";

impl NoticeRow {
    /// Whether it is a report that was fetched or handed in.
    #[must_use]
    pub fn is_report(&self) -> bool {
        self.method == REPORT
    }
}
