//! Card numbers never enter: what customers type all the same is masked before it is kept.

mod cards;

pub use cards::{cards, cards_in_html};
