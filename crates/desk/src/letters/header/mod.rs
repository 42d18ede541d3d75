//! Header fields: unfolded, by name, and decoded no more than once.

mod address;
mod ids;
mod params;
mod words;

pub use address::Mailbox;
pub(super) use params::Params;

use super::charset;
use super::limits::MOST_FIELDS;
use super::steps;

/// One block of header fields.
#[derive(Debug, Default)]
pub(super) struct Headers {
    fields: Vec<(String, Vec<u8>)>,
    /// The charset the body declares, for raw 8-bit in these fields.
    pub label: Option<String>,
}

impl Headers {
    /// Takes in a line that begins a field: `Name: value`. Says whether it did.
    pub(super) fn begin(&mut self, line: &[u8]) -> bool {
        let Some((name, value)) = split(line) else { return false };
        if self.fields.len() < MOST_FIELDS {
            self.fields.push((name, value.to_vec()));
        }
        true
    }

    /// Takes in a line that goes on with the last field.
    pub(super) fn go_on(&mut self, line: &[u8]) {
        if let Some((_, value)) = self.fields.last_mut() {
            value.extend_from_slice(line);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// Names and raw values, in the order they stand.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_slice()))
    }

    /// The first field of that name, as bytes. Names are asked for in lower case.
    pub(super) fn raw(&self, name: &str) -> Option<&[u8]> {
        steps::add(self.fields.len());
        self.all().find(|(one, _)| *one == name).map(|(_, value)| value)
    }

    /// The first field of that name as text, with nothing decoded but raw 8-bit.
    pub(super) fn plain(&self, name: &str) -> Option<String> {
        self.raw(name).map(|value| self.plainly(value))
    }

    /// All fields of that name as text, with nothing decoded but raw 8-bit.
    pub(super) fn every(&self, name: &str) -> Vec<String> {
        self.all().filter(|(one, _)| *one == name).map(|(_, value)| self.plainly(value)).collect()
    }

    /// The first field of that name as people read it, with encoded words decoded.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.plain(name).map(|value| charset::tidy(&words::decode(&value)).replace('\n', " "))
    }

    /// The mailboxes of all fields of that name.
    pub(super) fn mailboxes(&self, name: &str) -> Vec<Mailbox> {
        let mut all = Vec::new();
        for value in self.every(name) {
            address::read(&value, &mut all);
        }
        all
    }

    /// The Message-IDs in all fields of that name.
    pub(super) fn ids(&self, name: &str) -> Vec<String> {
        ids::several(&self.every(name).join(" "))
    }

    /// The Message-ID of this block.
    pub(super) fn message_id(&self) -> Option<String> {
        self.plain("message-id").and_then(|value| ids::own(&value))
    }

    /// A field of the form `word; name=value`, such as Content-Type.
    pub(super) fn params(&self, name: &str) -> Option<Params> {
        self.plain(name).map(|value| params::read(&value))
    }

    fn plainly(&self, value: &[u8]) -> String {
        charset::decode_header(value, self.label.as_deref()).trim().to_owned()
    }
}

/// A line of the form `Name: value`, with the name in lower case.
fn split(line: &[u8]) -> Option<(String, &[u8])> {
    steps::add(line.len().min(128));
    let colon = line.iter().take(128).position(|byte| *byte == b':')?;
    let name = line[..colon].trim_ascii_end();
    let sound = !name.is_empty() && name.iter().all(|byte| (33..127).contains(byte));
    sound.then(|| (String::from_utf8_lossy(name).to_ascii_lowercase(), &line[colon + 1..]))
}
