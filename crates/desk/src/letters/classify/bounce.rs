//! Reports that a mail of ours did not arrive, or was complained about.

use crate::letters::charset;
use crate::letters::header::{Headers, Mailbox};
use crate::letters::letter::{Reading, ReturnPath};
use crate::letters::mime::{Part, block, transfer};
use crate::letters::sender::is_our_id;
use crate::letters::steps;

/// How much of a report is read.
const LARGEST_REPORT: usize = 64 * 1024;

/// A report on a mail that was sent earlier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounce {
    /// What became of the mail.
    pub class: BounceClass,
    /// The address is dead: nothing should be sent there any more.
    pub dead: bool,
    /// The recipient it is about.
    pub recipient: Option<String>,
    /// The status code, such as `5.1.1`.
    pub status: Option<String>,
    /// What the other server said.
    pub diagnostic: Option<String>,
    /// The Message-ID of the mail it is about.
    pub original: Option<String>,
    /// How that is known, in words.
    pub why: String,
}

/// What became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BounceClass {
    /// It will be tried again.
    Delayed,
    /// It was given up, and may work another time.
    Temporary,
    /// It will never arrive.
    Permanent,
    /// It arrived, and the recipient called it spam.
    Complaint,
}

impl BounceClass {
    /// A stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            BounceClass::Delayed => "delayed",
            BounceClass::Temporary => "temporary",
            BounceClass::Permanent => "permanent",
            BounceClass::Complaint => "complaint",
        }
    }
}

/// The parts a report is made of.
#[derive(Default)]
struct Report {
    status: Option<Headers>,
    feedback: Option<Headers>,
    /// The header fields of the mail it is about.
    original: Option<Headers>,
}

/// Says whether a mail is a bounce. A null return path alone is none: spam has it too.
pub(crate) fn read(
    raw: &[u8],
    parts: &[Part],
    from: Option<&Mailbox>,
    return_path: &ReturnPath,
    text: &str,
    reading: &Reading,
) -> Option<Bounce> {
    let root = &parts[0];
    let report = gather(raw, parts);
    let kind = root.content.get("report-type").unwrap_or_default().to_ascii_lowercase();
    let original = report.original.as_ref().and_then(Headers::message_id);
    if report.feedback.is_some() || kind == "feedback-report" {
        return Some(complaint(&report, original));
    }
    if let Some(status) = &report.status {
        let why = "it carries a delivery status".to_owned();
        return Some(by_status(status, original, text, why));
    }
    if root.content.word == "multipart/report" && kind == "delivery-status" {
        let why = "it calls itself a delivery report".to_owned();
        return Some(by_words(root, original, text, why));
    }
    let local = from.map(|one| one.key()).unwrap_or_default();
    let local = local.split('@').next().unwrap_or_default();
    if !matches!(local, "mailer-daemon" | "postmaster" | "mail-daemon") {
        return None;
    }
    let original = original.or_else(|| id_within(text, reading));
    let about_ours = original.as_ref().is_some_and(|id| is_our_id(id, reading));
    let why = if *return_path == ReturnPath::Null {
        format!("{local} sent it with a null return path")
    } else if about_ours {
        format!("{local} sent it, with a mail of ours within")
    } else {
        return None;
    };
    Some(by_words(root, original, text, why))
}

fn gather(raw: &[u8], parts: &[Part]) -> Report {
    let mut report = Report::default();
    for part in parts {
        let word = part.content.word.as_str();
        let wanted = matches!(
            word,
            "message/delivery-status"
                | "message/global-delivery-status"
                | "message/feedback-report"
                | "message/rfc822"
                | "message/global"
                | "text/rfc822-headers"
                | "message/rfc822-headers"
        );
        if !wanted {
            continue;
        }
        let encoding = part.headers.plain("content-transfer-encoding");
        let body = &raw[part.body.clone()];
        let body = transfer::decode(&body[..body.len().min(LARGEST_REPORT)], encoding.as_deref());
        match word {
            "message/feedback-report" => report.feedback = Some(block(&body)),
            "message/delivery-status" | "message/global-delivery-status" => {
                report.status.get_or_insert_with(|| groups(&body));
            }
            _ => {
                report.original.get_or_insert_with(|| block(&body));
            }
        }
    }
    report
}

/// A delivery status is several blocks of fields; they are read as one, recipients' last.
fn groups(body: &[u8]) -> Headers {
    let mut all = Headers::default();
    for line in body.split(|byte| *byte == b'\n') {
        steps::add(1);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            all.go_on(line);
        } else {
            let _ = all.begin(line);
        }
    }
    all
}

