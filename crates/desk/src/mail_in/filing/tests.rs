//! Filing, on both databases.
