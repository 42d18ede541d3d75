//! Billing support: who takes payments for us and how to reach them, made from the accounts.

mod house;
pub(crate) mod show;
