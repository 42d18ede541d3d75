//! The deed: bytes become a letter.

use sha2::{Digest as _, Sha256};

use super::classify::{self, AnswersUs, Automatic, AutomaticKind, Bounce};
use super::header::{Headers, Mailbox};
use super::html;
use super::letter::{Hold, Letter, Reading, ReturnPath, Unreadable};
use super::limits::{LARGEST_MAIL, LONGEST_SUBJECT, MOST_HOPS};
use super::mime::{self, Body, Part};
use super::problems::Problems;
use super::sender::{self, is_our_id, is_ours};
use super::verdict::{self, Standing, Verdict};
use super::{date, files, form, forwarded, fresh, language, marker};

/// Reads a raw mail. Never panics; takes time in proportion to the bytes.
///
/// # Errors
/// When the bytes are no mail, or one beyond a limit.
pub fn read(raw: &[u8], reading: &Reading) -> Result<Letter, Unreadable> {
    if raw.len() > LARGEST_MAIL {
        return Err(Unreadable::new("too_large", "it is larger than 35 MB"));
    }
    let mut problems = Problems::default();
    let sha256 = hex::encode(Sha256::digest(raw));
    let old = with_line_feeds(raw, &mut problems);
    let bytes = mime::without_prefix(old.as_deref().unwrap_or(raw));
    let parts = mime::walk(bytes, &mut problems)?;
    let body = mime::choose(bytes, &parts)?;
    let mut letter = compose(bytes, &parts, body, sha256, problems, reading);
    letter.silent = silent(&letter, &parts[0].headers);
    letter.hold = hold(&letter, reading);
    Ok(letter)
}

/// Puts together what each step finds.
fn compose(
    bytes: &[u8],
    parts: &[Part],
    mut body: Body,
    sha256: String,
    mut problems: Problems,
    reading: &Reading,
) -> Letter {
    let headers = &parts[0].headers;
    let envelope = Envelope::read(headers, &sha256, reading);
    let cleaned = clean(&body, &mut problems);
    let subject = subject(headers);
    let quoted = html::to_text(&body.html);
    let fresh = fresh::fresh(&body.text, fresh::purpose(&subject), quoted.first_quoted());
    let form = form::read(&fresh);
    let named = form.as_ref().and_then(|form| form.language);
    let (automatic, bounce) = kinds(bytes, parts, &envelope, &subject, &body.text, reading);
    Letter {
        own: classify::own(headers, &envelope.message_id, reading),
        language: named.or_else(|| language::guess(&format!("{subject}\n{fresh}"))),
        markers: marker::tokens(&body.text, &body.html),
        forwarded: forwarded::find(&body.text),
        files: files::gather(bytes, parts, &mut body, cleaned.pictures),
        message_id: envelope.message_id,
        synthetic: envelope.synthetic,
        in_reply_to: envelope.in_reply_to,
        references: envelope.references,
        date: date::counting(envelope.date, reading.now),
        date_header: envelope.date,
        from: envelope.from,
        sender: envelope.sender.0,
        sender_why: envelope.sender.1,
        reply_to: envelope.reply_to,
        to: headers.mailboxes("to"),
        cc: headers.mailboxes("cc"),
        return_path: envelope.return_path,
        delivered_to: delivered_to(headers),
        text: body.text,
        html: cleaned.html,
        verdict: envelope.verdict,
        hops: headers.all().filter(|(name, _)| *name == "received").count(),
        silent: None,
        hold: None,
        problems: problems.into_list(),
        subject,
        fresh,
        automatic,
        bounce,
        form,
        sha256,
    }
}

/// What the mail is, beside what it says.
fn kinds(
    bytes: &[u8],
    parts: &[Part],
    envelope: &Envelope,
    subject: &str,
    text: &str,
    reading: &Reading,
) -> (Option<Automatic>, Option<Bounce>) {
    let Envelope { from, return_path, .. } = envelope;
    let bounce = classify::bounce(bytes, parts, from.as_ref(), return_path, text, reading);
    let answers_us = envelope.answers_us(reading);
    let mut automatic = classify::automatic(&parts[0].headers, answers_us, subject);
    if let (Some(automatic), Some(_)) = (&mut automatic, &bounce) {
        // A server wrote it, whatever word it has for that.
        automatic.kind = AutomaticKind::Generated;
    }
    (automatic, bounce)
}

/// What the header fields say about where a mail comes from.
struct Envelope {
    message_id: String,
    synthetic: bool,
    in_reply_to: Vec<String>,
    references: Vec<String>,
    date: Option<base::Timestamp>,
    from: Option<Mailbox>,
    sender: (Option<Mailbox>, Option<String>),
    reply_to: Vec<Mailbox>,
    return_path: ReturnPath,
    verdict: Verdict,
}

