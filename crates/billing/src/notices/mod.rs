//! Notices: raw messages from processors, stored before they are believed, applied exactly once.

mod apply;
mod hear;
mod inbox;
mod notice;
mod outcome;
mod proof;
mod receive;
mod replay;
mod report;
mod rows;
mod second_lock;
mod sitting;

pub(crate) use apply::Apply;
pub use apply::{APPLY, apply};
pub(crate) use inbox::Inbox;
pub use notice::{Filed, LARGEST_BODY, NoticeRow};
pub use receive::{ACCOUNT_NOT_FOUND, BODY_TOO_LARGE, receive};
pub use replay::{NOTICE_NOT_FOUND, NOTICE_NOT_READ, replay};
pub(crate) use report::Pull;
pub use report::{LARGEST_REPORT, PULL, PULL_EVERY, REPORT_TOO_LARGE, receive_report};
pub use rows::{Filter, counts, find, list, of_payment, raw_body};

/// Counts how a message was filed.
fn counted(filed: Filed, account: &str) {
    let (filed, account) = (filed.as_str(), account.to_owned());
    metrics::counter!("paydesk_notices_total", "filed" => filed, "account" => account).increment(1);
}
