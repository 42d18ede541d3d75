//! Cases on both databases.
