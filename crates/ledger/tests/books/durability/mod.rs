//! What is left after a crash, a damaged file or a full disk.
//!
//! The crashes are real: this test program starts itself again as a child, reads every answer that
//! the child got, and ends it at a bad moment. What was answered must be there, nothing may be
//! there twice, and the books must balance.

mod child;
mod copies;
mod crash;
mod damage;
mod full;
mod kill;
mod sidecar;
