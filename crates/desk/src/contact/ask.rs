//! What somebody wrote into the form, read into what a case is made of, or what to put right.

use base::id::PaymentId;
use identity::{Email, Name};

use super::subject;
use crate::WordRule;
use crate::cases::Side;
use crate::people::Audience;

/// The longest description, in characters.
pub const LONGEST_TEXT: usize = 10_000;
/// The longest order number, in characters.
const LONGEST_ORDER: usize = 100;

/// The topics that are offered, as stable words.
pub const TOPICS: [&str; 9] =
    ["refund", "charge", "payment", "tokens", "renewal", "content", "account", "earnings", "other"];

/// The form as it came.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// Whose door.
    pub door: String,
    /// The mail address, where nobody is signed in.
    pub mail: String,
    /// What they are called on the site.
    pub user: String,
    /// What it is about, in a line.
    pub subject: String,
    /// Where the problem lies.
    pub side: String,
    /// Which kind of problem.
    pub topic: String,
    /// One of their payments.
    pub payment: String,
    /// An order or a receipt.
    pub order: String,
    /// What happened.
    pub description: String,
}

/// Who writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// A customer who is signed in.
    SignedIn,
    /// Somebody who must say where we can answer.
    Stranger,
}

/// A request that a case can be made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Whose door.
    pub audience: Audience,
    /// Where we can answer a stranger.
    pub mail: Option<Email>,
    /// What they are called on the site.
    pub user: Option<String>,
    /// What it is about, in a line.
    pub subject: String,
    /// Where the problem lies.
    pub side: Side,
    /// Which kind of problem.
    pub topic: Option<String>,
    /// One of their payments.
    pub payment: Option<PaymentId>,
    /// An order or a receipt.
    pub order: Option<String>,
    /// What happened.
    pub description: String,
}

/// Something to put right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// There is no mail address.
    MailMissing,
    /// The mail address is none.
    MailNotValid,
    /// The user name is more than a line.
    UserNotValid,
    /// There is no subject.
    SubjectMissing,
    /// The subject is too long.
    SubjectLong,
    /// The subject has so many words, which are not five to seven.
    SubjectWords(usize),
    /// There is no description.
    DescriptionMissing,
    /// The description is too long.
    DescriptionLong,
    /// The order number is more than a line.
    OrderNotValid,
}

impl Slip {
    /// The field it is about.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Slip::MailMissing | Slip::MailNotValid => "mail",
            Slip::UserNotValid => "user",
            Slip::SubjectMissing | Slip::SubjectLong | Slip::SubjectWords(_) => "subject",
            Slip::DescriptionMissing | Slip::DescriptionLong => "description",
            Slip::OrderNotValid => "order",
        }
    }
}

impl Form {
    /// Reads it, or says everything there is to put right, in the order of the form.
    ///
    /// # Errors
    /// At least one slip.
    pub fn read(&self, known: Known, rule: WordRule) -> Result<Ask, Vec<Slip>> {
        let mut slips = Vec::new();
        let mail = self.mail(known).unwrap_or_else(|slip| noted(&mut slips, slip));
        let user = self.user().unwrap_or_else(|slip| noted(&mut slips, slip));
        let subject = one_line(&self.subject);
        slips.extend(subject_slip(&subject, rule));
        let order = self.order().unwrap_or_else(|slip| noted(&mut slips, slip));
        let description = many_lines(&self.description);
        if description.is_empty() {
            slips.push(Slip::DescriptionMissing);
        } else if description.chars().count() > LONGEST_TEXT {
            slips.push(Slip::DescriptionLong);
        }
        if !slips.is_empty() {
            return Err(slips);
        }
        let topic = TOPICS.iter().find(|topic| **topic == self.topic);
        Ok(Ask {
            audience: self.door.parse().unwrap_or(Audience::Customer),
            mail,
            user,
            subject,
            side: self.side.parse().unwrap_or(Side::Unknown),
            topic: topic.map(|topic| (*topic).to_owned()),
            payment: self.payment.parse().ok(),
            order,
            description,
        })
    }

    fn mail(&self, known: Known) -> Result<Option<Email>, Slip> {
        match (known, self.mail.trim()) {
            (Known::SignedIn, _) => Ok(None),
            (Known::Stranger, "") => Err(Slip::MailMissing),
            (Known::Stranger, mail) => {
                Email::checked(mail).map(Some).map_err(|_| Slip::MailNotValid)
            }
        }
    }

