//! Databases on the tests' server: copied from one that has the tables, and dropped once whoever
//! made them has ended, so that a run of many tests needs the room of a few.

use std::path::Path;

use base::{Chance, Fault};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};

use super::SERVER;
use crate::migrate;

/// How many left-over databases one test drops before it makes its own: more than it makes.
const SWEPT: usize = 3;

/// The database that has every table, made by whoever comes first.
pub(super) async fn template() -> Result<String, Fault> {
    let name = format!("paydesk_{}", migrate::fingerprint()?);
    let mut connection = connect().await?;
    let known = "SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)";
    let is_there = async |connection: &mut PgConnection| -> Result<bool, Fault> {
        let asked = sqlx::query_scalar(known).bind(&name).fetch_one(connection).await;
        asked.map_err(failed)
    };
    if is_there(&mut connection).await? {
        return Ok(name);
    }
    // Given back with the connection.
    connection.execute("SELECT pg_advisory_lock(7291)").await.map_err(failed)?;
    if is_there(&mut connection).await? {
        return Ok(name);
    }
    let draft = fresh_name();
    create(&mut connection, &draft, "template1").await?;
    let pool = crate::postgres::open(&url(&server()?, &draft), 1).await?;
    migrate::postgres(&pool).await?;
    pool.close().await;
    // Named last: whoever finds the name finds all the tables.
    let rename = format!("ALTER DATABASE {draft} RENAME TO {name}");
    connection.execute(AssertSqlSafe(rename)).await.map_err(failed)?;
    Ok(name)
}

/// Makes a database like another one and gives its URL.
pub(super) async fn copy(template: &str) -> Result<String, Fault> {
    let mut connection = connect().await?;
    sweep(&mut connection).await?;
    let name = fresh_name();
    create(&mut connection, &name, template).await?;
    Ok(url(&server()?, &name))
}

/// Drops a few databases whose maker has ended.
async fn sweep(connection: &mut PgConnection) -> Result<(), Fault> {
    let all: Vec<String> =
        sqlx::query_scalar("SELECT datname FROM pg_database WHERE datname LIKE 't\\_%'")
            .fetch_all(&mut *connection)
            .await
            .map_err(failed)?;
    for name in all.iter().filter(|name| has_ended(name)).take(SWEPT) {
        let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        // Another test may be dropping the same one.
        let _ = connection.execute(AssertSqlSafe(drop)).await;
    }
    Ok(())
}

/// Whether the process that made a database is gone. Where that can't be told, it is not.
fn has_ended(name: &str) -> bool {
    let maker = name.split('_').nth(1).and_then(|pid| pid.parse::<u32>().ok());
    let Some(maker) = maker else { return false };
    Path::new("/proc/self").exists() && !Path::new(&format!("/proc/{maker}")).exists()
}

fn fresh_name() -> String {
    let chance = base::id::base32(&Chance::system().bytes::<10>());
    format!("t_{}_{chance}", std::process::id())
}

async fn create(connection: &mut PgConnection, name: &str, like: &str) -> Result<(), Fault> {
    let create = format!("CREATE DATABASE {name} TEMPLATE {like}");
    connection.execute(AssertSqlSafe(create)).await.map_err(failed)?;
    Ok(())
}

fn server() -> Result<String, Fault> {
    std::env::var(SERVER).map_err(|_| {
        Fault::new(format!("find a PostgreSQL server: set {SERVER}, or run `make test`"))
    })
}

async fn connect() -> Result<PgConnection, Fault> {
    PgConnection::connect(&server()?).await.map_err(failed)
}

fn url(server: &str, name: &str) -> String {
    let base = server.rsplit_once('/').map_or(server, |(base, _)| base);
    format!("{base}/{name}")
}

fn failed(error: sqlx::Error) -> Fault {
    Fault::of("make a database for a test", error)
}
