//! `paydesk staff`: people who work in the console.

use std::process::ExitCode;

use anyhow::Result;
use base::Env;
use clap::Subcommand;
use identity::staff::{self, Form, NewStaff, Role};
use store::{Access, Page};

use crate::config::Config;
use crate::wire;

#[derive(Subcommand)]
pub(crate) enum Staff {
    /// Adds somebody and prints a link that signs them in once, within a day
    Add {
        /// Their mail address.
        email: String,
        /// Their name.
        #[arg(long)]
        name: String,
        /// What they may do: agent, lead, finance or admin.
        #[arg(long, default_value = "agent")]
        role: Role,
    },
    /// Lists everybody
    List,
}

impl Staff {
    pub(super) async fn run(self, config: Config) -> Result<ExitCode> {
        let store = wire::store(&config, Access::Visitor).await?;
        let env = Env::system();
        match self {
            Staff::Add { email, name, role } => {
                let form = Form { email, name, role: role.to_string() };
                let new = NewStaff::checked(&form)?;
                let (added, secret) =
                    store::write!(store, |tx| staff::add(tx, &env, new.clone()).await)?;
                println!("added {} as {role}", added.email);
                println!("sign in once, within a day: {}", wire::staff_link(&config, &secret)?);
            }
            Staff::List => {
                let mut reader = store.read().await?;
                for person in staff::list(&mut reader, Page::first(Page::MOST)).await? {
                    let state = if person.disabled_at.is_some() { "disabled" } else { "" };
                    println!(
                        "{}  {}  {}  {}  {state}",
                        person.id, person.role, person.email, person.name
                    );
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
