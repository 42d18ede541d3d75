//! Pieces that several pages share: icons, coins, numbers set large, forms that explain themselves.

mod coins;
mod counted;
mod decline;
pub(crate) mod form;
mod icon;
mod incident;
mod markup;
pub(crate) mod pager;
pub(crate) mod state;
mod statement;
pub(crate) mod value;

pub(crate) use coins::heap;
pub(crate) use counted::Counted;
pub(crate) use decline::{advice_of, class_of};
pub(crate) use icon::icon;
pub(crate) use incident::{Trouble, incidents, troubles};
pub(crate) use markup::Markup;
pub(crate) use statement::{Statement, name_of};
