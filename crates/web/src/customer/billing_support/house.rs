//! One house as a customer reads it: phone lines with who pays, languages by their own names.

use billing::lookup::House;
use processor::{CallPaidBy, HouseCan, Phone, SupportContact};
use words::Words;

/// A house on the page.
pub(crate) struct Shown {
    /// Part of its place on the page.
    pub(crate) nth: usize,
    pub(crate) contact: SupportContact,
    /// What may stand on a statement, our own lines first.
    pub(crate) lines: Vec<String>,
    /// Web, chat: addresses that can be followed.
    pub(crate) web: Option<Way>,
    pub(crate) chat: Option<Way>,
    pub(crate) phones: Vec<Line>,
    pub(crate) languages: String,
    pub(crate) regions: String,
    pub(crate) can: Vec<String>,
}

/// An address on the web, followed only if it is one.
pub(crate) struct Way {
    pub(crate) shown: String,
    pub(crate) link: Option<String>,
}

/// A telephone number and who pays for the call.
pub(crate) struct Line {
    pub(crate) number: String,
    /// The number as a telephone takes it.
    pub(crate) dialled: String,
    pub(crate) paid: String,
}

/// Languages by the name their speakers know; others by their letters.
const LANGUAGES: [(&str, &str); 18] = [
    ("en", "English"),
    ("fr", "Français"),
    ("de", "Deutsch"),
    ("da", "Dansk"),
    ("fil", "Filipino"),
    ("es", "Español"),
    ("it", "Italiano"),
    ("nl", "Nederlands"),
    ("pt", "Português"),
    ("sv", "Svenska"),
    ("no", "Norsk"),
    ("fi", "Suomi"),
    ("pl", "Polski"),
    ("cs", "Čeština"),
    ("hu", "Magyar"),
    ("ru", "Русский"),
    ("ja", "日本語"),
    ("zh", "中文"),
];

impl Shown {
    /// The house in a language, as the `nth` of the page.
    pub(crate) fn of(words: Words, nth: usize, house: House) -> Shown {
        let House { descriptors: mut lines, contact, .. } = house;
        for line in &contact.statement {
            if !lines.contains(line) {
                lines.push(line.clone());
            }
        }
        let way = |address: &Option<String>| address.as_deref().map(Way::of);
        let languages: Vec<&str> = contact.languages.iter().map(|tag| own_name(tag)).collect();
        Shown {
            nth,
            lines,
            web: way(&contact.web),
            chat: way(&contact.chat),
            phones: contact.phones.iter().map(|phone| Line::of(words, phone)).collect(),
            languages: languages.join(", "),
            regions: contact.regions.join(", "),
            can: contact.can.iter().map(|can| deed(words, *can)).collect(),
            contact,
        }
    }

    /// Whether there is no way to reach it.
    pub(crate) fn is_quiet(&self) -> bool {
        let none = self.contact.mail.is_none() && self.web.is_none() && self.chat.is_none();
        none && self.phones.is_empty()
    }
}

impl Way {
    fn of(address: &str) -> Way {
        let followed = address.starts_with("https://") || address.starts_with("http://");
        let shown = address.trim_start_matches("https://").trim_end_matches('/').to_owned();
        Way { shown, link: followed.then(|| address.to_owned()) }
    }
}

impl Line {
    fn of(words: Words, phone: &Phone) -> Line {
        let paid = match (&phone.from, phone.paid_by) {
            (None, CallPaidBy::House) => words.text("support-phone-free").into_owned(),
            (None, CallPaidBy::Caller) => words.text("support-phone-caller").into_owned(),
            (None, CallPaidBy::Unknown) => words.text("support-phone-unknown").into_owned(),
            (Some(from), CallPaidBy::House) => {
                words.text_with("support-phone-free-from", &[("country", from.into())])
            }
            (Some(from), CallPaidBy::Caller) => {
                words.text_with("support-phone-caller-from", &[("country", from.into())])
            }
            (Some(from), CallPaidBy::Unknown) => {
                words.text_with("support-phone-unknown-from", &[("country", from.into())])
            }
        };
        let kept = |letter: &char| letter.is_ascii_digit() || *letter == '+';
        let dialled = phone.number.chars().filter(kept).collect();
        Line { number: phone.number.clone(), dialled, paid }
    }
}

fn own_name(tag: &str) -> &str {
    let known = LANGUAGES.iter().find(|(known, _)| known.eq_ignore_ascii_case(tag));
    known.map_or(tag, |(_, name)| name)
}

fn deed(words: Words, can: HouseCan) -> String {
    match can {
        HouseCan::FindCharge => words.text("support-can-find"),
        HouseCan::CancelRenewal => words.text("support-can-cancel"),
        HouseCan::ChangeCard => words.text("support-can-card"),
        HouseCan::Refund => words.text("support-can-refund"),
    }
    .into_owned()
}
