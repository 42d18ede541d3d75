//! The list of staff, and the form for a new colleague.

use askama::Template;
use base::id::StaffId;
use base::{Language, Secret};
use identity::staff::{self, Role, Staff};
use store::Page as Rows;

use crate::answer::{Answer, html};
use crate::console::permit::Deed;
use crate::console::shift::Shift;
use crate::guard::Trouble;
use crate::layout::ConsoleFrame;

/// The page.
#[derive(Template)]
#[template(path = "console/people/show.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) people: Vec<Staff>,
    pub(crate) own: StaffId,
    pub(crate) slip: Option<String>,
    pub(crate) link: Option<Shown>,
    pub(crate) written: Written,
    pub(crate) roles: [Role; 4],
}

/// A sign-in link, shown once.
pub(crate) struct Shown {
    pub(crate) name: String,
    pub(crate) address: String,
}

/// What was written into the form.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Written {
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) role: String,
}

/// `GET /console/people`.
pub(crate) async fn show(shift: Shift) -> Answer {
    html(Language::En, &page(&shift, None, None, Written::default()).await?)
}

/// The page, perhaps with a link to hand on or with what was wrong.
pub(super) async fn page(
    shift: &Shift,
    link: Option<Shown>,
    slip: Option<String>,
    written: Written,
) -> Result<Page, Trouble> {
    shift.must(Deed::ManagePeople)?;
    let mut reader = shift.house.billing.store.read().await?;
    let people = staff::list(&mut reader, Rows::first(Rows::MOST)).await?;
    let frame = shift.frame("People");
    Ok(Page { frame, people, own: shift.staff.id, slip, link, written, roles: Role::ALL })
}

/// The address behind a link's secret.
pub(super) fn shown(shift: &Shift, name: &str, secret: &Secret) -> Shown {
    let path = format!("/console/link?key={}", secret.reveal());
    Shown { name: name.to_owned(), address: shift.house.billing.site.address(&path) }
}
