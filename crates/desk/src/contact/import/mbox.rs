//! A mail box in one file (mbox): mails behind lines that begin with `From `. Mails that answer
//! each other are one case.

use std::collections::HashMap;
use std::io::BufRead;

use base::{Language, Timestamp};

use super::{Attachment, Item, Refused, Speaker};
use crate::cases::{CaseState, Side};
use crate::letters::{self, LARGEST_MAIL, Letter, Reading};
use crate::people::{AddressKind, Audience};

/// What begins a mail.
const FROM: &[u8] = b"From ";

/// Which addresses are the desk's own, and the language of mails that do not tell.
#[derive(Clone, Debug, Default)]
pub struct Own {
    /// What was written from here is an answer.
    pub addresses: Vec<String>,
    /// The language of mails that do not tell.
    pub language: Language,
    /// Now.
    pub now: Timestamp,
}

/// A mail box, read mail by mail.
pub struct Mbox<R> {
    from: R,
    own: Own,
    line: Vec<u8>,
    /// Where each mail id was found: the case it is in.
    cases: HashMap<String, Place>,
    read: u64,
    nth: u64,
    begun: bool,
}

/// The case of a mail, and whose it is.
#[derive(Clone, Debug)]
struct Place {
    case: String,
    mail: String,
    name: Option<String>,
}

impl<R: BufRead> Mbox<R> {
    /// A mail box.
    pub fn open(from: R, own: Own) -> Mbox<R> {
        let (line, cases) = (Vec::new(), HashMap::new());
        Mbox { from, own, line, cases, read: 0, nth: 0, begun: false }
    }

    /// How many bytes were read.
    #[must_use]
    pub const fn position(&self) -> u64 {
        self.read
    }

    /// The next mail's bytes; none at the end. What is too large is cut, and then refused.
    fn raw(&mut self) -> Result<Option<Vec<u8>>, String> {
        let mut mail = Vec::new();
        loop {
            let line = if self.line.is_empty() { self.read_line()? } else { self.take_line() };
            if line.is_empty() {
                return Ok((self.begun && !mail.is_empty()).then_some(mail));
            }
            if line.starts_with(FROM) {
                if self.begun && !mail.is_empty() {
                    self.line = line;
                    return Ok(Some(mail));
                }
                self.begun = true;
            } else if !self.begun {
                return Err("it is no mbox: it does not begin with “From ”".to_owned());
            } else if mail.len() <= LARGEST_MAIL {
                mail.extend_from_slice(unquoted(&line));
            }
        }
    }

    fn take_line(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.line)
    }

    fn read_line(&mut self) -> Result<Vec<u8>, String> {
        let mut line = Vec::new();
        let read = self.from.read_until(b'\n', &mut line).map_err(|error| error.to_string())?;
        self.read += read as u64;
        Ok(line)
    }

    fn item(&mut self, raw: &[u8]) -> Result<Item, String> {
        let reading = Reading {
            now: self.own.now,
            own_addresses: self.own.addresses.clone(),
            ..Reading::default()
        };
        let letter = letters::read(raw, &reading).map_err(|unreadable| unreadable.why)?;
        if let Some(automatic) = &letter.automatic {
            return Err(format!("no person wrote it: {automatic:?}"));
        }
        let from = letter.from.as_ref().map(|from| from.address.to_lowercase());
        let from = from.unwrap_or_default();
        let is_own = self.own.addresses.iter().any(|own| own.eq_ignore_ascii_case(&from));
        let earlier = letter.in_reply_to.iter().chain(&letter.references);
        let earlier = earlier.rev().find_map(|id| self.cases.get(id)).cloned();
        let whose = if is_own { letter.to.first() } else { letter.from.as_ref() };
        let place = match (earlier, whose) {
            (Some(place), _) => place,
            (None, Some(whose)) => Place {
                case: letter.message_id.clone(),
                mail: AddressKind::Mail
                    .normal(&whose.address)
                    .map_err(|_| "it has no customer’s mail address".to_owned())?,
                name: Some(whose.name.clone()).filter(|name| !name.is_empty()),
            },
            (None, None) => return Err("nobody’s address stands in it".to_owned()),
        };
        self.cases.insert(letter.message_id.clone(), place.clone());
        let speaker = if is_own { Speaker::Desk } else { Speaker::Customer };
        // Whoever was in copy speaks for themselves.
        let place = match (&letter.from, AddressKind::Mail.normal(&from)) {
            (Some(writer), Ok(mail)) if !is_own && mail != place.mail => {
                Place { mail, name: Some(writer.name.clone()).filter(|it| !it.is_empty()), ..place }
            }
            _ => place,
        };
        Ok(item_of(letter, place, speaker, &self.own))
    }
}

fn item_of(letter: Letter, place: Place, speaker: Speaker, own: &Own) -> Item {
    let files = letter.files.into_iter().map(|file| Attachment {
        name: file.safe_name,
        declared: file.declared,
        bytes: file.bytes,
        inline: file.inline,
    });
    Item {
        case: place.case,
        message: letter.message_id.clone(),
        // An old mail is what it says: only a time to come is not believed.
        at: letter.date_header.filter(|at| *at <= own.now).unwrap_or(letter.date),
        speaker,
        mail: place.mail,
        name: place.name,
        subject: letter.subject,
        text: letter.text,
        fresh: Some(letter.fresh),
        html: letter.html,
        language: letter.language.unwrap_or(own.language),
        audience: Audience::Customer,
        side: Side::Unknown,
        topic: None,
        tags: Vec::new(),
        state: Some(CaseState::Closed),
        mail_id: Some(letter.message_id),
        files: files.collect(),
    }
}

/// A line of a mail as it was before it was put into the box: `>From ` was `From `.
fn unquoted(line: &[u8]) -> &[u8] {
    let quotes = line.iter().take_while(|byte| **byte == b'>').count();
    if quotes > 0 && line[quotes..].starts_with(FROM) { &line[1..] } else { line }
}

impl<R: BufRead> Iterator for Mbox<R> {
    type Item = Result<Item, Refused>;

    fn next(&mut self) -> Option<Result<Item, Refused>> {
        self.nth += 1;
        let place = self.nth;
        match self.raw() {
            Ok(None) => None,
            Ok(Some(raw)) => Some(self.item(&raw).map_err(|why| Refused { place, why })),
            // A box that cannot be read any further ends here.
            Err(why) if place == 1 => {
                self.nth = u64::MAX - 1;
                Some(Err(Refused { place, why }))
            }
            Err(_) => None,
        }
    }
}
