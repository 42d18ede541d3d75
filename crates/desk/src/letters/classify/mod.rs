//! What a mail is, beside what it says: a bounce, automatic, our own.

mod automatic;
mod bounce;
mod own;

pub use automatic::{Automatic, AutomaticKind};
pub use bounce::{Bounce, BounceClass};

pub(super) use automatic::{AnswersUs, read as automatic, silent};
pub(super) use bounce::read as bounce;
pub(super) use own::read as own;
