//! `paydesk doctor`: checks configuration, database, processors and mail, and says what to do.

use std::process::ExitCode;

use anyhow::Result;
use base::Env;
use desk::mail_in;
use processor::Standing;
use store::Access;

use crate::config::Config;
use crate::wire;

pub(super) async fn run(config: Config) -> Result<ExitCode> {
    let mut well = true;
    let mut say = |what: &str, found: Result<String, String>| {
        let (mark, text) = match &found {
            Ok(text) => ("ok  ", text),
            Err(text) => ("FAIL", text),
        };
        println!("{mark}  {what}: {text}");
        well &= found.is_ok();
    };
    say("configuration", Ok(format!("read; real money: {}", config.livemode)));
    say("data folder", writable(&config));
    say("database", database(&config).await);
    match wire::accounts(&config, config.listen, &Env::system()) {
        Ok((accounts, _)) => {
            for account in accounts.all() {
                for finding in account.connector.check(Env::system().now()).await {
                    let what = format!("processor {}: {}", account.key, finding.what);
                    say(
                        &what,
                        match finding.standing {
                            Standing::Good | Standing::Notice => Ok(finding.says),
                            Standing::Bad => Err(finding.says),
                        },
                    );
                }
            }
            if accounts.all().is_empty() {
                say("processors", Err("none is configured: add a [[processors]] part".to_owned()));
            }
        }
        Err(error) => say("processors", Err(format!("{error:#}"))),
    }
    say("mail", mail(&config).await);
    for mailbox in &config.desk.mail.settings().map_or(Vec::new(), |mail| mail.mailboxes) {
        let found = mail_in::doors::imap::check(mailbox).await;
        let what = format!("mailbox {}", mailbox.name);
        say(&what, found.map(|()| format!("the folder {} can be read", mailbox.folder)));
    }
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn writable(config: &Config) -> Result<String, String> {
    let folder = config.folder();
    let probe = folder.join("paydesk.probe");
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&probe, b"probe"))
        .and_then(|()| std::fs::remove_file(&probe))
        .map(|()| format!("{} can be written", folder.display()))
        .map_err(|error| format!("{} cannot be written ({error})", folder.display()))
}

async fn database(config: &Config) -> Result<String, String> {
    let file = config.folder().join(store::FILE);
    if config.is_sqlite() && !file.exists() {
        return Ok(format!("{} will be made at the first start", file.display()));
    }
    let asked = async {
        let store = wire::store(config, Access::Visitor).await?;
        let mut reader = store.read().await?;
        anyhow::Ok(store::jobs::open_count(&mut reader).await?)
    };
    let jobs = asked.await.map_err(|error| format!("{error:#}"))?;
    Ok(format!("answers; {jobs} jobs are waiting"))
}

async fn mail(config: &Config) -> Result<String, String> {
    let post = wire::post(config).map_err(|error| format!("{error:#}"))?;
    post.check().await?;
    Ok(match &config.mail.smtp {
        Some(_) => "the server answers".to_owned(),
        None => "no server is configured: mail is kept and shown, not sent".to_owned(),
    })
}
