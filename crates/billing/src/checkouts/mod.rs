//! Checkouts: the customer's way through paying. Each has one payment and a link with a secret.

mod checkout;
mod open;
mod rows;

pub use checkout::{
    CHECKOUT_NOT_FOUND, CUSTOMER_NOT_FOUND, Checkout, CheckoutState, NOT_SOLD_IN_CURRENCY,
    PACK_NOT_ACTIVE, RETURN_URL_NOT_VALID, url,
};
pub use open::{NewCheckout, open, open_in, return_address};
pub(crate) use rows::set_state;
pub use rows::{find, find_by_secret, list, of_payment};
