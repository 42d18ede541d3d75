//! Tipping: a form that carries the tip's name, a look at what will be left, and the receipt.

pub(crate) mod ask;
pub(crate) mod form;
pub(crate) mod send;
pub(crate) mod sent;
