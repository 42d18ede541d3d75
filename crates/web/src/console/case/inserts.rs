//! Answers that staff have ready, filled in for one case, to be put into the composer.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use base::Language;
use desk::answers::{self, Known};
use desk::cases::Case;
use store::Reads;

use crate::console::shift::Shift;
use crate::guard::Trouble;

/// An answer, ready to be put in.
pub(crate) struct Insert {
    /// What is typed behind a semicolon.
    pub(crate) key: String,
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) language: Language,
}

/// All answers for this case, in its language where there is one.
pub(super) async fn gather(
    shift: &Shift,
    reads: &mut impl Reads,
    case: &Case,
) -> Result<Vec<Insert>, Trouble> {
    let all = answers::all(reads).await?;
    let mut known: BTreeMap<Language, Known> = BTreeMap::new();
    let mut inserts = Vec::new();
    for answer in all.into_iter().filter(|answer| answer.retired_at.is_none()) {
        let (language, text) = answer.text(case.language);
        let known = match known.entry(language) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let (desk, name) = (&shift.house.desk, &shift.staff.name);
                place.insert(Known::of(reads, desk, case, name, language).await?)
            }
        };
        let text = answers::fill(text, |place| known.get(place));
        inserts.push(Insert { text, language, key: answer.key, title: answer.title });
    }
    Ok(inserts)
}

/// What was written, with the answer of that key put behind it.
pub(super) async fn put_in(
    shift: &Shift,
    case: base::id::CaseId,
    key: &str,
    written: &str,
) -> Result<String, Trouble> {
    let mut reader = shift.house.billing.store.read().await?;
    let seen = desk::cases::seen(&mut reader, &shift.eyes(), case).await?;
    let case = seen.ok_or(Trouble::NotFound)?;
    let all = gather(shift, &mut reader, &case).await?;
    let text = all.into_iter().find(|one| one.key == key).ok_or(Trouble::NotFound)?.text;
    let written = written.trim_end();
    Ok(if written.is_empty() { text } else { format!("{written}\n\n{text}") })
}
