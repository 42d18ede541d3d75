//! A mail within the text of another: what its author and subject were, as far as the text says.
//! Nobody vouches for it, so who is named there stays unverified.

use super::header::Mailbox;
use super::mime::block;
use super::steps;

/// Lines that are looked at for the fields.
const WINDOW: usize = 12;

/// How programs announce a mail they pass on, in the languages we know.
const ANNOUNCEMENTS: [&str; 22] = [
    "forwarded message",
    "begin forwarded message",
    "original message",
    "message transféré",
    "début du message transféré",
    "message réexpédié",
    "message d'origine",
    "weitergeleitete nachricht",
    "anfang der weitergeleiteten nachricht",
    "ursprüngliche nachricht",
    "videresendt meddelelse",
    "videresendt besked",
    "start på videresendt besked",
    "oprindelig meddelelse",
    "ipinasang mensahe",
    "ipinasa na mensahe",
    "naipasang mensahe",
    "mensaje reenviado",
    "doorgestuurd bericht",
    "vidarebefordrat meddelande",
    "messaggio inoltrato",
    "mensagem encaminhada",
];
const FROM: [&str; 8] = ["from", "de", "von", "fra", "mula kay", "mula", "van", "da"];
const SUBJECT: [&str; 9] =
    ["subject", "objet", "betreff", "emne", "paksa", "asunto", "onderwerp", "ämne", "oggetto"];

/// The mail that was passed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forwarded {
    /// Its author, as the text says.
    pub from: Mailbox,
    /// Its subject, as the text says.
    pub subject: Option<String>,
    /// What it says.
    pub text: String,
    /// What was written above it by whoever passed it on.
    pub above: String,
}

/// Finds the first mail that a text passes on.
pub(super) fn find(text: &str) -> Option<Forwarded> {
    let lines: Vec<&str> = text.split('\n').collect();
    for (at, line) in lines.iter().enumerate() {
        if is_announcement(line)
            && let Some((from, subject, length)) = fields(&lines[at + 1..])
        {
            let above = lines[..at].join("\n").trim().to_owned();
            return Some(Forwarded { from, subject, text: body(&lines[at + 1 + length..]), above });
        }
    }
    None
}

fn is_announcement(line: &str) -> bool {
    let start: String = line.chars().take(120).collect();
    let words = start.trim_matches(|one: char| "-_*> :\u{a0}\r".contains(one)).to_lowercase();
    let marked =
        line.trim_start_matches(['>', ' ']).starts_with("--") || line.trim().ends_with(':');
    marked && ANNOUNCEMENTS.contains(&words.as_str())
}

/// The author, the subject, and how many lines the fields take.
fn fields(lines: &[&str]) -> Option<(Mailbox, Option<String>, usize)> {
    let (mut from, mut subject, mut length) = (None, None, 0);
    for (at, line) in lines.iter().take(WINDOW).enumerate() {
        steps::add(1);
        let line: String = line.chars().take(1_000).collect();
        let line = line.trim_start_matches(['>', ' ']);
        if line.trim().is_empty() && from.is_some() {
            length = at;
            break;
        }
        let Some((name, value)) = line.split_once(':') else { continue };
        let name = name.trim_matches(['*', ' ', '\u{a0}']).to_lowercase();
        let value = value.trim_matches(['*', ' ', '\u{a0}']);
        if from.is_none() && FROM.contains(&name.as_str()) {
            let value = value.replace("[mailto:", "<").replace(']', ">");
            let mailboxes = block(format!("from: {value}\n").as_bytes()).mailboxes("from");
            from = mailboxes.into_iter().find(Mailbox::is_valid);
            length = at + 1;
        } else if subject.is_none() && SUBJECT.contains(&name.as_str()) {
            subject = Some(value.to_owned());
            length = at + 1;
        }
    }
    from.map(|from| (from, subject, length))
}

/// What was passed on, without the marks that some programs put before each of its lines.
fn body(lines: &[&str]) -> String {
    let marked = lines.iter().all(|line| line.starts_with('>') || line.trim().is_empty());
    let plain = |line: &&str| {
        let bare = line.strip_prefix('>').filter(|_| marked);
        bare.map_or(*line, |bare| bare.strip_prefix(' ').unwrap_or(bare)).to_owned()
    };
    lines.iter().map(plain).collect::<Vec<String>>().join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inner_author_is_found_in_the_shapes_of_several_programs() {
        for text in [
            "See below\n\n---------- Forwarded message ---------\nFrom: Ann <ann@example.com>\n\
             Date: Mon, 2 Nov 2026\nSubject: Help\nTo: x@y.org\n\nHi",
            "Begin forwarded message:\n\n> From: Ann <ann@example.com>\n> Subject: Help\n>\n> Hi",
            "-----Original Message-----\nFrom: Ann [mailto:ann@example.com]\nSent: Monday\n\
             Subject: Help\n\nHi",
            "-------- Weitergeleitete Nachricht --------\nBetreff: Help\nVon: Ann <ann@example.com>",
        ] {
            let found = find(text).unwrap();
            assert_eq!(found.from.address, "ann@example.com", "{text}");
            assert_eq!(found.from.name, "Ann");
            assert_eq!(found.subject.as_deref(), Some("Help"));
            assert_eq!(found.text, if text.ends_with("Hi") { "Hi" } else { "" }, "{text}");
        }
        let found = find(
            "From a customer, please look.\n\n---------- Forwarded message ---------\n\
             From: Ann <ann@example.com>\nDate: Mon\nSubject: Help\nTo: x@y.org\n\n\nHi,\n\nbye",
        );
        let found = found.unwrap();
        assert_eq!(found.above, "From a customer, please look.");
        assert_eq!(found.text, "Hi,\n\nbye");
        assert_eq!(find("I got a forwarded message\nFrom: nobody"), None);
    }
}
