//! The form for what somebody knows of a charge. The one answer for "no", "not enough" and "too
//! many" is this page too, letter for letter the same.

use askama::Template;
use axum::response::Response;
use base::Secret;
use billing::catalog::{self, Showing};
use store::Page as Rows;

use crate::answer::{Answer, html};
use crate::guard::Trouble;
use crate::guard::cookies::Keep;
use crate::guard::session::Visit;
use crate::layout::{Frame, Place};

/// No device name of ours is longer.
const LONGEST_DEVICE: usize = 64;

/// The form.
#[derive(Template)]
#[template(path = "customer/charge/form.html")]
pub(crate) struct Page {
    pub(crate) frame: Frame,
    /// Somebody has looked and is not told.
    pub(crate) nothing: bool,
    /// The codes of what can be paid in here.
    pub(crate) currencies: Vec<&'static str>,
    /// How a line on a statement may read.
    pub(crate) example: Option<String>,
}

/// Whether the page stands alone or answers a look-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// It asks.
    Nothing,
    /// It says that there is nothing to say.
    CannotSay,
}

/// `GET /{language}/charge`.
pub(crate) async fn show(visit: Visit) -> Answer {
    let page = page(&visit, Says::Nothing).await?;
    let mut response = html(visit.language(), &page)?;
    keep(&visit, &device(&visit), &mut response);
    Ok(response)
}

/// The page, ready to be filled in.
pub(super) async fn page(visit: &Visit, says: Says) -> Result<Page, Trouble> {
    let billing = &visit.house.billing;
    let mut reader = billing.store.read().await?;
    let packs = catalog::list(&mut reader, Rows::first(Rows::MOST), Showing::All).await?;
    drop(reader);
    let sold = packs.iter().flat_map(|pack| &pack.prices).map(|price| price.currency);
    let taken = billing.accounts.all().iter().flat_map(|account| account.currencies.clone());
    let mut currencies: Vec<&str> = sold.chain(taken).map(base::Currency::code).collect();
    currencies.sort_unstable();
    currencies.dedup();
    let mut lines = billing.accounts.all().iter().map(|account| account.descriptor.clone());
    Ok(Page {
        frame: visit.frame(visit.words.text("charge-title"), Place::Elsewhere),
        nothing: says == Says::CannotSay,
        currencies,
        example: lines.find(|line| !line.is_empty()),
    })
}

/// What this browser is called by us, so that its tries are counted wherever it is.
pub(super) fn device(visit: &Visit) -> String {
    let kept = visit.kept(Keep::Device).filter(|kept| (1..=LONGEST_DEVICE).contains(&kept.len()));
    kept.unwrap_or_else(|| Secret::new(&visit.house.billing.env.chance).reveal().to_owned())
}

/// Lets a browser keep its name, unless it does.
pub(super) fn keep(visit: &Visit, device: &str, response: &mut Response) {
    if visit.kept(Keep::Device).as_deref() != Some(device) {
        Keep::Device.set(&visit.house, device, response.headers_mut());
    }
}
