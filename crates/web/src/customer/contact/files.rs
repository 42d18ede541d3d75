//! Files that come with a form: kept at once, so that nobody picks them again when something else
//! must be put right.

use base::Stop;
use base::id::FileId;
use desk::contact::MOST_FILES;
use desk::files::{self, Upload};

use super::sheet::{Picked, Sheet};
use crate::guard::Trouble;
use crate::guard::session::Visit;
use crate::parts::form::Slips;

/// What the seal around a kept file is for.
const PURPOSE: &str = "contact file";

/// A file that is here already and goes along when the form is sent again.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    /// Its id.
    pub(crate) file: FileId,
    /// What it is called on the device.
    pub(crate) name: String,
    /// Both, sealed, as the page carries them.
    pub(crate) sealed: String,
}

/// Keeps the files of a form, those of its earlier round first; notes what cannot be taken.
pub(crate) async fn keep(
    visit: &Visit,
    sheet: &Sheet,
    slips: &mut Slips,
) -> Result<Vec<Kept>, Trouble> {
    let mut all: Vec<Kept> =
        sheet.texts("kept").iter().filter_map(|sealed| open(visit, sealed)).collect();
    for picked in &sheet.files {
        if all.len() >= MOST_FILES {
            slips.add("files", visit.words.text("contact-slip-files"));
            break;
        }
        match keep_one(visit, picked).await? {
            Some(kept) => all.push(kept),
            None => {
                let name = [("name", (&picked.name).into())];
                slips.add("files", visit.words.text_with("contact-slip-file", &name));
            }
        }
    }
    all.truncate(MOST_FILES);
    Ok(all)
}

/// Keeps one file; none if it cannot be taken.
async fn keep_one(visit: &Visit, picked: &Picked) -> Result<Option<Kept>, Trouble> {
    let Some(bytes) = picked.bytes.as_deref().filter(|bytes| !bytes.is_empty()) else {
        return Ok(None);
    };
    let billing = &visit.house.billing;
    let upload = Upload { name: &picked.name, declared: &picked.declared, bytes };
    let kept = store::write!(billing.store, |tx| files::keep(tx, &billing.env, upload).await);
    match kept {
        Ok(file) if file.flagged.as_deref() == Some("executable") => Ok(None),
        Ok(file) => Ok(Some(seal(visit, file.id, &picked.name)?)),
        Err(Stop::Refused(_)) => Ok(None),
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}

fn seal(visit: &Visit, file: FileId, name: &str) -> Result<Kept, Trouble> {
    let vault = &visit.house.identity.vault;
    let plain = format!("{file} {name}");
    let sealed = vault.seal(&visit.house.billing.env.chance, PURPOSE, plain.as_bytes())?;
    Ok(Kept { file, name: name.to_owned(), sealed })
}

fn open(visit: &Visit, sealed: &str) -> Option<Kept> {
    let plain = visit.house.identity.vault.open(PURPOSE, sealed).ok()?;
    let plain = String::from_utf8(plain).ok()?;
    let (file, name) = plain.split_once(' ')?;
    Some(Kept { file: file.parse().ok()?, name: name.to_owned(), sealed: sealed.to_owned() })
}
