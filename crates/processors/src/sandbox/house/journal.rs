//! The house's memory on disk: one line of JSON for every step of a sale, the last line counts.
//!
//! A line is handed to the operating system before the step is answered, so killing the process
//! loses nothing. It is not synced to the disk: this is a test house. Opening only reads, so that
//! a check may look while a house is at work; the first step takes the file for its own.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use base::Fault;

use super::sale::Sale;

/// The file, taken with the first step that is written.
pub struct Journal {
    path: PathBuf,
    taken: Option<File>,
    /// How many bytes were whole lines when it was read.
    whole: u64,
}

impl Journal {
    /// Reads every sale. A torn last line was never answered and does not count.
    pub fn open(path: &Path) -> Result<(Journal, Vec<Sale>), Fault> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            Err(error) => return Err(Fault::of("read the sandbox's file", error)),
        };
        let lines = &text[..text.rfind('\n').map_or(0, |end| end + 1)];
        let sales = replay(lines)?;
        Ok((Journal { path: path.to_owned(), taken: None, whole: lines.len() as u64 }, sales))
    }

    /// Writes a sale as it is now.
    pub fn write(&mut self, sale: &Sale) -> Result<(), Fault> {
        let text = serde_json::to_string(sale);
        let line = text.map_err(|error| Fault::of("write a sandbox sale as JSON", error))? + "\n";
        let file = match &mut self.taken {
            Some(file) => file,
            None => self.taken.insert(take(&self.path, self.whole)?),
        };
        let wrote = file.write_all(line.as_bytes());
        wrote.map_err(|error| Fault::of("write to the sandbox's file", error))
    }
}

/// Locks the file and cuts the torn line off, if there is one.
fn take(path: &Path, whole: u64) -> Result<File, Fault> {
    let cannot = |error| Fault::of("open the sandbox's file", error);
    let file = OpenOptions::new().append(true).create(true).open(path).map_err(cannot)?;
    if file.try_lock().is_err() {
        return Err(Fault::new("take the sandbox's file: another process is at work with it"));
    }
    let now = std::fs::read(path).map_err(cannot)?;
    let tail = usize::try_from(whole).ok().and_then(|whole| now.get(whole..));
    if tail.is_none_or(|tail| tail.contains(&b'\n')) {
        return Err(Fault::new("take the sandbox's file: it has changed since it was read"));
    }
    file.set_len(whole).map_err(cannot)?;
    Ok(file)
}

/// The last word on every sale.
fn replay(lines: &str) -> Result<Vec<Sale>, Fault> {
    let mut sales = BTreeMap::new();
    for (nth, line) in lines.lines().enumerate() {
        let sale: Sale = serde_json::from_str(line).map_err(|error| {
            Fault::of(format!("read line {} of the sandbox's file", nth + 1), error)
        })?;
        sales.insert(sale.id, sale);
    }
    Ok(sales.into_values().collect())
}
