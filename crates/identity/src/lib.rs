//! Who is who: customers, creators and staff, and what lets each of them in.
//!
//! Whatever opens something (a session, a link, a key, a recovery code) is shown once and stored
//! as a hash. Passwords go through Argon2id, secrets of one-time codes through the vault.

pub mod api_keys;
mod change;
mod country;
pub mod creators;
pub mod customer_links;
pub mod customers;
mod email;
pub mod external_ref;
mod identity;
mod name;
mod passwords;
pub mod sessions;
pub mod sign_in;
pub mod staff;
pub mod sweep;
mod text;

pub use change::Change;
pub use country::CountryCode;
pub use creators::Creator;
pub use customers::Customer;
pub use email::Email;
pub use external_ref::ExternalRef;
pub use identity::Identity;
pub use name::Name;
pub use sweep::works;

#[cfg(test)]
mod testing;