impl Envelope {
    fn read(headers: &Headers, sha256: &str, reading: &Reading) -> Envelope {
        let own_id = headers.message_id();
        let authors = headers.mailboxes("from");
        let from = authors.iter().find(|one| one.is_valid()).or(authors.first()).cloned();
        let from = from.or_else(|| headers.mailboxes("sender").into_iter().next());
        let reply_to = headers.mailboxes("reply-to");
        let mut verdict = verdict::read(headers, reading.authserv.as_deref(), from.as_ref());
        // With several authors, nobody knows for whom the domain vouches.
        let several = authors.len() > 1 || headers.every("from").len() > 1;
        if several && verdict.standing == Standing::Aligned {
            verdict.standing = Standing::None;
            "it names several authors".clone_into(&mut verdict.why);
        }
        let sender = sender::find(headers, from.as_ref(), &reply_to, &mut verdict, reading);
        Envelope {
            synthetic: own_id.is_none(),
            message_id: own_id.unwrap_or_else(|| format!("{sha256}@synthetic.invalid")),
            in_reply_to: headers.ids("in-reply-to"),
            references: headers.ids("references"),
            date: headers.plain("date").and_then(|value| date::read(&value)),
            return_path: return_path(headers, reading),
            from,
            sender,
            reply_to,
            verdict,
        }
    }

    fn answers_us(&self, reading: &Reading) -> AnswersUs {
        let ours = |id: &String| is_our_id(id, reading);
        let answers = self.in_reply_to.iter().chain(&self.references).any(ours);
        if answers { AnswersUs::Yes } else { AnswersUs::No }
    }
}

/// A mail of old machines ends its lines with carriage returns only.
fn with_line_feeds(raw: &[u8], problems: &mut Problems) -> Option<Vec<u8>> {
    if raw.contains(&b'\n') || !raw.contains(&b'\r') {
        return None;
    }
    problems.note("its lines end with carriage returns only");
    Some(raw.iter().map(|byte| if *byte == b'\r' { b'\n' } else { *byte }).collect())
}

fn subject(headers: &Headers) -> String {
    let subject = headers.text("subject").unwrap_or_default();
    let plain = subject.split_whitespace().collect::<Vec<&str>>().join(" ");
    plain.chars().take(LONGEST_SUBJECT).collect()
}

fn clean(body: &Body, problems: &mut Problems) -> html::Cleaned {
    if body.html.trim().is_empty() {
        return html::Cleaned::default();
    }
    let cleaned = html::clean(&body.html);
    if let Some(limit) = cleaned.limit {
        problems.note(format!("its HTML is not shown, only its text: {limit}"));
    }
    if cleaned.remote > 0 {
        problems.note("pictures from elsewhere are not fetched until somebody asks for them");
    }
    cleaned
}

fn return_path(headers: &Headers, reading: &Reading) -> ReturnPath {
    let told = reading.envelope_from.clone();
    let Some(value) = told.or_else(|| headers.plain("return-path")) else {
        return ReturnPath::Unknown;
    };
    let address = value.trim_matches(['<', '>', ' ']);
    if address.is_empty() { ReturnPath::Null } else { ReturnPath::Of(address.to_owned()) }
}

/// Recipients as the servers noted them, those nearest to us first.
fn delivered_to(headers: &Headers) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let fields = ["delivered-to", "x-original-to", "envelope-to", "x-envelope-to"];
    for field in fields {
        for one in headers.mailboxes(field) {
            let key = one.key();
            if !key.is_empty() && !all.contains(&key) && all.len() < 50 {
                all.push(key);
            }
        }
    }
    all
}

/// Why a mail must get no automatic answer.
fn silent(letter: &Letter, headers: &Headers) -> Option<&'static str> {
    let Letter { own, bounce, automatic, return_path, sender, verdict, .. } = letter;
    if own.is_some() {
        Some("it is our own mail")
    } else if bounce.is_some() {
        Some("it is a bounce")
    } else if automatic.is_some() {
        Some("no person wrote it for us alone")
    } else if *return_path == ReturnPath::Null {
        Some("its return path is null")
    } else if !sender.as_ref().is_some_and(Mailbox::is_valid) {
        Some("its sender has no valid address")
    } else if verdict.standing == Standing::Failed {
        Some("the sender's domain denies it")
    } else {
        classify::silent(headers)
    }
}

/// Why a person should look before a mail becomes a case, as far as the mail itself tells.
fn hold(letter: &Letter, reading: &Reading) -> Option<Hold> {
    let Letter { from, verdict, automatic, bounce, own, .. } = letter;
    let from = from.as_ref().map(|one| one.address.as_str()).unwrap_or_default();
    if letter.hops > MOST_HOPS {
        return Some(Hold::new("loop", format!("it has passed {} servers", letter.hops)));
    }
    if own.is_none() && bounce.is_none() && is_ours(from, reading) {
        return Some(Hold::new("own_address", format!("it is sent in the name of {from}, us")));
    }
    let rejects = verdict.policy.as_deref() == Some("reject");
    if verdict.standing == Standing::Failed && rejects {
        let why = format!("{}, and it asks that such mail be rejected", verdict.why);
        return Some(Hold::new("failed_authentication", why));
    }
    let ours = |id: &String| is_our_id(id, reading);
    let answers = letter.in_reply_to.iter().chain(&letter.references).any(ours);
    match automatic {
        Some(Automatic { kind: AutomaticKind::Generated, why }) if !answers && bounce.is_none() => {
            let why = format!("a program wrote it and it answers nothing of ours: {why}");
            Some(Hold::new("generated", why))
        }
        Some(_) | None => None,
    }
}
