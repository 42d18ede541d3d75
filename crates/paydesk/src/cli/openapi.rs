//! `paydesk openapi`: the API's description, as served at `/v1/openapi.json`.

use std::process::ExitCode;

use anyhow::Result;

pub(super) fn run() -> Result<ExitCode> {
    println!("{}", serde_json::to_string_pretty(&api::openapi())?);
    Ok(ExitCode::SUCCESS)
}
