//! A mail is filed: read within its limits, found its place, and written into a case or held back,
//! in one transaction. Whatever happens, it ends in a state that staff can see.

mod acknowledge;
mod bounce;
mod evidence;
mod file;
mod foreign;
mod join;
mod limits;
mod passed_on;
mod settle;
#[cfg(test)]
mod tests;
mod work;
mod write;

pub use file::{Filed, file};
pub(super) use file::{file_as, reading};
pub(super) use settle::Ask;
pub use work::FileMail;
