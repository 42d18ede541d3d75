//! The sandbox's house: it opens sales, shows the page, decides by magic cards and amounts, and
//! sends signed postbacks. It holds no money and no card number.
//!
//! | card | what happens |
//! |---|---|
//! | 4242 4242 4242 4242 | approved |
//! | 4000 0000 0000 0002 | declined: insufficient funds (may work later) |
//! | 4000 0000 0000 0010 | declined: stolen card (never again) |
//! | 4000 0000 0000 0028 | silence before anything was executed; the sale stays open |
//! | 4000 0000 0000 0036 | silence after the charge: paid, no postback, only a look-up tells |
//! | 4000 0000 0000 0044 | pending, then paid after `delay_ms` |
//! | 4000 0000 0000 0051 | paid, the postback comes after `late_ms` |
//! | 4000 0000 0000 0069 | paid, told three times, and an older "pending" in between |
//! | 4000 0000 0000 0077 | paid, disputed after `dispute_ms` |
//! | any other | declined |
//!
//! Amounts do the same with the approving card if their minor units end in 66 and the last two
//! digits of a card above: 6602 is declined, 6644 is paid later. Refunds know 6602 (declined),
//! 6628 (silence before), 6636 (silence after) and 6644 (accepted, done later). Opening a sale
//! knows 6629 (silence before) and 6637 (silence after).

mod api;
mod config;
mod decide;
mod desk;
mod journal;
mod magic;
mod page;
mod postbacks;
mod routes;
mod sale;
mod settings;
mod words;

pub use config::HouseConfig;
pub use desk::House;
pub use routes::routes;
pub use settings::Settings;
