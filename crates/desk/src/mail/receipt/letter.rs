//! The words of a receipt's mail, as text and as a page.

use askama::Template;
use base::{Fault, Tokens};
use billing::Site;
use billing::receipts::Receipt;
use identity::Customer;
use jiff::tz::TimeZone;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use words::{Value, Words};

use crate::mail::Letter;

#[derive(Template)]
#[template(path = "mail/receipt/letter.txt")]
struct AsText<'a>(&'a Says);

#[derive(Template)]
#[template(path = "mail/receipt/letter.html")]
struct AsPage<'a>(&'a Says);

/// Everything the mail says, in the customer's language.
struct Says {
    tag: &'static str,
    subject: String,
    greeting: String,
    paid: String,
    /// Number, date, item, amount, statement, seller: a sentence each.
    facts: Vec<String>,
    processor: String,
    reach: String,
    ways: Vec<Part>,
    view: Part,
    who: Part,
    questions: Part,
    footer: String,
}

/// A sentence with an address in it that can be followed.
pub(in crate::mail) struct Part {
    pub(in crate::mail) before: String,
    pub(in crate::mail) shown: String,
    pub(in crate::mail) address: String,
    pub(in crate::mail) after: String,
}

impl Part {
    /// The sentence around `shown`, which leads to `address`; without an address it is plain.
    pub(in crate::mail) fn of(sentence: &str, shown: &str, address: Option<String>) -> Part {
        let (before, after) = sentence.split_once(shown).unwrap_or((sentence, ""));
        let found = before.len() < sentence.len();
        let address = address.filter(|_| found);
        Part {
            before: before.to_owned(),
            shown: if found { shown.to_owned() } else { String::new() },
            address: address.unwrap_or_default(),
            after: after.to_owned(),
        }
    }

    /// The sentence as text.
    pub(in crate::mail) fn text(&self) -> String {
        format!("{}{}{}", self.before, self.shown, self.after)
    }
}

/// Writes the mail of a receipt in the customer's language.
///
/// The descriptor stands in it letter by letter as on the statement.
///
/// # Errors
/// A fault if a template cannot be filled.
pub(super) fn write(site: &Site, customer: &Customer, receipt: &Receipt) -> Result<Letter, Fault> {
    let says = says(site, customer, receipt);
    let fault = |error| Fault::of("write the mail of a receipt", error);
    let text = AsText(&says).render().map_err(fault)?;
    let html = AsPage(&says).render().map_err(fault)?;
    Ok(Letter::new(&says.subject, text, html))
}

fn says(site: &Site, customer: &Customer, receipt: &Receipt) -> Says {
    let words = Words::of(customer.language);
    let paid = [("count", count(receipt)), ("amount", Value::Money(receipt.total))];
    let link = site.address(&format!("/{}/receipt/{}", words.tag(), receipt.payment));
    let who = site.address(&support(words, receipt));
    let mail = receipt.seller_mail.as_str();
    let processor = receipt.processor.name.as_str();
    let (number, name) = (receipt.number.as_str(), site.name.as_str());
    Says {
        tag: words.tag(),
        subject: words
            .text_with("mail-receipt-subject", &[("number", number.into()), ("site", name.into())]),
        greeting: match customer.name.as_deref() {
            Some(name) => words.text_with("mail-receipt-greeting", &[("name", name.into())]),
            None => words.text("mail-receipt-greeting-nameless").into_owned(),
        },
        paid: words.text_with("mail-receipt-paid", &paid),
        facts: facts(words, receipt),
        processor: words.text_with("mail-receipt-processor", &[("processor", processor.into())]),
        reach: words.text_with("mail-receipt-processor-reach", &[("processor", processor.into())]),
        ways: ways(receipt),
        view: Part::of(
            &words.text_with("mail-receipt-view", &[("link", link.as_str().into())]),
            &link,
            Some(link.clone()),
        ),
        who: Part::of(
            &words.text_with("mail-receipt-who", &[("link", who.as_str().into())]),
            &who,
            Some(who.clone()),
        ),
        questions: Part::of(
            &words.text_with("mail-receipt-questions", &[("mail", mail.into())]),
            mail,
            Some(format!("mailto:{mail}")),
        ),
        footer: words.text_with("mail-footer", &[("site", name.into())]),
    }
}

/// How many tokens were bought.
fn count(receipt: &Receipt) -> Value<'static> {
    let tokens = receipt.lines.iter().map(|line| line.tokens.count()).sum::<i64>();
    Value::Tokens(Tokens::new(tokens).unwrap_or(Tokens::NONE))
}

/// The path of the page about the house that took the money.
pub(in crate::mail) fn support(words: Words, receipt: &Receipt) -> String {
    let line = utf8_percent_encode(&receipt.descriptor, NON_ALPHANUMERIC);
    format!("/{}/billing-support?line={line}", words.tag())
}

/// The facts of a receipt, a sentence each.
pub(in crate::mail) fn facts(words: Words, receipt: &Receipt) -> Vec<String> {
    let (count, amount) = (count(receipt), Value::Money(receipt.total));
    // Nobody told us where the customer sits, so the time names its zone.
    let date = Value::Deadline(receipt.issued_at, &TimeZone::UTC);
    let descriptor = receipt.descriptor.as_str();
    let mut facts = vec![
        words.text_with("mail-receipt-number", &[("number", receipt.number.as_str().into())]),
        words.text_with("mail-receipt-date", &[("date", date)]),
        words.text_with("mail-receipt-item", &[("count", count)]),
        words.text_with("mail-receipt-amount", &[("amount", amount)]),
    ];
    if !descriptor.is_empty() {
        let descriptor = [("descriptor", descriptor.into())];
        facts.push(words.text_with("mail-receipt-statement", &descriptor));
    }
    let seller = [("seller", receipt.seller.as_str().into())];
    facts.push(words.text_with("mail-receipt-seller", &seller));
    facts
}

/// The ways to reach the house that took the money.
pub(in crate::mail) fn ways(receipt: &Receipt) -> Vec<Part> {
    let contact = &receipt.processor;
    let web = contact.web.iter().map(|web| {
        let followed = web.starts_with("https://") || web.starts_with("http://");
        Part::of(web, web, followed.then(|| web.clone()))
    });
    let mail = contact.mail.iter().map(|mail| Part::of(mail, mail, Some(format!("mailto:{mail}"))));
    let plain = contact
        .phones
        .iter()
        .map(|phone| &phone.number)
        .chain(&contact.hours)
        .map(|line| Part::of(line, line, None));
    web.chain(mail).chain(plain).collect()
}
