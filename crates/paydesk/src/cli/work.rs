//! `paydesk work`: works jobs only, beside other nodes on PostgreSQL.

use std::process::ExitCode;

use anyhow::{Result, ensure};

use crate::config::Config;
use crate::serve;

pub(super) async fn run(config: Config) -> Result<ExitCode> {
    ensure!(
        !config.is_sqlite(),
        "on SQLite one program does everything: `paydesk serve` works the jobs too"
    );
    Box::pin(serve::run(config, serve::Part::WorkOnly)).await?;
    Ok(ExitCode::SUCCESS)
}
