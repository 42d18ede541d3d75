//! A form with files as it comes in: read piece by piece, each with a limit, so that whatever
//! arrived is still there when something is wrong with the rest.

use std::collections::HashMap;

use axum::extract::multipart::{Field, Multipart, MultipartError};

/// The largest form with files: five of the largest files, and the texts.
pub(crate) const LARGEST: usize = 52 * 1024 * 1024;
/// The largest file.
pub(crate) const LARGEST_FILE: usize = 10 * 1024 * 1024;
/// The longest text of one field, in bytes.
const LONGEST_TEXT: usize = 128 * 1024;
/// No form of ours has more fields, files included.
const MOST_FIELDS: usize = 40;

/// A form as it came.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    texts: HashMap<String, Vec<String>>,
    /// The files that were picked.
    pub(crate) files: Vec<Picked>,
    /// Not everything arrived.
    pub(crate) broken: bool,
}

/// A file that was picked.
#[derive(Debug)]
pub(crate) struct Picked {
    /// What it is called on the device.
    pub(crate) name: String,
    /// What the browser says it is.
    pub(crate) declared: String,
    /// What it is; none if it is too large.
    pub(crate) bytes: Option<Vec<u8>>,
}

impl Sheet {
    /// Reads a form. What is wrong with a piece is noted and ends the reading.
    pub(crate) async fn read(mut form: Multipart) -> Sheet {
        let mut sheet = Sheet::default();
        for _ in 0..MOST_FIELDS {
            match form.next_field().await {
                Ok(Some(field)) => {
                    if sheet.take(field).await.is_err() {
                        sheet.broken = true;
                        return sheet;
                    }
                }
                Ok(None) => return sheet,
                Err(_) => break,
            }
        }
        sheet.broken = true;
        sheet
    }

    async fn take(&mut self, field: Field<'_>) -> Result<(), MultipartError> {
        let name = field.name().unwrap_or_default().to_owned();
        let Some(file) = field.file_name().map(str::to_owned) else {
            let text = capped(field, LONGEST_TEXT).await?.unwrap_or_default();
            let text = String::from_utf8_lossy(&text).into_owned();
            self.texts.entry(name).or_default().push(text);
            return Ok(());
        };
        let declared = field.content_type().unwrap_or_default().to_owned();
        let bytes = capped(field, LARGEST_FILE).await?;
        let nothing_picked = file.is_empty() && bytes.as_ref().is_some_and(Vec::is_empty);
        if !nothing_picked {
            self.files.push(Picked { name: file, declared, bytes });
        }
        Ok(())
    }

    /// What was written into a field.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.texts.get(name).and_then(|texts| texts.first()).map_or("", String::as_str)
    }

    /// Everything that was sent under a name.
    pub(crate) fn texts(&self, name: &str) -> &[String] {
        self.texts.get(name).map_or(&[], Vec::as_slice)
    }
}

/// The bytes of a field; none if there are more than so many. The rest is read and let go, so that
/// what follows is still found.
async fn capped(mut field: Field<'_>, most: usize) -> Result<Option<Vec<u8>>, MultipartError> {
    let mut bytes = Some(Vec::new());
    while let Some(chunk) = field.chunk().await? {
        bytes = bytes.filter(|bytes| bytes.len() + chunk.len() <= most);
        if let Some(bytes) = &mut bytes {
            bytes.extend_from_slice(&chunk);
        }
    }
    Ok(bytes)
}
