//! The configurations printed in the guides are read and opened, so that what an operator copies
//! works.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use base::{Env, Timestamp};
use processor::{Capabilities, HandTask, TabKind};

use crate::wire;

fn guides() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guides/processors");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|end| end == "md")).collect()
}

/// The blocks of a guide that configure an account, with made-up secrets.
fn examples(guide: &str) -> Vec<String> {
    let blocks = guide.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
    let accounts = blocks.filter(|block| block.contains("[[processors]]"));
    accounts.map(secrets_made_up).collect()
}

/// `"env:ANYTHING"` as a text that is long enough for a secret.
fn secrets_made_up(block: &str) -> String {
    let mut parts = block.split("\"env:");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (_, rest) = part.split_once('"').expect("a text that ends");
        out.push_str("\"a-made-up-text-of-good-length-01\"");
        out.push_str(rest);
    }
    out
}

/// A record in a file of its own is the one that the guide to records prints.
fn with_record(example: &str, folder: &Path) -> String {
    let Some((head, tail)) = example.split_once("\"file:/etc/paydesk/") else {
        return example.to_owned();
    };
    let path = Path::new(env!("CARGO_MANIFEST_DIR"));
    let guide = path.join("../../docs/guides/processors/described.md");
    let guide = std::fs::read_to_string(guide).unwrap();
    let mut blocks = guide.split("```toml\n").filter_map(|rest| rest.split("```").next());
    let record = blocks.find(|block| block.starts_with("# acme.toml")).unwrap();
    let file = folder.join("record.toml");
    std::fs::write(&file, record).unwrap();
    let (_, tail) = tail.split_once('"').unwrap();
    format!("{head}\"file:{}\"{tail}", file.display())
}

/// What each kind of account can, as the first guide that configures it does.
fn opened() -> BTreeMap<String, (String, Capabilities)> {
    let mut opened = BTreeMap::new();
    for path in guides() {
        let guide = std::fs::read_to_string(&path).unwrap();
        let named = path.file_name().unwrap().to_string_lossy().into_owned();
        for (nth, example) in examples(&guide).iter().enumerate() {
            let folder = tempfile::tempdir().unwrap();
            let example = with_record(example, folder.path());
            let mut config = match super::read(&named, &example, |_| None) {
                Ok(config) => config,
                Err(error) => panic!("example {nth} of {named}: {error}"),
            };
            config.data = folder.path().to_owned();
            let env = Env::fixed(Timestamp::UNIX_EPOCH, 1);
            let accounts = match wire::accounts(&config, config.listen, &env) {
                Ok((accounts, _)) => accounts,
                Err(error) => panic!("example {nth} of {named}: {error:#}"),
            };
            for (account, written) in accounts.all().iter().zip(&config.processors) {
                let own = named.strip_suffix(".md") == Some(written.kind.as_str());
                if own {
                    let can = account.connector.capabilities();
                    opened.entry(written.kind.clone()).or_insert((named.clone(), can));
                }
            }
        }
    }
    opened
}

#[test]
fn every_configuration_in_the_guides_opens_and_every_kind_has_one() {
    let opened = opened();
    let missing: Vec<&str> =
        processors::kinds().filter(|kind| !opened.contains_key(*kind)).collect();
    assert!(missing.is_empty(), "no guide of its own configures {missing:?}");
}

#[test]
fn the_table_of_the_guides_is_what_the_connectors_say() {
    let (begin, end) = ("<!-- table -->\n", "<!-- end of table -->");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guides/processors/README.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (head, rest) = page.split_once(begin).unwrap();
    let (_, tail) = rest.split_once(end).unwrap();
    let wanted = format!("{head}{begin}{}{end}{tail}", table());
    if std::env::var_os("UPDATE_GUIDES").is_some() {
        std::fs::write(&path, &wanted).unwrap();
        return;
    }
    assert!(page == wanted, "docs/guides/processors/README.md: run the test with UPDATE_GUIDES=1");
}

fn table() -> String {
    let mut table = String::from(
        "| house | page | from the server | hold | tab | give back | end renewal | look-up \
         | reports |\n\
         |---|---|---|---|---|---|---|---|---|\n",
    );
    let opened = opened();
    for kind in processors::kinds() {
        let Some((guide, can)) = opened.get(kind) else { continue };
        let cells = [yes(can.hosted_page), charges(can), hold(can), tab(can).to_owned()];
        let more = [back(can), end(can), find(can), yes(can.reports || can.settlement_file)];
        let cells = [cells, more].concat().join(" | ");
        writeln!(table, "| [{kind}]({guide}) | {cells} |").unwrap();
    }
    table
}

fn yes(can: bool) -> String {
    if can { "yes" } else { "–" }.to_owned()
}

fn charges(can: &Capabilities) -> String {
    match (can.server_charge || can.stored_card, can.google_pay.is_some()) {
        (_, true) => "yes, and Google Pay".to_owned(),
        (able, false) => yes(able),
    }
}

fn hold(can: &Capabilities) -> String {
    match (can.manual_capture, can.partial_capture) {
        (true, true) => "yes, also in part".to_owned(),
        (able, _) => yes(able),
    }
}

const fn tab(can: &Capabilities) -> &'static str {
    match can.tab {
        None => "–",
        Some(TabKind::Grow) => "grows",
        Some(TabKind::Overcapture(_)) => "capture may exceed the hold",
        Some(TabKind::FixedCeiling) => "fixed ceiling",
        Some(TabKind::Scheduled) => "scheduled capture",
        Some(TabKind::StoredCard) => "stored card",
    }
}

fn back(can: &Capabilities) -> String {
    match (can.refund_full, can.refund_partial) {
        (true, true) => "all or a part".to_owned(),
        (true, false) => "all".to_owned(),
        (false, _) => by_hand(can, HandTask::Refund),
    }
}

fn end(can: &Capabilities) -> String {
    if can.cancel_subscription { yes(true) } else { by_hand(can, HandTask::CancelSubscription) }
}

fn find(can: &Capabilities) -> String {
    match (can.find, can.look_up_before_booking) {
        (true, true) => "yes, asked first".to_owned(),
        (true, false) => yes(true),
        (false, _) => by_hand(can, HandTask::Find),
    }
}

fn by_hand(can: &Capabilities, what: HandTask) -> String {
    if can.by_hand(what).is_some() { "by hand" } else { "–" }.to_owned()
}
