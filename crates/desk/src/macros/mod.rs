//! Macros: several deeds under one name, also with money. A macro stops at the first step that is
//! refused and says what was done.

mod deed;
mod foresee;
mod keep;
mod rows;
mod run;
mod step;
#[cfg(test)]
mod tests;

pub use deed::{
    BAD_NAME, CHANGED, Macro, NAME_TAKEN, NO_SUCH_ANSWER, NOT_OFFERED, Offer, RETIRED, Run,
    UNKNOWN, Written,
};
pub use foresee::{Foreseen, foresee};
pub use keep::{add, bring_back, change, retire};
pub use rows::{all, find, find_run, runs_of};
pub use run::{Wanted, run};
pub use step::{BAD_STEPS, MOST, Step, check};
