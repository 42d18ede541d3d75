//! The data folder belongs to one serving program at a time.

use std::fs::{File, TryLockError};
use std::path::Path;

use base::Fault;

/// Held as long as the program owns the folder; the operating system drops it with the process.
#[derive(Debug)]
pub struct FolderLock(
    #[expect(dead_code, reason = "the lock lives as long as the open file")] File,
);

impl FolderLock {
    /// Takes the folder, making it if need be.
    ///
    /// # Errors
    /// A fault with a sentence for the operator if another program owns it.
    pub fn take(folder: &Path) -> Result<FolderLock, Fault> {
        let place = folder.display();
        std::fs::create_dir_all(folder)
            .map_err(|error| Fault::of(format!("make the data folder {place}"), error))?;
        let file = File::create(folder.join("paydesk.lock"))
            .map_err(|error| Fault::of(format!("write into the data folder {place}"), error))?;
        match file.try_lock() {
            Ok(()) => Ok(FolderLock(file)),
            Err(TryLockError::WouldBlock) => Err(Fault::new(format!(
                "take the data folder {place}: another paydesk is running on it; \
                 stop that one first, or give this one a folder of its own"
            ))),
            Err(TryLockError::Error(error)) => {
                Err(Fault::of(format!("lock the data folder {place}"), error))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_program_on_the_folder_is_refused_with_a_sentence() {
        let folder = tempfile::tempdir().unwrap();
        let first = FolderLock::take(folder.path()).unwrap();
        let refused = FolderLock::take(folder.path()).unwrap_err().to_string();
        assert!(refused.contains("another paydesk is running on it"), "{refused}");
        drop(first);
        FolderLock::take(folder.path()).unwrap();
    }
}
