//! Notices: raw messages from processors, stored before they are believed, applied exactly once.

mod apply;
mod match_up;
mod notice;
mod receive;
mod replay;
mod rows;
mod second_lock;

pub(crate) use apply::Apply;
pub use apply::{APPLY, apply};
pub use notice::{Filed, LARGEST_BODY, NoticeRow};
pub use receive::{ACCOUNT_NOT_FOUND, BODY_TOO_LARGE, receive};
pub use replay::{NOTICE_NOT_FOUND, NOTICE_NOT_READ, replay};
pub use rows::{Filter, counts, find, list, of_payment, raw_body};
