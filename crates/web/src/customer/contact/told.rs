//! What must be put right in the form, in the reader's words.

use desk::contact::{LONGEST_TEXT, Slip, subject};
use words::Words;

use crate::parts::form::Slips;

/// Everything there is to put right, sentence by sentence.
pub(super) fn told(words: Words, slips: &[Slip], into: &mut Slips) {
    for slip in slips {
        into.add(slip.field(), sentence(words, *slip));
    }
}

fn sentence(words: Words, slip: Slip) -> String {
    let plain = match slip {
        Slip::MailMissing => words.text("contact-slip-mail-missing"),
        Slip::MailNotValid => words.text("contact-slip-mail"),
        Slip::UserNotValid => words.text("contact-slip-user"),
        Slip::SubjectMissing => words.text("contact-slip-subject-missing"),
        Slip::DescriptionMissing => words.text("contact-slip-description-missing"),
        Slip::OrderNotValid => words.text("contact-slip-order"),
        Slip::SubjectLong => {
            let limit = [("limit", subject::LONGEST.into())];
            return words.text_with("contact-slip-subject-long", &limit);
        }
        Slip::SubjectWords(count) => {
            return words.text_with("contact-slip-subject-words", &[("count", count.into())]);
        }
        Slip::DescriptionLong => {
            let limit = [("limit", LONGEST_TEXT.into())];
            return words.text_with("contact-slip-description-long", &limit);
        }
    };
    plain.into_owned()
}
