//! Stories: people and deeds, over real HTTP, on SQLite and on PostgreSQL. Each ends by proving
//! the books and finding nothing left to do.
#![expect(clippy::unwrap_used, reason = "what goes wrong ends a story")]

mod first_sale;
mod flood;
mod segpay;
mod six_houses;
mod unlucky;
