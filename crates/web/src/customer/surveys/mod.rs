//! Surveys by mail: the page that ends them for one address.

pub(crate) mod stop;
