//! Asking questions, in or out of a transaction.

use base::Fault;

use crate::row::Row;
use crate::store::Engine;
use crate::value::Args;

/// Something that can be asked: a transaction, or a reader outside of one.
pub trait Reads: Send {
    /// Which database is asked, for the few questions that have two texts.
    fn engine(&self) -> Engine;

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
