//! The words of the mail with the link to a case, as text and as a page.

use askama::Template;
use base::{Fault, Language, Timestamp};
use billing::Site;
use jiff::tz::TimeZone;
use words::{Value, Words};

use crate::mail::Letter;

#[derive(Template)]
#[template(path = "contact/letters/letter.txt")]
struct AsText<'a>(&'a Says);

#[derive(Template)]
#[template(path = "contact/letters/letter.html")]
struct AsPage<'a>(&'a Says);

/// What the mail may tell: nothing of what was written.
pub(super) struct Facts<'a> {
    /// What people call the case.
    pub(super) reference: &'a str,
    /// What to call the reader.
    pub(super) name: Option<&'a str>,
    /// When an answer is due.
    pub(super) due: Option<Timestamp>,
    /// The link.
    pub(super) link: String,
    /// Until when the link is good.
    pub(super) until: Timestamp,
    /// What using the link proves.
    pub(super) proves: Proves,
}

/// What using the link proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Proves {
    /// Nothing that we do not know.
    Nothing,
    /// That the address is the reader's.
    TheAddress,
}

/// Everything the mail says, in the language of the case.
struct Says {
    tag: &'static str,
    subject: String,
    hello: String,
    got: String,
    due: Option<String>,
    /// What stands before the link, the link, and what stands behind it.
    view: (String, String, String),
    confirm: Option<String>,
    private: String,
    nobody: Option<String>,
    footer: String,
}

/// Writes the mail.
///
/// # Errors
/// A fault if a template cannot be filled.
pub(super) fn write(site: &Site, language: Language, facts: &Facts<'_>) -> Result<Letter, Fault> {
    let says = says(site, Words::of(language), facts);
    let fault = |error| Fault::of("write the mail with the link to a case", error);
    let text = AsText(&says).render().map_err(fault)?;
    let html = AsPage(&says).render().map_err(fault)?;
    Ok(Letter::new(&says.subject, text, html))
}

fn says(site: &Site, words: Words, facts: &Facts<'_>) -> Says {
    let name = site.name.as_str();
    let reference = || Value::from(facts.reference);
    // Nobody told us where the reader sits, so times name their zone.
    let zone = TimeZone::UTC;
    let deadline = |at| Value::Deadline(at, &zone);
    let link = facts.link.as_str();
    let view = words.text_with("contact-letter-view", &[("link", link.into())]);
    let (before, after) = view.split_once(link).unwrap_or((view.as_str(), ""));
    let stranger = facts.proves == Proves::TheAddress;
    Says {
        tag: words.tag(),
        subject: words.text_with(
            "contact-letter-subject",
            &[("reference", reference()), ("site", name.into())],
        ),
        hello: match facts.name {
            Some(name) => words.text_with("contact-letter-hello-name", &[("name", name.into())]),
            None => words.text("contact-letter-hello").into_owned(),
        },
        got: words.text_with("contact-letter-got", &[("reference", reference())]),
        due: facts.due.map(|due| words.text_with("contact-letter-due", &[("date", deadline(due))])),
        view: (before.to_owned(), link.to_owned(), after.to_owned()),
        confirm: stranger.then(|| words.text("contact-letter-confirm").into_owned()),
        private: words.text_with("contact-letter-private", &[("date", deadline(facts.until))]),
        nobody: stranger.then(|| words.text("contact-letter-nobody").into_owned()),
        footer: words.text_with("contact-letter-footer", &[("site", name.into())]),
    }
}
