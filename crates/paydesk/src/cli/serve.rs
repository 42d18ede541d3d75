//! `paydesk serve`: pages, API and jobs.

use std::net::SocketAddr;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use crate::config::Config;
use crate::serve::{self, Part};

#[derive(Args)]
pub(crate) struct Serve {
    /// Where to listen, instead of what the configuration says.
    #[arg(long)]
    listen: Option<SocketAddr>,
}

impl Serve {
    pub(super) async fn run(self, mut config: Config, demo: bool) -> Result<ExitCode> {
        if let Some(listen) = self.listen {
            config.listen = listen;
        }
        Box::pin(serve::run(config, if demo { Part::Demo } else { Part::Everything })).await?;
        Ok(ExitCode::SUCCESS)
    }
}
