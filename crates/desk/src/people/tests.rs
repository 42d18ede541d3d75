//! People on both databases.
