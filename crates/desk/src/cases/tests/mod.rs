//! Cases on both databases.

mod answers;
mod changes;
mod leaks;
mod lists;
mod merges;
mod messages;
mod office;
mod table;

use office::{ENGINES, Office, code};
