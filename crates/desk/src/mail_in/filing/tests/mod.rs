//! Filing, on both databases.

mod bounces;
mod floods;
mod held;
mod loops;
mod office;
mod poison;
mod threads;

use office::{ENGINES, Office, mail};
