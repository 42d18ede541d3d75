//! The words of the mail about charges that somebody looked up, as text and as a page.

use askama::Template;
use base::Fault;
use billing::Site;
use billing::receipts::Receipt;
use identity::Customer;
use words::Words;

use crate::mail::Letter;
use crate::mail::receipt::letter::{Part, facts, support, ways};

#[derive(Template)]
#[template(path = "mail/details/letter.txt")]
struct AsText<'a>(&'a Says);

#[derive(Template)]
#[template(path = "mail/details/letter.html")]
struct AsPage<'a>(&'a Says);

/// Everything the mail says, in the customer's language.
struct Says {
    tag: &'static str,
    subject: String,
    greeting: String,
    asked: String,
    charges: Vec<Charge>,
    refund: Part,
    nobody: String,
    footer: String,
}

/// One charge.
struct Charge {
    /// Number, date, item, amount, statement, seller: a sentence each.
    facts: Vec<String>,
    once: String,
    processor: String,
    /// How to reach the house that took the money.
    ways: Vec<Part>,
    view: Part,
    who: Part,
}

/// Writes the mail about a customer's charges.
///
/// # Errors
/// A fault if a template cannot be filled.
pub(super) fn write(
    site: &Site,
    customer: &Customer,
    charges: &[Receipt],
) -> Result<Letter, Fault> {
    let says = says(site, customer, charges);
    let fault = |error| Fault::of("write the mail about a charge", error);
    let text = AsText(&says).render().map_err(fault)?;
    let html = AsPage(&says).render().map_err(fault)?;
    Ok(Letter::new(&says.subject, text, html))
}

fn says(site: &Site, customer: &Customer, charges: &[Receipt]) -> Says {
    let words = Words::of(customer.language);
    let (name, mail) = (site.name.as_str(), site.support_mail.as_str());
    Says {
        tag: words.tag(),
        subject: words.text_with("mail-details-subject", &[("site", name.into())]),
        greeting: match customer.name.as_deref() {
            Some(name) => words.text_with("mail-receipt-greeting", &[("name", name.into())]),
            None => words.text("mail-receipt-greeting-nameless").into_owned(),
        },
        asked: words.text("mail-details-asked").into_owned(),
        charges: charges.iter().map(|receipt| charge(words, site, receipt)).collect(),
        refund: Part::of(
            &words.text_with("mail-details-refund", &[("mail", mail.into())]),
            mail,
            Some(format!("mailto:{mail}")),
        ),
        nobody: words.text("mail-details-nobody").into_owned(),
        footer: words.text_with("mail-footer", &[("site", name.into())]),
    }
}

fn charge(words: Words, site: &Site, receipt: &Receipt) -> Charge {
    let processor = receipt.processor.name.as_str();
    let view = site.address(&format!("/{}/receipt/{}", words.tag(), receipt.payment));
    let who = site.address(&support(words, receipt));
    let view_says = words.text_with("mail-details-view", &[("link", view.as_str().into())]);
    let who_says = words.text_with("mail-receipt-who", &[("link", who.as_str().into())]);
    Charge {
        facts: facts(words, receipt),
        once: words.text("mail-details-once").into_owned(),
        processor: words.text_with("mail-receipt-processor", &[("processor", processor.into())]),
        ways: ways(receipt),
        view: Part::of(&view_says, &view, Some(view.clone())),
        who: Part::of(&who_says, &who, Some(who.clone())),
    }
}
