//! What stands around every page: the frame for customers, the frame for staff, and trouble.

mod console_frame;
mod frame;
mod remember;
pub(crate) mod theme;
pub(crate) mod trouble;

pub(crate) use console_frame::ConsoleFrame;
pub(crate) use frame::{Frame, Place, Visitor};
pub(crate) use remember::remember_language;
pub(crate) use theme::Theme;
