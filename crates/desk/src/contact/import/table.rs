//! A table of messages, one a line, as other desks export them.

use std::io::Read;

use base::Language;
use csv::{Reader, ReaderBuilder, StringRecord};

use super::{Item, Refused, Speaker};
use crate::cases::{CaseState, Side};
use crate::people::{AddressKind, Audience};

/// The columns there may be; the first five must be there.
pub const COLUMNS: [&str; 14] = [
    "case", "at", "mail", "subject", "text", "message", "from", "name", "language", "audience",
    "side", "topic", "tags", "state",
];
/// How many of them must be there.
const NEEDED: usize = 5;
/// The longest field, in bytes.
const LONGEST: usize = 1024 * 1024;

/// A table, read line by line.
pub struct Table<R> {
    reader: Reader<R>,
    /// For each of [`COLUMNS`], where it stands.
    places: Vec<Option<usize>>,
    line: StringRecord,
}

impl<R: Read> Table<R> {
    /// Reads the names of the columns.
    ///
    /// # Errors
    /// A sentence for the operator if one is missing or unknown.
    pub fn open(from: R) -> Result<Table<R>, String> {
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(from);
        let names = reader.headers().map_err(|error| format!("it is no table: {error}"))?;
        let names: Vec<String> =
            names.iter().map(|name| name.trim_matches(['\u{feff}', ' ']).to_lowercase()).collect();
        let unknown = names.iter().find(|name| !COLUMNS.contains(&name.as_str()));
        if let Some(unknown) = unknown {
            let known = COLUMNS.join(", ");
            return Err(format!("there is no column “{unknown}”; there may be {known}"));
        }
        let place = |column: &&str| names.iter().position(|name| name == column);
        let places: Vec<_> = COLUMNS.iter().map(place).collect();
        match COLUMNS.iter().zip(&places).take(NEEDED).find(|(_, place)| place.is_none()) {
            Some((missing, _)) => Err(format!("the column “{missing}” is missing")),
            None => Ok(Table { reader, places, line: StringRecord::new() }),
        }
    }

    /// How many bytes were read.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.reader.position().byte()
    }

    fn text(&self, column: &str) -> &str {
        let nth = COLUMNS.iter().position(|name| *name == column);
        let place = nth.and_then(|nth| self.places[nth]);
        place.and_then(|place| self.line.get(place)).unwrap_or_default().trim()
    }

    fn item(&self, line: u64) -> Result<Item, String> {
        if self.line.iter().any(|field| field.len() > LONGEST) {
            return Err("a field is longer than 1 MiB".to_owned());
        }
        for needed in &COLUMNS[..NEEDED] {
            if self.text(needed).is_empty() {
                return Err(format!("“{needed}” is empty"));
            }
        }
        let at = self.text("at");
        let mail = AddressKind::Mail.normal(self.text("mail"));
        let message = Some(self.text("message")).filter(|message| !message.is_empty());
        Ok(Item {
            case: self.text("case").to_owned(),
            message: message.map_or_else(|| format!("line {line}"), str::to_owned),
            at: at
                .parse()
                .map_err(|_| format!("“at” is no time such as 2025-03-01T09:30:00Z: {at}"))?,
            speaker: match self.text("from") {
                "" | "customer" => Speaker::Customer,
                "desk" => Speaker::Desk,
                other => return Err(format!("“from” is customer or desk, not {other}")),
            },
            mail: mail.map_err(|_| "“mail” is no mail address".to_owned())?,
            name: Some(self.text("name").to_owned()).filter(|name| !name.is_empty()),
            subject: self.text("subject").to_owned(),
            text: self.text("text").to_owned(),
            fresh: None,
            html: None,
            language: self.word("language", Language::En)?,
            audience: self.word("audience", Audience::Customer)?,
            side: self.word("side", Side::Unknown)?,
            topic: Some(self.text("topic").to_owned()).filter(|topic| !topic.is_empty()),
            tags: self.text("tags").split_whitespace().map(str::to_owned).collect(),
            state: Some(self.word("state", CaseState::Closed)?),
            mail_id: None,
            files: Vec::new(),
        })
    }

    fn word<T: std::str::FromStr>(&self, column: &str, usual: T) -> Result<T, String> {
        match self.text(column) {
            "" => Ok(usual),
            word => word.parse().map_err(|_| format!("“{column}” has an unknown word: {word}")),
        }
    }
}

impl<R: Read> Iterator for Table<R> {
    type Item = Result<Item, Refused>;

    fn next(&mut self) -> Option<Result<Item, Refused>> {
        let line = self.reader.position().line();
        let mut record = std::mem::take(&mut self.line);
        let read = self.reader.read_record(&mut record);
        self.line = record;
        match read {
            Ok(false) => None,
            Ok(true) => {
                let place = self.line.position().map_or(line, csv::Position::line);
                Some(self.item(place).map_err(|why| Refused { place, why }))
            }
            Err(error) => Some(Err(Refused { place: line, why: error.to_string() })),
        }
    }
}
