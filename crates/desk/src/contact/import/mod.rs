//! Cases of another desk are brought in: from a table (CSV) or from a mail box (mbox). The same
//! file brings the same once, and times stay what they were.

mod bring;
mod item;
mod mbox;
mod table;
#[cfg(test)]
mod tests;

pub use bring::{Brought, bring, finish, is_known};
pub use item::{Attachment, Item, Refused, Speaker};
pub use mbox::{Mbox, Own};
pub use table::{COLUMNS, Table};
