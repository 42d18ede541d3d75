//! Paying: look at it once more, go to the processor's page, come back, and be told the truth.

pub(crate) mod cancel;
pub(crate) mod opened;
pub(crate) mod outcome;
pub(crate) mod pay;
pub(crate) mod show;
mod standing;

pub(crate) use standing::Standing;
