//! Asking questions, in or out of a transaction.

use base::Fault;

use crate::row::Row;
use crate::value::Args;

/// Something that can be asked: a transaction, or a reader outside of one.
pub trait Reads: Send {
    /// All rows.
    fn fetch_all(
        &mut self,
        sql: &'static str,
        args: impl Args + Send,
    ) -> impl Future<Output = Result<Vec<Row>, Fault>> + Send;

    /// The first row, if there is one.
    fn fetch_optional(
        &mut self,
        sql: &'static str,
        args: impl Args + Send,
    ) -> impl Future<Output = Result<Option<Row>, Fault>> + Send {
        async move { Ok(self.fetch_all(sql, args).await?.into_iter().next()) }
    }

    /// The one row there must be.
    fn fetch_one(
        &mut self,
        sql: &'static str,
        args: impl Args + Send,
    ) -> impl Future<Output = Result<Row, Fault>> + Send {
        async move {
            let row = self.fetch_optional(sql, args).await?;
            row.ok_or_else(|| Fault::new("find the one row there must be"))
        }
    }
}
