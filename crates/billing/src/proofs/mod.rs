//! The proof of the money side: the ledger's own, and every sub-ledger against its control account.

mod prove;
mod rows;

pub use prove::{BooksProof, prove};
