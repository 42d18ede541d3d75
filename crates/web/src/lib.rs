//! The pages: what customers see in five languages, and the console that staff work in.
//!
//! Every page works without scripts. A page lies in its own folder: what it shows and how it is
//! asked for in `show.rs`, how it looks in `show.html` beside it. Pages decide nothing about
//! money; they ask the rooms below and say what these answered.

mod answer;
mod assets;
mod chat;
mod console;
mod customer;
mod guard;
mod house;
mod layout;
mod parts;
mod routes;
mod social;
#[cfg(test)]
mod tests;

pub use house::{Demo, Web, WebSettings};
pub use routes::routes;
