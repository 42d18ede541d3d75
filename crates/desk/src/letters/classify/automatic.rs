//! Mail that no person typed for us. It is kept and filed like any other; it only opens nothing and
//! is not answered by itself.

use crate::letters::header::Headers;

/// What kind of automatic mail, and how that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Automatic {
    /// What kind.
    pub kind: AutomaticKind,
    /// How that is known, in words.
    pub why: String,
}

/// Kinds of automatic mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AutomaticKind {
    /// Somebody is away.
    OutOfOffice,
    /// A program wrote it.
    Generated,
    /// It came over a list; a person may have written it.
    List,
    /// It says that a mail was shown or deleted.
    Receipt,
}

impl AutomaticKind {
    /// A stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            AutomaticKind::OutOfOffice => "out_of_office",
            AutomaticKind::Generated => "generated",
            AutomaticKind::List => "list",
            AutomaticKind::Receipt => "receipt",
        }
    }
}

/// Subjects of answers that programs give for people who are away, in the languages we know.
const AWAY: [&str; 30] = [
    "automatic reply",
    "auto:",
    "autoreply",
    "auto-reply",
    "out of office",
    "out of the office",
    "away from the office",
    "réponse automatique",
    "absence du bureau",
    "absent du bureau",
    "automatische antwort",
    "abwesenheitsnotiz",
    "abwesenheit:",
    "automatisk svar",
    "ikke til stede",
    "fraværende",
    "awtomatikong tugon",
    "awtomatikong sagot",
    "wala sa opisina",
    "respuesta automática",
    "fuera de la oficina",
    "automatisch antwoord",
    "afwezig",
    "automatiskt svar",
    "frånvaro",
    "risposta automatica",
    "fuori sede",
    "resposta automática",
    "fora do escritório",
    "ausência",
];

/// What follows from the fields. Only if the mail answers one of ours does a subject alone tell
/// anything.
pub(crate) fn read(headers: &Headers, answers_us: AnswersUs, subject: &str) -> Option<Automatic> {
    if let Some(why) = receipt(headers) {
        return Some(Automatic { kind: AutomaticKind::Receipt, why });
    }
    let away = answers_us == AnswersUs::Yes && is_away(subject);
    if let Some((mut kind, why)) = by_field(headers) {
        if kind == AutomaticKind::Generated && is_away(subject) {
            kind = AutomaticKind::OutOfOffice;
        }
        return Some(Automatic { kind, why });
    }
    if away {
        let why = "it answers a mail of ours, and its subject is that of somebody away".to_owned();
        return Some(Automatic { kind: AutomaticKind::OutOfOffice, why });
    }
    list(headers).map(|why| Automatic { kind: AutomaticKind::List, why })
}

/// Whether a mail answers one of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AnswersUs {
    Yes,
    No,
}

/// Why no automatic answer may go out, beside what the mail is: the sender asks for silence.
pub(crate) fn silent(headers: &Headers) -> Option<&'static str> {
    let suppress = headers.plain("x-auto-response-suppress").unwrap_or_default().to_lowercase();
    let asks = suppress.split(',').map(str::trim).any(|one| matches!(one, "all" | "autoreply"));
    asks.then_some("the sender asks for no automatic answers")
}

fn by_field(headers: &Headers) -> Option<(AutomaticKind, String)> {
    let word = |name: &str| {
        let value = headers.plain(name)?;
        Some(value.split([';', ' ', '(']).next().unwrap_or_default().to_ascii_lowercase())
    };
    if let Some(value) = word("auto-submitted").filter(|value| value != "no" && !value.is_empty()) {
        let kind = if value.starts_with("auto-replied") && headers.raw("list-id").is_none() {
            AutomaticKind::OutOfOffice
        } else {
            AutomaticKind::Generated
        };
        return Some((kind, format!("Auto-Submitted says {value}")));
    }
    for name in ["x-autoreply", "x-autorespond", "x-autoresponder", "x-mail-autoreply"] {
        let value = word(name);
        if value.is_some_and(|value| value != "no" && value != "false") {
            return Some((AutomaticKind::OutOfOffice, format!("it carries {name}")));
        }
    }
    let precedence = word("precedence").unwrap_or_default();
    if precedence == "auto_reply" {
        return Some((AutomaticKind::OutOfOffice, "Precedence says auto_reply".to_owned()));
    }
    // Lists to which people write say bulk as well, and are lists all the same.
    let discussion = headers.raw("list-post").is_some();
    if matches!(precedence.as_str(), "bulk" | "junk") && !discussion {
        return Some((AutomaticKind::Generated, format!("Precedence says {precedence}")));
    }
    let suppress = headers.plain("x-auto-response-suppress").unwrap_or_default().to_lowercase();
    let wide = suppress.split(',').map(str::trim).any(|one| matches!(one, "all" | "oof"));
    // Alone it only says "do not answer me", and Outlook says so on mails of people too.
    if wide && headers.raw("x-ms-exchange-inbox-rules-loop").is_some() {
        let why = "Exchange's loop mark stands beside X-Auto-Response-Suppress".to_owned();
        return Some((AutomaticKind::OutOfOffice, why));
    }
    if headers.raw("feedback-id").is_some() {
        return Some((AutomaticKind::Generated, "it carries Feedback-ID".to_owned()));
    }
    let to = headers.plain("delivered-to").unwrap_or_default().to_lowercase();
    if to.split('@').next().is_some_and(|local| local.contains("autoreply")) {
        return Some((AutomaticKind::Generated, "it was delivered to an autoreply".to_owned()));
    }
    None
}

fn list(headers: &Headers) -> Option<String> {
    for name in ["list-id", "list-unsubscribe", "list-post"] {
        if headers.raw(name).is_some() {
            return Some(format!("it carries {name}"));
        }
    }
    let precedence = headers.plain("precedence").unwrap_or_default();
    precedence.eq_ignore_ascii_case("list").then(|| "Precedence says list".to_owned())
}

fn receipt(headers: &Headers) -> Option<String> {
    let content = headers.params("content-type")?;
    let kind = content.get("report-type").unwrap_or_default();
    let is =
        content.word == "multipart/report" && kind.eq_ignore_ascii_case("disposition-notification");
    is.then(|| "it reports that a mail was shown or deleted".to_owned())
}

fn is_away(subject: &str) -> bool {
    let subject = subject.trim().to_lowercase();
    AWAY.iter().any(|prefix| subject.starts_with(prefix))
}
