//! `paydesk keys`: keys to the API, for programs of the host site.

use std::process::ExitCode;

use anyhow::Result;
use base::Env;
use base::id::ApiKeyId;
use clap::Subcommand;
use identity::Name;
use identity::api_keys::{self, Scopes};
use store::{Access, Page};

use crate::config::Config;
use crate::wire;

#[derive(Subcommand)]
pub(crate) enum Keys {
    /// Makes a key and prints it, once
    Add {
        /// What it is for.
        #[arg(long)]
        name: String,
        /// What it may do: `all`, or a list such as `payments:read,tips:write`.
        #[arg(long, default_value = "all")]
        scopes: String,
    },
    /// Lists all keys, without their secrets
    List,
    /// Ends a key, for good
    Revoke {
        /// Its id, as `list` prints it.
        id: ApiKeyId,
    },
}

impl Keys {
    pub(super) async fn run(self, config: Config) -> Result<ExitCode> {
        let store = wire::store(&config, Access::Visitor).await?;
        let env = Env::system();
        match self {
            Keys::Add { name, scopes } => {
                let named = Name::checked(&name)?;
                let scopes = read(&scopes)?;
                let (key, secret) = store::write!(store, |tx| {
                    api_keys::make(tx, &env, named.clone(), scopes).await
                })?;
                eprintln!("made {} for {name}; this is the only time it is shown:", key.id);
                println!("{}", secret.reveal());
            }
            Keys::List => {
                let mut reader = store.read().await?;
                for key in api_keys::list(&mut reader, Page::first(Page::MOST)).await? {
                    let state = if key.revoked_at.is_some() { "revoked" } else { "" };
                    println!("{}  {}  {}  {state}", key.id, key.name, key.scopes);
                }
            }
            Keys::Revoke { id } => {
                store::write!(store, |tx| api_keys::revoke(tx, &env, id).await)?;
                println!("{id} opens nothing any more, within five seconds everywhere");
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// `all`, or scopes behind one another with commas.
fn read(scopes: &str) -> Result<Scopes> {
    if scopes == "all" {
        return Ok(Scopes::all());
    }
    Ok(Scopes::checked(scopes.split(','))?)
}
