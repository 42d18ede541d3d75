//! The help centre: articles for each door in several languages, from draft to published, found
//! by their words, with what readers say about them.

mod article;
mod category;
mod doors;
mod edit;
mod look;
pub mod markdown;
mod misses;
mod noted;
mod publish;
mod rows;
mod search;
pub mod shipped;
#[cfg(test)]
mod tests;
mod votes;
mod work;
mod write;
mod written;

pub use article::{Article, Move, NextStep, State, Translation, Version};
pub use category::{Category, CategoryWords};
pub use doors::Doors;
pub use edit::{Filter, Listed, Whole, categories, list, put_category, version, versions, whole};
pub use look::{Entry, Reading, Shelf, by_keys, read, shelf, shelves, top};
pub use misses::{Miss, forget_miss, misses, note_miss};
pub use publish::change_state;
pub use search::{Search, find, related, suggest};
pub use votes::{Voice, voices, vote};
pub use work::PublishWork;
pub use write::{NewArticle, Setting, make, save, set};
pub use written::{Written, slug_of};
