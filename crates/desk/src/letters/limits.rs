//! What a mail may hold. Each limit is there so that no sender decides how long we work.

/// The largest mail that is read, in bytes.
pub const LARGEST_MAIL: usize = 35 * 1024 * 1024;
/// All header blocks together, in bytes.
pub(super) const LARGEST_HEADERS: usize = 1024 * 1024;
/// Multiparts within multiparts.
pub(super) const DEEPEST: usize = 20;
/// Parts of all kinds.
pub(super) const MOST_PARTS: usize = 500;
/// Text of all bodies together, in bytes.
pub const LARGEST_TEXT: usize = 10 * 1024 * 1024;
/// HTML that is shown; of a larger one, the text is shown.
pub(super) const LARGEST_HTML: usize = 2 * 1024 * 1024;
/// Header fields that are kept of one block.
pub(super) const MOST_FIELDS: usize = 2_000;
/// Mailboxes that are read from one field.
pub(super) const MOST_MAILBOXES: usize = 500;
/// Message-IDs that are kept of one field; the newest stand last.
pub(super) const MOST_IDS: usize = 100;
/// Links in HTML that is shown.
pub(super) const MOST_LINKS: usize = 5_000;
/// Elements in HTML that is shown.
pub(super) const MOST_ELEMENTS: usize = 50_000;
/// Elements within elements in HTML that is shown.
pub(super) const DEEPEST_HTML: usize = 256;
/// Attributes that are read of one element.
pub(super) const MOST_ATTRIBUTES: usize = 64;
/// Servers a mail may have passed; more is a loop.
pub(super) const MOST_HOPS: usize = 50;
/// Characters of an attachment's name.
pub(super) const LONGEST_NAME: usize = 200;
/// Characters of a subject.
pub(super) const LONGEST_SUBJECT: usize = 1_000;
