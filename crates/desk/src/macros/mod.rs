//! Macros: several deeds under one name, also with money. A macro stops at the first step that is
//! refused and says what was done.

mod deed;
mod keep;
mod rows;
mod run;
mod step;
#[cfg(test)]
mod tests;

pub use deed::{BAD_NAME, CHANGED, Macro, NAME_TAKEN, RETIRED, Run, UNKNOWN};
pub use keep::{add, change, retire};
pub use rows::{all, find, find_run, runs_of};
pub use run::run;
pub use step::{BAD_STEPS, Step, check};
