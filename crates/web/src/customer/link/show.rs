//! The page with the code that is sent over a messenger.

use askama::Template;
use desk::social::{Code, Kind, make_code};

use crate::answer::{Answer, html};
use crate::guard::session::Visit;
use crate::guard::{Room, Trouble};
use crate::layout::{Frame, Place};

/// What the page shows.
#[derive(Template)]
#[template(path = "customer/link/show.html")]
pub(crate) struct Page {
    pub(crate) frame: Frame,
    pub(crate) code: Option<Code>,
    /// Which messengers there are.
    pub(crate) names: Vec<&'static str>,
}

/// `GET /{language}/link`: what it is for, and the button.
pub(crate) async fn show(visit: Visit) -> Answer {
    visit.customer()?;
    page(&visit, None)
}

/// `POST /{language}/link`: makes a code, shown once.
pub(crate) async fn make(visit: Visit) -> Answer {
    let customer = visit.customer()?.customer.id;
    visit.house.limits.count(Room::Secret, visit.address.0, visit.now)?;
    let env = &visit.house.billing.env;
    let code = store::write!(visit.house.billing.store, |tx| make_code(tx, env, customer).await)?;
    page(&visit, Some(code))
}

fn page(visit: &Visit, code: Option<Code>) -> Answer {
    let mut names: Vec<&'static str> = visit
        .house
        .desk
        .settings
        .social
        .channels
        .iter()
        .filter_map(|channel| match channel.kind {
            Kind::WhatsApp(_) => Some("WhatsApp"),
            Kind::Telegram(_) => Some("Telegram"),
            Kind::Signed(_) => None,
        })
        .collect();
    names.dedup();
    if visit.house.desk.settings.social.channels.is_empty() {
        return Err(Trouble::NotFound);
    }
    let frame = visit.frame(visit.words.text("social-title"), Place::Elsewhere);
    html(visit.language(), &Page { frame, code, names })
}
