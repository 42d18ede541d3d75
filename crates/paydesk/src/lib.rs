//! Wiring: configuration, the rooms joined together, and the command line.
//!
//! It is a library so that stories can start the whole program inside a test.

pub mod cli;
pub mod config;
pub mod demo;
pub mod edge;
pub mod key;
pub mod mail;
pub mod observe;
pub mod proof;
pub mod serve;
pub mod wire;
