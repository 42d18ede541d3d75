//! `paydesk backup`: a consistent copy while the program runs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result, ensure};
use base::{Clock, Timestamp};
use clap::Args;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use store::Access;

use crate::config::Config;
use crate::{key, wire};

#[derive(Args)]
pub(crate) struct Backup {
    /// A folder that does not exist yet.
    folder: PathBuf,
}

/// What a copy says about itself.
#[derive(Serialize, Deserialize)]
pub(super) struct Manifest {
    /// Which Paydesk wrote it.
    pub version: String,
    /// When it was begun.
    pub taken_at: Timestamp,
    /// The file that holds the database.
    pub file: String,
    /// SHA-256 of that file in hex.
    pub sha256: String,
}

pub(super) const MANIFEST: &str = "manifest.json";
pub(super) const DUMP: &str = "paydesk.dump";

impl Backup {
    pub(super) async fn run(self, config: Config) -> Result<ExitCode> {
        let folder = &self.folder;
        ensure!(!folder.exists(), "{} is there already: name a new folder", folder.display());
        fs::create_dir_all(folder).with_context(|| format!("make {}", folder.display()))?;
        let taken_at = Clock::system().now();
        let file = if config.is_sqlite() {
            let store = wire::store(&config, Access::Visitor).await?;
            store.copy_to(&folder.join(store::FILE)).await?;
            store::FILE
        } else {
            dump(&config.database, &folder.join(DUMP))?;
            DUMP
        };
        let sealing = config.folder().join(key::FILE);
        if sealing.exists() {
            fs::copy(&sealing, folder.join(key::FILE)).context("copy the key")?;
        }
        let manifest = Manifest {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            taken_at,
            file: file.to_owned(),
            sha256: hash(&folder.join(file))?,
        };
        fs::write(folder.join(MANIFEST), serde_json::to_vec_pretty(&manifest)?)?;
        println!("copied into {}", folder.display());
        println!("it holds the key that opens sealed secrets: keep it as safe as the data folder");
        Ok(ExitCode::SUCCESS)
    }
}

/// PostgreSQL's own tool takes a consistent copy while others write.
fn dump(url: &str, file: &Path) -> Result<()> {
    let status = Command::new("pg_dump")
        .args(["--format=custom", "--no-owner", "--file"])
        .arg(file)
        .arg(url)
        .status()
        .context("run pg_dump, which comes with PostgreSQL's client programs")?;
    ensure!(status.success(), "pg_dump stopped with {status}");
    Ok(())
}

pub(super) fn hash(file: &Path) -> Result<String> {
    let mut hasher = Sha256::new();
    let mut reader = fs::File::open(file).with_context(|| format!("open {}", file.display()))?;
    std::io::copy(&mut reader, &mut Writer(&mut hasher))?;
    Ok(hex::encode(hasher.finalize()))
}

struct Writer<'h>(&'h mut Sha256);

impl std::io::Write for Writer<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
