//! `paydesk migrate`: brings the database up to date and stops.

use std::process::ExitCode;

use anyhow::Result;
use store::Access;

use crate::config::Config;
use crate::wire;

pub(super) async fn run(config: Config) -> Result<ExitCode> {
    let store = wire::store(&config, Access::Owner).await?;
    store.close().await;
    println!("the database is up to date");
    Ok(ExitCode::SUCCESS)
}
