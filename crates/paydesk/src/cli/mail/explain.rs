//! `paydesk mail explain`: raw mails are read as the desk would read them, and what came of it is
//! printed. Nothing is stored, nobody is asked; neither database nor configuration is needed.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use base::{Env, Timestamp};
use clap::Args;
use desk::letters::{self, LARGEST_MAIL, Reading};
use serde_json::{Value, json};

#[derive(Args)]
pub(crate) struct Explain {
    /// Raw mails as they came; - reads standard input. One file is printed indented, of several
    /// each is one line.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The name under which your receiving server signs its Authentication-Results; without it
    /// nobody's word about a sender is taken.
    #[arg(long, value_name = "HOST")]
    authserv: Option<String>,
    /// A host of your own Message-IDs, or an address of one of your own mailboxes; may be given
    /// several times.
    #[arg(long, value_name = "HOST")]
    own: Vec<String>,
    /// When it came, such as 2026-11-21T15:04:05Z; now, if left out.
    #[arg(long)]
    at: Option<Timestamp>,
}

impl Explain {
    pub(super) fn run(self) -> Result<ExitCode> {
        let reading = self.reading(Env::system().now());
        let single = self.files.len() == 1;
        for path in &self.files {
            let explained = explain(path, &bytes(path)?, &reading);
            if single {
                println!("{explained:#}");
            } else {
                println!("{explained}");
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    fn reading(&self, now: Timestamp) -> Reading {
        let (addresses, hosts) = self.own.iter().cloned().partition(|own| own.contains('@'));
        Reading {
            now: self.at.unwrap_or(now),
            own_hosts: hosts,
            own_addresses: addresses,
            authserv: self.authserv.clone(),
            ..Reading::default()
        }
    }
}

/// What a file holds; of one that is too large, enough to see that it is.
fn bytes(path: &Path) -> Result<Vec<u8>> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    let most = LARGEST_MAIL as u64 + 1;
    if path.as_os_str() == "-" {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes)?;
    } else {
        let file = std::fs::File::open(path)
            .with_context(|| format!("{} cannot be opened", path.display()))?;
        file.take(most)
            .read_to_end(&mut bytes)
            .with_context(|| format!("{} cannot be read", path.display()))?;
    }
    Ok(bytes)
}

/// How one mail is read.
fn explain(path: &Path, raw: &[u8], reading: &Reading) -> Value {
    let mut explained = letters::explain(&letters::read(raw, reading));
    explained["file"] = json!(path.display().to_string());
    explained
}

#[cfg(test)]
mod tests;
