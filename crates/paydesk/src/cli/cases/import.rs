//! `paydesk cases import`: cases of another desk are brought in, each message once.

use std::collections::HashMap;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, anyhow};
use base::{Env, Language, Stop};
use clap::Args;
use desk::Desk;
use desk::contact::import::{Brought, Item, Mbox, Own, Refused, Table, bring, finish, is_known};

use super::report::{Known, Report, Way};
use crate::config::Config;
use crate::wire::{self, App};

#[derive(Args)]
pub(crate) struct Import {
    /// A table with one message a line. Columns: case, at, mail, subject and text, and if they are
    /// there message, from (customer or desk), name, language, audience, side, topic, tags, state.
    #[arg(long, value_name = "FILE", required_unless_present = "mbox", conflicts_with = "mbox")]
    csv: Option<PathBuf>,
    /// A mail box. Mails that answer each other are one case.
    #[arg(long, value_name = "FILE")]
    mbox: Option<PathBuf>,
    /// What the other desk is called. The same messages under another name come in once more.
    #[arg(long, default_value = "import")]
    source: String,
    /// For a mail box: an address of the desk, whose mails were answers. May be given several
    /// times; the site's support address is always one.
    #[arg(long, value_name = "MAIL")]
    own: Vec<String>,
    /// For a mail box: the language of mails that do not tell theirs.
    #[arg(long, default_value = "en")]
    language: String,
    /// Reads and checks everything and writes nothing.
    #[arg(long)]
    dry_run: bool,
}

impl Import {
    pub(super) async fn run(self, config: &Config) -> Result<ExitCode> {
        let way = if self.dry_run { Way::DryRun } else { Way::Real };
        let app: App = Box::pin(wire::open(config, config.listen, Env::system())).await?;
        let refused = match (&self.csv, &self.mbox) {
            (Some(path), _) => {
                let (file, size) = open(path)?;
                let table = Table::open(file).map_err(|why| named(path, &why))?;
                let mut job = Job::new(&app.desk, &self.source, way, size);
                job.all(table, Table::position).await?;
                job.end("line").await?
            }
            (None, Some(path)) => {
                let (file, size) = open(path)?;
                let mail_box = Mbox::open(BufReader::new(file), self.own(&app)?);
                let mut job = Job::new(&app.desk, &self.source, way, size);
                job.all(mail_box, Mbox::position).await?;
                job.end("mail").await?
            }
            (None, None) => return Err(anyhow!("name a file: --csv FILE or --mbox FILE")),
        };
        app.close().await?;
        Ok(if refused == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    fn own(&self, app: &App) -> Result<Own> {
        let language: Language = self.language.parse().context("--language")?;
        let mut addresses = self.own.clone();
        addresses.push(app.billing.site.support_mail.clone());
        Ok(Own { addresses, language, now: app.billing.env.now() })
    }
}

fn open(path: &Path) -> Result<(File, u64)> {
    let named = || format!("{} cannot be read", path.display());
    let file = File::open(path).with_context(named)?;
    let size = file.metadata().with_context(named)?.len();
    Ok((file, size))
}

fn named(path: &Path, why: &str) -> anyhow::Error {
    anyhow!("{}: {why}", path.display())
}

/// One import.
struct Job<'a> {
    desk: &'a Desk,
    source: &'a str,
    way: Way,
    report: Report,
    /// The last item of each case, which says where the case stands in the end.
    last: HashMap<String, (u64, Item)>,
    nth: u64,
}

impl<'a> Job<'a> {
    fn new(desk: &'a Desk, source: &'a str, way: Way, size: u64) -> Job<'a> {
        let report = Report::begin(size);
        Job { desk, source, way, report, last: HashMap::new(), nth: 0 }
    }

    /// Brings everything in, piece by piece.
    async fn all<I>(&mut self, mut pieces: I, position: fn(&I) -> u64) -> Result<()>
    where
        I: Iterator<Item = Result<Item, Refused>>,
    {
        while let Some(piece) = pieces.next() {
            self.nth += 1;
            match piece {
                Ok(item) => self.one(item).await?,
                Err(refused) => self.report.refused(refused),
            }
            self.report.at(position(&pieces));
        }
        Ok(())
    }

    async fn one(&mut self, item: Item) -> Result<()> {
        if self.way == Way::DryRun {
            let mut reader = self.desk.billing.store.read().await?;
            let here = is_known(&mut reader, self.source, &item).await?;
            self.report.would(if here { Known::Here } else { Known::New });
            return Ok(());
        }
        match bring(self.desk, self.source, &item).await {
            Ok(brought) => {
                self.report.brought(brought);
                // What was there before may have gone on since.
                if !matches!(brought, Brought::Before(_)) {
                    let kept = Item { text: String::new(), files: Vec::new(), html: None, ..item };
                    self.last.insert(kept.case.clone(), (self.nth, kept));
                }
            }
            Err(Stop::Refused(refusal)) => {
                self.report.refused(Refused { place: self.nth, why: refusal.to_string() });
            }
            Err(Stop::Fault(fault)) => return Err(anyhow!("{}", fault.chain())),
        }
        Ok(())
    }

    /// Puts every case where it stands in the end, and says what became of everything.
    async fn end(mut self, piece: &str) -> Result<usize> {
        for (nth, item) in std::mem::take(&mut self.last).into_values() {
            match finish(self.desk, self.source, &item).await {
                Ok(()) => {}
                Err(Stop::Refused(refusal)) => {
                    self.report.refused(Refused { place: nth, why: refusal.to_string() });
                }
                Err(Stop::Fault(fault)) => return Err(anyhow!("{}", fault.chain())),
            }
        }
        Ok(self.report.end(piece, self.way))
    }
}
