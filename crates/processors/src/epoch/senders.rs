//! The list of addresses that Epoch posts from, held against our own lock.
//!
//! Epoch keeps it in public at `epoch.com/ip_list.php`: addresses with bars between them, some of
//! them the beginnings of a range. Our lock compares whole addresses and ranges.

use std::net::{IpAddr, Ipv4Addr};

use base::Timestamp;
use processor::{Call, Finding, Http, Sent};

use super::config::Sound;

/// Asks for the list and says what is missing in ours.
pub(super) async fn check(config: &Sound, http: &Http, now: Timestamp) -> Vec<Finding> {
    let reply = match http.send(Call::get(config.senders_at.clone())).await {
        Sent::Answered(reply) if reply.status == 200 => reply,
        Sent::Answered(reply) => {
            let says = format!("the public list answered {}", reply.status);
            return vec![Finding::bad("locks.senders", says)];
        }
        Sent::NotExecuted(why) | Sent::Unknown(why) => {
            return vec![Finding::bad("locks.senders", format!("the public list: {why}"))];
        }
    };
    let clock = Finding::clock(reply.date, now);
    let listed = reply.text().ok().and_then(read);
    let Some(listed) = listed else {
        let says = "the public list cannot be read; hold it against yours by hand";
        return vec![clock, Finding::bad("locks.senders", says)];
    };
    let named =
        |all: &[&Range]| all.iter().map(|one| one.0.as_str()).collect::<Vec<_>>().join(", ");
    let missing: Vec<&Range> = listed
        .iter()
        .filter(|range| !range.1.iter().all(|address| config.locks.knows(*address)))
        .collect();
    let senders = if config.locks.senders.is_empty() {
        let all = named(&listed.iter().collect::<Vec<_>>());
        Finding::bad("locks.senders", format!("empty, so any sender is taken; enter {all}"))
    } else if missing.is_empty() {
        Finding::good("locks.senders", "holds all of Epoch's public list")
    } else {
        Finding::bad("locks.senders", format!("Epoch also posts from {}", named(&missing)))
    };
    vec![clock, senders]
}

/// An entry as it stands, or as a range of ours is written, with addresses that it covers.
type Range = (String, Vec<IpAddr>);

/// Reads the list; one entry that is neither an address nor the beginning of a range spoils it.
fn read(text: &str) -> Option<Vec<Range>> {
    let entries = text.split('|').map(str::trim).filter(|entry| !entry.is_empty());
    let ranges: Vec<Range> = entries.map(range).collect::<Option<_>>()?;
    (!ranges.is_empty()).then_some(ranges)
}

fn range(entry: &str) -> Option<Range> {
    if let Ok(address) = entry.parse::<IpAddr>() {
        return Some((entry.to_owned(), vec![address]));
    }
    let parts: Vec<&str> = entry.trim_end_matches('.').split('.').collect();
    let numbers: Vec<u8> = parts.iter().map(|part| part.parse().ok()).collect::<Option<_>>()?;
    if !(1..=3).contains(&numbers.len()) {
        return None;
    }
    let filled = |rest: u8| {
        let mut all = [rest; 4];
        all[..numbers.len()].copy_from_slice(&numbers);
        IpAddr::V4(Ipv4Addr::from(all))
    };
    let written = format!("{}/{}", filled(0), numbers.len() * 8);
    Some((written, vec![filled(0), filled(127), filled(255)]))
}
