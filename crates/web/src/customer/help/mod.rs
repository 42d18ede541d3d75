//! The help centre as readers see it: three doors, articles, a search, and a voice.

pub(crate) mod article;
pub(crate) mod category;
pub(crate) mod door;
pub(crate) mod home;
mod item;
pub(crate) mod search;
pub(crate) mod vote;
