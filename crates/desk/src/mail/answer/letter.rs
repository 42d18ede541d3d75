//! The words around an answer, and those of an acknowledgment, as text and as a page.

use askama::Template;
use base::{Fault, Language, Timestamp};
use billing::Site;
use jiff::tz::TimeZone;
use words::{Value, Words};

use crate::letters::marker_line;
use crate::mail::Letter;
use crate::mail::receipt::letter::Part;

#[derive(Template)]
#[template(path = "mail/answer/answer.txt")]
struct AnswerText<'a>(&'a Answer);

#[derive(Template)]
#[template(path = "mail/answer/answer.html")]
struct AnswerPage<'a>(&'a Answer);

#[derive(Template)]
#[template(path = "mail/answer/notice.txt")]
struct NoticeText<'a>(&'a Notice);

#[derive(Template)]
#[template(path = "mail/answer/notice.html")]
struct NoticePage<'a>(&'a Notice);

/// An answer as it is written.
struct Answer {
    tag: &'static str,
    subject: String,
    marker: String,
    /// The signed word, where mail programs rarely touch it.
    word: String,
    paragraphs: Vec<String>,
    text: String,
    notes: Vec<Part>,
    quoted: Vec<String>,
    earlier: String,
    footer: String,
}

/// A notice of the desk's own: a few sentences.
struct Notice {
    tag: &'static str,
    subject: String,
    sentences: Vec<Part>,
    footer: String,
}

/// What an answer is made of.
pub(super) struct Said<'a> {
    pub(super) language: Language,
    pub(super) reference: &'a str,
    /// The subject of the case; none where its words are not for the reader.
    pub(super) subject: Option<&'a str>,
    pub(super) text: &'a str,
    /// The link to the page of the case, for who asked.
    pub(super) link: Option<String>,
    /// How many files stay behind, because mail does not carry so much.
    pub(super) left_behind: usize,
    pub(super) word: &'a str,
    pub(super) quoted: Vec<String>,
}

/// Writes an answer.
///
/// # Errors
/// A fault if a template cannot be filled.
pub(super) fn answer(site: &Site, said: Said<'_>) -> Result<Letter, Fault> {
    let words = Words::of(said.language);
    let (name, reference) = (site.name.as_str(), said.reference);
    let subject = match said.subject {
        Some(subject) => format!("Re: {} [{reference}]", bare(subject, reference)),
        None => words.text_with(
            "mail-answer-side-subject",
            &[("site", name.into()), ("reference", reference.into())],
        ),
    };
    let marker = words.text("mail-answer-marker");
    let mut notes = Vec::new();
    if let Some(link) = &said.link {
        let sentence = words.text_with("mail-answer-view", &[("link", link.as_str().into())]);
        notes.push(Part::of(&sentence, link, Some(link.clone())));
    }
    if said.left_behind > 0 {
        let count = i64::try_from(said.left_behind).unwrap_or(i64::MAX);
        let sentence = words.text_with("mail-answer-files", &[("count", count.into())]);
        notes.insert(0, Part::of(&sentence, &sentence, None));
    }
    let answer = Answer {
        tag: words.tag(),
        subject,
        marker: marker_line(&marker, Some(said.word)),
        word: said.word.to_owned(),
        paragraphs: paragraphs(said.text),
        text: said.text.trim_end().to_owned(),
        notes,
        quoted: said.quoted,
        earlier: words.text("mail-answer-earlier").into_owned(),
        footer: words.text_with(
            "mail-answer-footer",
            &[("site", name.into()), ("reference", reference.into())],
        ),
    };
    let fault = |error| Fault::of("write an answer", error);
    let text = AnswerText(&answer).render().map_err(fault)?;
    let html = AnswerPage(&answer).render().map_err(fault)?;
    Ok(Letter::new(&answer.subject, text, html))
}

/// What an acknowledgment may tell.
pub(super) struct Got<'a> {
    pub(super) language: Language,
    pub(super) reference: &'a str,
    /// The subject of the case; none where nobody has proved that the address is theirs.
    pub(super) subject: Option<&'a str>,
    pub(super) due: Option<Timestamp>,
    pub(super) link: String,
}

