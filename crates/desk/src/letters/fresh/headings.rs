//! Blocks like `From: … Sent: … To: … Subject: …` that Outlook and others put above a quote, and
//! the lines that announce them.

use super::lines::{is_blank, plain};
use crate::letters::steps;

/// How many lines are looked at for the block.
const WINDOW: usize = 10;

/// Names of the fields, in en, fr, de, da, fil, es, nl, sv, nb, it, pt.
const FROM: [&str; 8] = ["from", "de", "von", "fra", "mula kay", "mula", "van", "från"];
const FROM_TOO: [&str; 2] = ["da", "remitente"];
const WHEN: [&str; 19] = [
    "sent",
    "date",
    "envoyé",
    "gesendet",
    "datum",
    "sendt",
    "dato",
    "ipinadala",
    "petsa",
    "enviado el",
    "enviado",
    "fecha",
    "verzonden",
    "skickat",
    "inviato",
    "data",
    "enviada em",
    "enviado em",
    "datum/tid",
];
const WHOM_OR_WHAT: [&str; 21] = [
    "to",
    "subject",
    "à",
    "objet",
    "an",
    "betreff",
    "til",
    "emne",
    "para kay",
    "paksa",
    "para",
    "asunto",
    "aan",
    "onderwerp",
    "till",
    "ämne",
    "a",
    "oggetto",
    "assunto",
    "cc",
    "kay",
];
/// Lines that announce an earlier mail.
const ANNOUNCEMENTS: [&str; 14] = [
    "original message",
    "message d'origine",
    "message d’origine",
    "ursprüngliche nachricht",
    "ursprungliche nachricht",
    "oprindelig meddelelse",
    "orihinal na mensahe",
    "mensaje original",
    "oorspronkelijk bericht",
    "ursprungligt meddelande",
    "opprinnelig melding",
    "messaggio originale",
    "mensagem original",
    "reply message",
];

/// How many lines announce the quote that begins here, if one does.
pub(super) fn begins_header_block(lines: &[&str]) -> Option<usize> {
    let first = plain(lines[0]);
    if is_announcement(&first) {
        return Some(1 + fields(&lines[1..]).unwrap_or(0));
    }
    if is_rule(&first) {
        return fields(&lines[1..]).map(|count| count + 1);
    }
    if !is_one_of(&first, &FROM) && !is_one_of(&first, &FROM_TOO) {
        return None;
    }
    fields(lines)
}

/// How many lines the fields take, if there are an author, a time, and a recipient or subject.
fn fields(lines: &[&str]) -> Option<usize> {
    let (mut from, mut when, mut other, mut last) = (false, false, false, 0);
    for (number, line) in lines.iter().take(WINDOW).enumerate() {
        steps::add(1);
        let line = plain(line);
        if is_blank(&line) {
            if from || number > 1 {
                break;
            }
            continue;
        }
        let known = if is_one_of(&line, &FROM) || is_one_of(&line, &FROM_TOO) {
            from = true;
            true
        } else if is_one_of(&line, &WHEN) {
            when = true;
            true
        } else if is_one_of(&line, &WHOM_OR_WHAT) {
            other = true;
            true
        } else {
            false
        };
        if known {
            last = number + 1;
        } else if !from {
            break;
        }
    }
    (from && when && other).then_some(last)
}

/// Whether a line is a field of one of these names; some programs make the name bold with stars.
fn is_one_of(line: &str, names: &[&str]) -> bool {
    let Some((name, value)) = line.split_once(':') else { return false };
    let name = name.trim_matches(['*', ' ', '_']).to_lowercase();
    !value.is_empty() && names.contains(&name.as_str())
}

/// `-----Original Message-----` and the like.
fn is_announcement(line: &str) -> bool {
    if !line.starts_with("--") {
        return false;
    }
    let words = line.trim_matches(['-', ' ']).to_lowercase();
    ANNOUNCEMENTS.contains(&words.as_str())
}

/// The rule Outlook draws above the fields.
fn is_rule(line: &str) -> bool {
    line.len() >= 10 && (line.bytes().all(|one| one == b'_') || line.bytes().all(|one| one == b'-'))
}
