//! The column of views, with how many cases each holds.

use base::Language;
use base::id::ViewId;
use desk::cases::{self, Count, Eyes};
use desk::inbox::{self, SYSTEM, SystemView, Wanted};
use store::Reads;
use words::Words;

use crate::console::shift::Shift;
use crate::guard::Trouble;

/// A view in the column.
pub(crate) struct ViewLine {
    /// Its word in addresses.
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) icon: &'static str,
    pub(crate) wanted: Wanted,
    pub(crate) many: String,
    /// Saved by staff.
    pub(crate) saved: Option<ViewId>,
    /// By whoever looks, so that they may forget it.
    pub(crate) own: bool,
}

impl ViewLine {
    fn of_system(view: &SystemView) -> ViewLine {
        ViewLine {
            key: view.key.to_owned(),
            name: view.name.to_owned(),
            icon: view.icon,
            wanted: view.wanted(),
            many: String::new(),
            saved: None,
            own: false,
        }
    }
}

/// All views of whoever looks: those that everybody has, then saved ones. Counted.
pub(crate) async fn gather(
    shift: &Shift,
    reads: &mut impl Reads,
    eyes: &Eyes,
) -> Result<Vec<ViewLine>, Trouble> {
    let system = SYSTEM.iter().filter(|view| view.is_for(shift.staff.role));
    let mut lines: Vec<ViewLine> = system.map(ViewLine::of_system).collect();
    for view in inbox::views_of(reads, shift.staff.id).await? {
        lines.push(ViewLine {
            key: view.id.to_string(),
            icon: if view.shared { "shop" } else { "heart" },
            own: view.owner == shift.staff.id,
            saved: Some(view.id),
            name: view.name,
            wanted: view.wanted,
            many: String::new(),
        });
    }
    for line in &mut lines {
        let filter = line.wanted.filter(shift.staff.id, shift.now);
        line.many = written(cases::count(reads, eyes, &filter).await?);
    }
    Ok(lines)
}

/// `12`, `1,000+`.
pub(crate) fn written(count: Count) -> String {
    let number = Words::of(Language::En).number(count.number);
    if count.more { format!("{number}+") } else { number }
}
