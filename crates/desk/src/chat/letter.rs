//! The mail that asks somebody whether an address that was given in the chat is theirs.

use askama::Template;
use base::{Fault, Language};
use billing::Site;
use words::Words;

use crate::mail::Letter;

#[derive(Template)]
#[template(path = "chat/letter.txt")]
struct AsText<'a>(&'a Says);

#[derive(Template)]
#[template(path = "chat/letter.html")]
struct AsPage<'a>(&'a Says);

/// Everything the mail says. Nothing of the talk: the address may be a stranger's.
struct Says {
    tag: &'static str,
    subject: String,
    body: String,
    link: String,
    nobody: String,
    footer: String,
}

/// Writes the mail.
///
/// # Errors
/// A fault if a template cannot be filled.
pub(super) fn write(site: &Site, language: Language, link: String) -> Result<Letter, Fault> {
    let words = Words::of(language);
    let name = site.name.as_str();
    let says = Says {
        tag: words.tag(),
        subject: words.text_with("chat-asked-subject", &[("site", name.into())]),
        body: words.text_with("chat-asked-body", &[("site", name.into())]),
        link,
        nobody: words.text("chat-asked-nobody").into_owned(),
        footer: words.text_with("chat-footer", &[("site", name.into())]),
    };
    let fault = |error| Fault::of("write the mail about an address of the chat", error);
    let text = AsText(&says).render().map_err(fault)?;
    let html = AsPage(&says).render().map_err(fault)?;
    Ok(Letter::new(&says.subject, text, html))
}
