//! A row that came back, read by column name.

use std::str::FromStr;

use base::id::IdKind;
use base::{Currency, Fault, Id, Money, Timestamp};
use sqlx::Row as _;

/// One row of an answer, from either database.
#[derive(Debug)]
pub enum Row {
    /// From SQLite.
    Sqlite(sqlx::sqlite::SqliteRow),
    /// From PostgreSQL.
    Postgres(sqlx::postgres::PgRow),
}

macro_rules! getters {
    ($($(#[$doc:meta])* $name:ident $opt_name:ident -> $type:ty;)*) => {
        $(
            $(#[$doc])*
            ///
            /// # Errors
            /// A fault if there is no such column or it holds something else.
            pub fn $name(&self, column: &str) -> Result<$type, Fault> {
                self.$opt_name(column)?.ok_or_else(|| unreadable(column, "it is empty"))
            }

            $(#[$doc])*
            /// `None` where the column is empty.
            ///
            /// # Errors
            /// A fault if there is no such column or it holds something else.
            pub fn $opt_name(&self, column: &str) -> Result<Option<$type>, Fault> {
                match self {
                    Row::Sqlite(row) => row.try_get::<Option<$type>, _>(column),
                    Row::Postgres(row) => row.try_get::<Option<$type>, _>(column),
                }
                .map_err(|error| unreadable(column, error))
            }
        )*
    };
}

impl Row {
    getters! {
        /// A text.
        text opt_text -> String;
        /// A whole number.
        int opt_int -> i64;
        /// Bytes.
        blob opt_blob -> Vec<u8>;
    }

    /// A yes or no, stored as 1 or 0.
    ///
    /// # Errors
    /// A fault if the column holds no number.
    pub fn flag(&self, column: &str) -> Result<bool, Fault> {
        Ok(self.int(column)? != 0)
    }

    /// A time.
    ///
    /// # Errors
    /// A fault if the column holds no number.
    pub fn time(&self, column: &str) -> Result<Timestamp, Fault> {
        self.int(column).map(base::time::from_micros)
    }

    /// A time, or none.
    ///
    /// # Errors
    /// A fault if the column holds no number.
    pub fn opt_time(&self, column: &str) -> Result<Option<Timestamp>, Fault> {
        Ok(self.opt_int(column)?.map(base::time::from_micros))
    }

    /// An id.
    ///
    /// # Errors
    /// A fault if the column holds no id of that kind.
    pub fn id<K: IdKind>(&self, column: &str) -> Result<Id<K>, Fault> {
        self.parsed(column)
    }

    /// An id, or none.
    ///
    /// # Errors
    /// A fault if the column holds no id of that kind.
    pub fn opt_id<K: IdKind>(&self, column: &str) -> Result<Option<Id<K>>, Fault> {
        self.opt_text(column)?
            .map(|text| text.parse().map_err(|error| unreadable(column, error)))
            .transpose()
    }

    /// Anything that is stored as its text.
    ///
    /// # Errors
    /// A fault if the text cannot be read as one.
    pub fn parsed<T: FromStr<Err: std::fmt::Display>>(&self, column: &str) -> Result<T, Fault> {
        self.text(column)?.parse().map_err(|error| unreadable(column, error))
    }

    /// Anything that is stored as JSON.
    ///
    /// # Errors
    /// A fault if the JSON is not of that shape.
    pub fn json<T: serde::de::DeserializeOwned>(&self, column: &str) -> Result<T, Fault> {
        serde_json::from_str(&self.text(column)?).map_err(|error| unreadable(column, error))
    }

    /// A sum of money from its two columns.
    ///
    /// # Errors
    /// A fault if either holds something else.
    pub fn money(&self, amount: &str, currency: &str) -> Result<Money, Fault> {
        Ok(Money::new(self.int(amount)?, self.parsed::<Currency>(currency)?))
    }
}

fn unreadable(column: &str, why: impl std::fmt::Display) -> Fault {
    Fault::new(format!("read column {column}: {why}"))
}
