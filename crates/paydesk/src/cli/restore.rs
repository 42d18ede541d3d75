//! `paydesk restore`: puts a copy back into an empty place and proves it.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result, ensure};
use clap::Args;
use store::Access;

use super::backup::{DUMP, MANIFEST, Manifest, hash};
use crate::config::Config;
use crate::{key, proof, wire};

#[derive(Args)]
pub(crate) struct Restore {
    /// The folder that `paydesk backup` made.
    folder: PathBuf,
}

impl Restore {
    pub(super) async fn run(self, config: Config) -> Result<ExitCode> {
        let folder = &self.folder;
        let text = fs::read(folder.join(MANIFEST))
            .with_context(|| format!("{} holds no {MANIFEST}: is it a copy?", folder.display()))?;
        let manifest: Manifest = serde_json::from_slice(&text).context("read the manifest")?;
        let file = folder.join(&manifest.file);
        ensure!(
            hash(&file)? == manifest.sha256,
            "{} is not what was copied: its hash differs",
            file.display()
        );
        let data = config.folder();
        fs::create_dir_all(data)?;
        if config.is_sqlite() {
            ensure!(manifest.file == store::FILE, "this copy is of a PostgreSQL database");
            let target = data.join(store::FILE);
            ensure!(
                !target.exists(),
                "{} is there: restore into an empty folder",
                target.display()
            );
            fs::copy(&file, &target)?;
            fs::File::open(&target)?.sync_all()?;
        } else {
            ensure!(manifest.file == DUMP, "this copy is of a SQLite database");
            let status = Command::new("pg_restore")
                .args(["--no-owner", "--exit-on-error", "--single-transaction", "--dbname"])
                .args([config.database.as_str()])
                .arg(&file)
                .status()
                .context("run pg_restore, which comes with PostgreSQL's client programs")?;
            ensure!(status.success(), "pg_restore stopped with {status}");
        }
        let (from, to) = (folder.join(key::FILE), data.join(key::FILE));
        if from.exists() && !to.exists() {
            fs::copy(from, to)?;
        }
        let store = wire::store(&config, Access::Owner).await?;
        let proof = proof::of_store(&config, store).await?;
        print!("restored what was copied at {}\n{}", manifest.taken_at, proof.told());
        Ok(if proof.holds() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
