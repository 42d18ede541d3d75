//! The words of the mail that asks how we did, as text and as a page. It tells nothing of the case
//! but its reference.

use askama::Template;
use base::{Fault, Language};
use billing::Site;
use words::Words;

use crate::mail::Letter;

#[derive(Template)]
#[template(path = "surveys/letter.txt")]
struct AsText<'a>(&'a Says);

#[derive(Template)]
#[template(path = "surveys/letter.html")]
struct AsPage<'a>(&'a Says);

/// What the mail may tell.
pub(super) struct Facts<'a> {
    /// What people call the case.
    pub(super) reference: &'a str,
    /// What to call the reader.
    pub(super) name: Option<&'a str>,
    /// The page that asks.
    pub(super) page: String,
    /// The page that ends such mails.
    pub(super) stop: String,
}

/// Everything the mail says, in the language of the case.
struct Says {
    tag: &'static str,
    subject: String,
    hello: String,
    question: String,
    good: String,
    good_link: String,
    bad: String,
    bad_link: String,
    press: String,
    private: String,
    footer: String,
    stop: String,
    stop_link: String,
}

/// Writes the mail.
///
/// # Errors
/// A fault if a template cannot be filled.
pub(super) fn write(site: &Site, language: Language, facts: &Facts<'_>) -> Result<Letter, Fault> {
    let words = Words::of(language);
    let (name, reference) = (site.name.as_str(), facts.reference);
    let own = |id: &'static str| words.text(id).into_owned();
    let says = Says {
        tag: words.tag(),
        subject: words.text_with("surveys-subject", &[("reference", reference.into())]),
        hello: match facts.name {
            Some(name) => words.text_with("surveys-hello-name", &[("name", name.into())]),
            None => own("surveys-hello"),
        },
        question: words.text_with(
            "surveys-question",
            &[("reference", reference.into()), ("site", name.into())],
        ),
        good: own("surveys-good"),
        good_link: format!("{}?said=good", facts.page),
        bad: own("surveys-bad"),
        bad_link: format!("{}?said=bad", facts.page),
        press: own("surveys-press"),
        private: own("surveys-private"),
        footer: words.text_with("surveys-footer", &[("site", name.into())]),
        stop: own("surveys-stop"),
        stop_link: facts.stop.clone(),
    };
    let fault = |error| Fault::of("write the mail that asks how we did", error);
    let text = AsText(&says).render().map_err(fault)?;
    let html = AsPage(&says).render().map_err(fault)?;
    Ok(Letter::new(&says.subject, text, html))
}
