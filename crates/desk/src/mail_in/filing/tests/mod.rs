//! Filing, on both databases.

mod bounces;
mod floods;
mod foreign;
mod held;
mod loops;
mod office;
mod passed_on;
mod poison;
mod threads;

use office::{ENGINES, Office, mail};
