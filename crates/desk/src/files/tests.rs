//! Files on both databases.
