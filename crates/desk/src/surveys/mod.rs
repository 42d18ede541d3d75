//! Surveys: after a case is solved its customer is asked once, by mail, whether we helped. Who says
//! so is asked no more. What they answer is a rating of the case, as on its own page.

mod ask;
mod decide;
mod letter;
mod report;
mod rows;
mod stop;
#[cfg(test)]
mod tests;

pub use ask::{Ask, EVERY, KIND};
pub use decide::Outcome;
pub use report::{Comment, FEW, GOOD, Report, Share, WEEKS, Week, comments, report};
pub use rows::{Survey, of_case};
pub use stop::{NOT_VALID, look, stop};
