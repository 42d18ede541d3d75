//! The engines: what the state machine decided, kept on SQLite or PostgreSQL.
