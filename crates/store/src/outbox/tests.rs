//! How this room behaves on both databases.