fn complaint(report: &Report, original: Option<String>) -> Bounce {
    let feedback = report.feedback.as_ref();
    let field = |name: &str| feedback.and_then(|headers| headers.plain(name));
    let kind = field("feedback-type").unwrap_or_else(|| "abuse".to_owned()).to_lowercase();
    let recipient = field("original-rcpt-to").or_else(|| field("removal-recipient"));
    Bounce {
        class: BounceClass::Complaint,
        dead: kind != "not-spam",
        recipient: recipient.map(|one| plain_address(&one)),
        status: None,
        diagnostic: field("user-agent"),
        original: original.or_else(|| field("original-message-id")),
        why: format!("it is a feedback report of the type {kind}"),
    }
}

fn by_status(status: &Headers, original: Option<String>, text: &str, why: String) -> Bounce {
    let action = status.plain("action").unwrap_or_default().to_ascii_lowercase();
    let code = status.plain("status").and_then(|value| code_in(&value));
    let diagnostic = status.plain("diagnostic-code").map(|value| charset::tidy(&value));
    let code = code.or_else(|| diagnostic.as_deref().and_then(code_in));
    let recipient = status.plain("original-recipient").or_else(|| status.plain("final-recipient"));
    let class = match (action.as_str(), code.as_deref()) {
        ("delayed", _) => BounceClass::Delayed,
        (_, Some(code)) => class_of(code),
        ("failed", None) => BounceClass::Permanent,
        _ => BounceClass::Temporary,
    };
    Bounce {
        class,
        dead: is_dead(class, code.as_deref()),
        recipient: recipient.map(|one| plain_address(&one)),
        status: code,
        diagnostic: diagnostic.or_else(|| first_words(text)),
        original: original.or_else(|| status.plain("x-original-message-id")),
        why,
    }
}

/// Old servers say it in words only.
fn by_words(root: &Part, original: Option<String>, text: &str, why: String) -> Bounce {
    let start: String = text.chars().take(8_000).collect();
    let lower = start.to_lowercase();
    let code = start.lines().find_map(code_in);
    let delayed = ["delayed", "will keep trying", "will be retried", "warning message only"];
    let class = if delayed.iter().any(|words| lower.contains(words)) {
        BounceClass::Delayed
    } else {
        code.as_deref().map_or(BounceClass::Permanent, class_of)
    };
    let failed = root.headers.plain("x-failed-recipients");
    let named = failed.map(|one| one.split(',').next().unwrap_or_default().trim().to_owned());
    let known = code.is_some() || named.is_some();
    Bounce {
        class,
        dead: known && is_dead(class, code.as_deref()),
        recipient: named,
        status: code,
        diagnostic: first_words(text),
        original,
        why,
    }
}

fn class_of(code: &str) -> BounceClass {
    match code.as_bytes().first() {
        Some(b'5') => BounceClass::Permanent,
        _ => BounceClass::Temporary,
    }
}

/// A full mailbox and a policy against one mail do not make an address dead.
fn is_dead(class: BounceClass, code: Option<&str>) -> bool {
    let spared = code.is_some_and(|code| {
        code == "5.2.2" || code.starts_with("5.7.") || code.starts_with("5.3.")
    });
    class == BounceClass::Permanent && !spared
}

/// The first `d.d.d` in a line, where the first is 2, 4 or 5.
fn code_in(line: &str) -> Option<String> {
    let line: String = line.chars().take(1_000).collect();
    line.split(|one: char| !one.is_ascii_digit() && one != '.').find_map(|word| {
        let digits: Vec<&str> = word.trim_matches('.').split('.').collect();
        let [class, subject, detail] = digits.as_slice() else { return None };
        let short = |one: &str| (1..=3).contains(&one.len());
        let sound = matches!(*class, "2" | "4" | "5") && short(subject) && short(detail);
        sound.then(|| format!("{class}.{subject}.{detail}"))
    })
}

/// `rfc822;ann@example.com` without what stands before.
fn plain_address(value: &str) -> String {
    let address = value.rsplit(';').next().unwrap_or(value).trim();
    address.trim_matches(['<', '>']).to_owned()
}

fn first_words(text: &str) -> Option<String> {
    let words: String = text.trim().chars().take(500).collect();
    (!words.is_empty()).then_some(words)
}

/// One of our ids in the text of a report that does not carry the mail as a part.
fn id_within(text: &str, reading: &Reading) -> Option<String> {
    let start: String = text.chars().take(LARGEST_REPORT).collect();
    start
        .lines()
        .filter(|line| line.to_ascii_lowercase().trim_start().starts_with("message-id:"))
        .filter_map(|line| line.split_once(':'))
        .map(|(_, id)| id.trim().trim_matches(['<', '>']).to_owned())
        .find(|id| is_our_id(id, reading))
}