/// Writes an acknowledgment. To an address that nobody has proved it repeats nothing of what was
/// written: somebody else may have written it, to have us send it.
///
/// # Errors
/// A fault if a template cannot be filled.
pub(super) fn acknowledgment(site: &Site, got: &Got<'_>) -> Result<Letter, Fault> {
    let words = Words::of(got.language);
    let (name, link) = (site.name.as_str(), got.link.as_str());
    let reference = || [("reference", Value::from(got.reference))];
    let plain = |sentence: String| Part::of(&sentence, &sentence, None);
    let mut sentences = vec![plain(words.text_with("mail-ack-got", &reference()))];
    if let Some(subject) = got.subject {
        let about = words.text_with("mail-ack-about", &[("subject", subject.into())]);
        sentences.push(plain(about));
    }
    if let Some(due) = got.due {
        // Nobody told us where the reader sits, so the time names its zone.
        let date = [("date", Value::Deadline(due, &TimeZone::UTC))];
        sentences.push(plain(words.text_with("mail-ack-due", &date)));
    }
    let view = words.text_with("mail-ack-view", &[("link", link.into())]);
    sentences.push(Part::of(&view, link, Some(got.link.clone())));
    sentences.push(plain(words.text("mail-ack-add").into_owned()));
    sentences.push(plain(words.text("mail-ack-nobody").into_owned()));
    let notice = Notice {
        tag: words.tag(),
        subject: words.text_with("mail-ack-subject", &reference()),
        sentences,
        footer: words.text_with("mail-ack-footer", &[("site", name.into())]),
    };
    written(&notice)
}

/// Writes that a mail was too large.
///
/// # Errors
/// A fault if a template cannot be filled.
pub(super) fn too_large(site: &Site, language: Language, megabytes: i64) -> Result<Letter, Fault> {
    let words = Words::of(language);
    let body = words.text_with("mail-too-large-body", &[("size", megabytes.into())]);
    let again = words.text("mail-too-large-again");
    let notice = Notice {
        tag: words.tag(),
        subject: words.text("mail-too-large-subject").into_owned(),
        sentences: vec![Part::of(&body, &body, None), Part::of(&again, &again, None)],
        footer: words.text_with("mail-ack-footer", &[("site", site.name.as_str().into())]),
    };
    written(&notice)
}

fn written(notice: &Notice) -> Result<Letter, Fault> {
    let fault = |error| Fault::of("write a notice", error);
    let text = NoticeText(notice).render().map_err(fault)?;
    let html = NoticePage(notice).render().map_err(fault)?;
    Ok(Letter::new(&notice.subject, text, html))
}

fn paragraphs(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n");
    let parts = text.split("\n\n").map(|part| part.trim_matches('\n'));
    parts.filter(|part| !part.trim().is_empty()).map(str::to_owned).collect()
}

/// A subject without what earlier answers put around it: "Re: Re: x [PD-…]" is "x".
fn bare<'a>(subject: &'a str, reference: &str) -> std::borrow::Cow<'a, str> {
    let marked = format!("[{reference}]");
    let mut rest = subject.trim();
    loop {
        let short = rest.split_once(':').filter(|(word, _)| {
            let word = word.trim().to_ascii_lowercase();
            ["re", "aw", "sv", "wg", "fw", "fwd", "tr", "vs", "antw"].contains(&word.as_str())
        });
        match short {
            Some((_, after)) => rest = after.trim_start(),
            None => break,
        }
    }
    if rest.contains(&marked) {
        rest.replace(&marked, "").trim().to_owned().into()
    } else {
        rest.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_does_not_grow_with_every_answer() {
        for subject in
            ["my order", "Re: my order", "AW: Re: SV: my order [PD-X]", "my order [PD-X]"]
        {
            assert_eq!(bare(subject, "PD-X"), "my order", "{subject}");
        }
        assert_eq!(bare("question: what is this", "PD-X"), "question: what is this");
        assert_eq!(bare("re:", "PD-X"), "");
    }
}
