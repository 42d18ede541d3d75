//! The house's memory on disk: one line of JSON for every step of a sale, the last line counts.
//!
//! A line is handed to the operating system before the step is answered, so killing the process
//! loses nothing. It is not synced to the disk: this is a test house.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;

use base::Fault;

use super::sale::Sale;

/// The open file.
pub struct Journal(File);

impl Journal {
    /// Opens the file, reads every sale and writes the file anew with one line for each.
    pub fn open(path: &Path) -> Result<(Journal, Vec<Sale>), Fault> {
        let sales = match std::fs::read_to_string(path) {
            Ok(text) => replay(&text)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(Fault::of("read the sandbox's file", error)),
        };
        let fresh = path.with_extension("new");
        let lines: Result<String, Fault> = sales.iter().map(line).collect();
        let lines = lines?;
        std::fs::write(&fresh, lines)
            .and_then(|()| std::fs::rename(&fresh, path))
            .map_err(|error| Fault::of("write the sandbox's file anew", error))?;
        let file = OpenOptions::new().append(true).open(path);
        let file = file.map_err(|error| Fault::of("open the sandbox's file", error))?;
        Ok((Journal(file), sales))
    }

    /// Writes a sale as it is now.
    pub fn write(&mut self, sale: &Sale) -> Result<(), Fault> {
        let line = line(sale)?;
        let wrote = self.0.write_all(line.as_bytes());
        wrote.map_err(|error| Fault::of("write to the sandbox's file", error))
    }
}

fn line(sale: &Sale) -> Result<String, Fault> {
    let text = serde_json::to_string(sale);
    text.map(|text| text + "\n").map_err(|error| Fault::of("write a sandbox sale as JSON", error))
}

/// The last word on every sale. A torn last line was never answered and is left out.
fn replay(text: &str) -> Result<Vec<Sale>, Fault> {
    let mut sales = BTreeMap::new();
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    for (nth, line) in whole.lines().enumerate() {
        let sale: Sale = serde_json::from_str(line).map_err(|error| {
            Fault::of(format!("read line {} of the sandbox's file", nth + 1), error)
        })?;
        sales.insert(sale.id, sale);
    }
    Ok(sales.into_values().collect())
}
