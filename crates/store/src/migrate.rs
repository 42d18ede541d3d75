//! Migrations: numbered files inside the binary, one text spelled for each database.

use std::borrow::Cow;
use std::path::Path;

use base::Fault;
use rust_embed::RustEmbed;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, PgPool, SqlSafeStr as _};

use crate::sqlite::connect;
use crate::text::{migration_for_postgres, migration_for_sqlite};

#[derive(RustEmbed)]
#[folder = "migrations/"]
struct Files;

/// The numbered migrations for one database: `0001_name.sql`, or a twin `0001_name.sqlite.sql` /
/// `0001_name.postgres.sql` where the two must differ.
fn migrations(own: &str, spell: fn(&str) -> String) -> Result<Vec<Migration>, Fault> {
    let mut list = Vec::new();
    for path in Files::iter() {
        let stem = path.strip_suffix(".sql").unwrap_or(&path);
        let (stem, twin) = stem.split_once('.').unwrap_or((stem, own));
        if twin != own {
            continue;
        }
        let unreadable = || Fault::new(format!("read the migration {path}"));
        let (number, name) = stem.split_once('_').ok_or_else(unreadable)?;
        let number: i64 = number.parse().map_err(|_| unreadable())?;
        let file = Files::get(&path).ok_or_else(unreadable)?;
        let text = std::str::from_utf8(&file.data).map_err(|_| unreadable())?;
        list.push(Migration::new(
            number,
            Cow::Owned(name.replace('_', " ")),
            MigrationType::Simple,
            AssertSqlSafe(spell(text)).into_sql_str(),
            false,
        ));
    }
    list.sort_by_key(|migration| migration.version);
    Ok(list)
}

fn migrator(migrations: Vec<Migration>) -> Migrator {
    Migrator { migrations: Cow::Owned(migrations), ..Migrator::DEFAULT }
}

/// Brings a SQLite file up to date.
pub(crate) async fn sqlite(file: &Path) -> Result<(), Fault> {
    let mut connection = connect(file).await?;
    migrator(migrations("sqlite", migration_for_sqlite)?)
        .run(&mut connection)
        .await
        .map_err(|error| Fault::of("bring the database file up to date", error))
}

/// Brings a PostgreSQL database up to date. Several nodes may start at once: one does the work.
pub(crate) async fn postgres(pool: &PgPool) -> Result<(), Fault> {
    migrator(migrations("postgres", migration_for_postgres)?)
        .run(pool)
        .await
        .map_err(|error| Fault::of("bring the PostgreSQL database up to date", error))
}

/// A word that is another one whenever a migration for PostgreSQL is.
#[cfg(feature = "scratch")]
pub(crate) fn fingerprint() -> Result<String, Fault> {
    use sha2::{Digest as _, Sha256};

    let mut digest = Sha256::new();
    for migration in migrations("postgres", migration_for_postgres)? {
        digest.update(&*migration.checksum);
    }
    Ok(base::id::base32(&digest.finalize()[..10]))
}
