//! What customers see, in five languages.

pub(crate) mod billing_support;
pub(crate) mod case;
pub(crate) mod cases;
pub(crate) mod charge;
pub(crate) mod checkout;
pub(crate) mod contact;
pub(crate) mod creators;
pub(crate) mod demo;
pub(crate) mod help;
pub(crate) mod home;
pub(crate) mod link;
pub(crate) mod receipt;
pub(crate) mod shop;
pub(crate) mod surveys;
pub(crate) mod tips;
pub(crate) mod wallet;
pub(crate) mod welcome;