    fn user(&self) -> Result<Option<String>, Slip> {
        if self.user.trim().is_empty() {
            return Ok(None);
        }
        let name = Name::checked(&self.user).map_err(|_| Slip::UserNotValid)?;
        Ok(Some(name.into_string()))
    }

    fn order(&self) -> Result<Option<String>, Slip> {
        let order = one_line(&self.order);
        if order.chars().count() > LONGEST_ORDER {
            return Err(Slip::OrderNotValid);
        }
        Ok(Some(order).filter(|order| !order.is_empty()))
    }
}

fn noted<T>(slips: &mut Vec<Slip>, slip: Slip) -> Option<T> {
    slips.push(slip);
    None
}

fn subject_slip(subject: &str, rule: WordRule) -> Option<Slip> {
    if subject.is_empty() {
        return Some(Slip::SubjectMissing);
    }
    if subject.chars().count() > subject::LONGEST {
        return Some(Slip::SubjectLong);
    }
    let right = subject::length(subject) == subject::Length::Right;
    match rule {
        WordRule::Enforce if !right => Some(Slip::SubjectWords(subject::words(subject))),
        WordRule::Enforce | WordRule::Advise => None,
    }
}

/// The text as one line: whatever cannot be seen becomes a blank.
fn one_line(text: &str) -> String {
    let seen = |letter: char| if letter.is_control() { ' ' } else { letter };
    text.chars().map(seen).collect::<String>().trim().to_owned()
}

/// The text as lines, without other control characters.
pub(super) fn many_lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let seen = |letter: &char| !letter.is_control() || matches!(letter, '\n' | '\t');
    text.chars().filter(seen).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> Form {
        Form {
            door: "creator".into(),
            mail: " Ana@Example.org ".into(),
            user: " ana ".into(),
            subject: "My payout\r\nof May is missing".into(),
            side: "creator".into(),
            topic: "earnings".into(),
            payment: "no id".into(),
            order: "  ".into(),
            description: "One.\r\n\r\nTwo.\u{0}\u{7}".into(),
        }
    }

    #[test]
    fn a_form_is_read_into_what_a_case_is_made_of() {
        let ask = form().read(Known::Stranger, WordRule::Enforce).unwrap();
        assert_eq!(ask.audience, Audience::Creator);
        assert_eq!(ask.mail.unwrap().as_str(), "Ana@example.org");
        assert_eq!(ask.user.as_deref(), Some("ana"));
        assert_eq!(ask.subject, "My payout  of May is missing");
        assert_eq!((ask.side, ask.topic.as_deref()), (Side::Creator, Some("earnings")));
        assert_eq!((ask.payment, ask.order), (None, None));
        assert_eq!(ask.description, "One.\n\nTwo.");
    }

    #[test]
    fn a_word_we_do_not_know_is_the_careful_one() {
        let odd = Form { door: "x".into(), side: "".into(), topic: "<b>".into(), ..form() };
        let ask = odd.read(Known::SignedIn, WordRule::Advise).unwrap();
        assert_eq!((ask.audience, ask.side, ask.topic), (Audience::Customer, Side::Unknown, None));
        assert_eq!(ask.mail, None, "who is signed in is answered where they are known");
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let empty = Form::default().read(Known::Stranger, WordRule::Enforce).unwrap_err();
        assert_eq!(empty, [Slip::MailMissing, Slip::SubjectMissing, Slip::DescriptionMissing]);
        let long = Form {
            mail: "ana".into(),
            user: "a\nb".into(),
            subject: "x".repeat(151),
            order: "x".repeat(101),
            description: "x".repeat(LONGEST_TEXT + 1),
            ..form()
        };
        let slips = long.read(Known::Stranger, WordRule::Advise).unwrap_err();
        let fields: Vec<_> = slips.iter().map(|slip| slip.field()).collect();
        assert_eq!(fields, ["mail", "user", "subject", "order", "description"]);
    }

    #[test]
    fn the_number_of_words_is_advice_or_a_rule() {
        for (subject, words) in [("Refund please", 2), ("a b c d e f g h", 8)] {
            let form = Form { subject: subject.into(), ..form() };
            assert!(form.read(Known::Stranger, WordRule::Advise).is_ok());
            let slips = form.read(Known::Stranger, WordRule::Enforce).unwrap_err();
            assert_eq!(slips, [Slip::SubjectWords(words)]);
        }
    }
}
