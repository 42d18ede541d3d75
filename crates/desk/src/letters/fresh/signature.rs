//! Signatures at the end: after `-- `, or the line that phones add by themselves.

use super::lines::{is_blank, plain};

/// How many lines a signature may have, and still be one.
const LONGEST: usize = 15;

/// How the lines of phones and apps begin, in the languages we know.
const SENT_FROM: [&str; 27] = [
    "sent from my ",
    "sent from outlook",
    "sent from yahoo",
    "sent from proton",
    "sent from mail",
    "sent with proton",
    "sent with [proton",
    "sent via ",
    "get outlook for ",
    "envoyé de mon ",
    "envoyé depuis ",
    "envoyé à partir de ",
    "von meinem ",
    "gesendet von ",
    "gesendet mit ",
    "sendt fra min ",
    "sendt fra ",
    "hol dir outlook",
    "ipinadala mula sa ",
    "enviado desde mi ",
    "enviado desde ",
    "verzonden vanaf ",
    "skickat från ",
    "inviato da ",
    "enviado do meu ",
    "télécharger outlook",
    "hent outlook",
];

/// Takes the signature off the end of the lines.
pub(super) fn take_off(lines: &mut Vec<&str>) {
    drop_blank(lines);
    let from = lines.len().saturating_sub(LONGEST + 1);
    let dashes = lines[from..].iter().position(|line| matches!(*line, "-- " | "--"));
    if let Some(at) = dashes {
        lines.truncate(from + at);
        drop_blank(lines);
    }
    for _ in 0..2 {
        let Some(last) = lines.last().map(|line| plain(line).to_lowercase()) else { return };
        let last = last.trim_start_matches(['-', '_', '*', ' ']);
        if last.len() > 120 || !SENT_FROM.iter().any(|start| last.starts_with(start)) {
            return;
        }
        lines.pop();
        drop_blank(lines);
    }
}

fn drop_blank(lines: &mut Vec<&str>) {
    while lines.last().is_some_and(|line| is_blank(line)) {
        lines.pop();
    }
}
