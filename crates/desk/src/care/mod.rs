//! Care: what customers are promised, whether it is kept, and what becomes of their words later.

mod calendar;
#[cfg(test)]
mod calendar_tests;
mod clock;
#[cfg(test)]
mod clock_tests;
mod follow;
mod promises;
mod ring;
mod rows;
mod set;
#[cfg(test)]
mod tests;

pub use calendar::{Calendar, Hours};
pub use clock::{Clock, Should, should};
pub use follow::{Due, clocks_of, follow, promise, set_hard};
pub use promises::{Kind, Promises, Target};
pub use ring::{RING, RING_EVERY, Ring};
pub use set::put_in_force;
