//! The pages as a browser meets them: on both databases, in five languages, with a processor that
//! does as it is told.

mod browser;
mod charge;
mod console;
mod customer;
mod doors;
mod looks;
mod outcomes;
mod world;
