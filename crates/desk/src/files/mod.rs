//! Files that people send along: their bytes decide what they are, not their names.

mod file;

pub use file::{File, Upload};
