//! Retention and erasure on both databases: everything is looked for everywhere, with a clock that
//! is set.

mod ages;
mod dump;
mod forgotten;
mod house;
mod orphans;
mod tables;
mod waits;
