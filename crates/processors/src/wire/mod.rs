//! What several houses' wires have in common: forms, XML, decimal amounts, countries.

pub(crate) mod country;
pub(crate) mod decimal;
mod fields;
pub(crate) mod xml;

pub(crate) use fields::Fields;
