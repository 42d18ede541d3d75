//! A connection while a transaction is open on it. A caller that goes away must not hand its open
//! transaction to whoever gets the connection next.

use sqlx::Postgres;
use sqlx::pool::PoolConnection;
use sqlx::postgres::PgConnection;
use tokio::runtime::Handle;

use super::execute;

/// A connection with a transaction on it.
pub(crate) struct Turn(Option<PoolConnection<Postgres>>);

impl Turn {
    pub(crate) fn new(connection: PoolConnection<Postgres>) -> Turn {
        Turn(Some(connection))
    }

    /// The connection.
    pub(crate) fn connection(&mut self) -> Result<&mut PgConnection, sqlx::Error> {
        self.0.as_deref_mut().ok_or(sqlx::Error::PoolClosed)
    }

    /// Ends the transaction and gives the connection back.
    pub(crate) async fn end(mut self, sql: &'static str) -> Result<(), sqlx::Error> {
        let ended = execute(self.connection()?, sql, Vec::new()).await;
        // A refused commit has ended the transaction just as well; anything else is not trusted.
        if ended.as_ref().err().is_none_or(|error| error.as_database_error().is_some()) {
            self.0 = None;
        }
        ended.map(|_| ())
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let Some(mut connection) = self.0.take() else { return };
        let Ok(runtime) = Handle::try_current() else { return };
        runtime.spawn(async move {
            // The driver first reads the answers nobody waited for.
            if execute(&mut connection, "ROLLBACK", Vec::new()).await.is_err() {
                connection.close_on_drop();
            }
        });
    }
}
