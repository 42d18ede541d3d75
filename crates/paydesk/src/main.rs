//! The binary: reads the command line and runs one command.

use std::process::ExitCode;

use clap::Parser as _;
use paydesk::cli::Command;

#[tokio::main]
async fn main() -> ExitCode {
    match Command::parse().run().await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("paydesk: {error:#}");
            ExitCode::FAILURE
        }
    }
}
