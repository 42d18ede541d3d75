//! Finding a customer by our id, by the host site's id, or by mail address.

use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect};
use base::Language;
use base::id::{CustomerId, PaymentId};
use billing::payments;
use identity::customers::{self, Customer};
use serde::Deserialize;
use store::Page as Rows;

use crate::answer::{Answer, html};
use crate::console::shift::Shift;
use crate::guard::Trouble;
use crate::layout::ConsoleFrame;
use crate::parts::pager::Pager;

/// The look-up, and the newest customers.
#[derive(Template)]
#[template(path = "console/customers/search.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) wanted: String,
    /// Nobody was found.
    pub(crate) nobody: bool,
    pub(crate) customers: Vec<Customer>,
    pub(crate) pager: Pager,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    wanted: String,
    after: Option<String>,
    before: Option<String>,
}

const ROWS: u32 = 30;
const LONGEST: usize = 254;

/// `GET /console/customers`.
pub(crate) async fn search(shift: Shift, Query(asked): Query<Asked>) -> Answer {
    let wanted = asked.wanted.trim().to_owned();
    let mut nobody = false;
    if !wanted.is_empty() {
        let mut found = find(&shift, &wanted).await?;
        if found.len() == 1
            && let Some(only) = found.pop()
        {
            return Ok(Redirect::to(&format!("/console/customers/{}", only.id)).into_response());
        }
        if !found.is_empty() {
            let frame = shift.frame("Customers");
            let pager = Pager::default();
            let page = Page { frame, wanted, nobody, customers: found, pager };
            return html(Language::En, &page);
        }
        nobody = true;
    }
    let rows = Rows::checked(Some(ROWS), asked.after, asked.before)?;
    let mut reader = shift.house.billing.store.read().await?;
    let found = customers::list(&mut reader, rows.clone()).await?;
    let ids = (found.first().map(|one| one.id), found.last().map(|one| one.id));
    let page = Page {
        frame: shift.frame("Customers"),
        wanted,
        nobody,
        pager: Pager::of("/console/customers", "", &rows, found.len(), ids),
        customers: found,
    };
    html(Language::En, &page)
}

/// Whoever it may be, by whatever was typed.
async fn find(shift: &Shift, wanted: &str) -> Result<Vec<Customer>, Trouble> {
    if wanted.len() > LONGEST {
        return Ok(Vec::new());
    }
    let mut reader = shift.house.billing.store.read().await?;
    if let Ok(id) = wanted.parse::<CustomerId>() {
        return Ok(customers::find(&mut reader, id).await?.into_iter().collect());
    }
    if let Ok(id) = wanted.parse::<PaymentId>() {
        let Some(payment) = payments::find(&mut reader, id).await? else { return Ok(Vec::new()) };
        return Ok(customers::find(&mut reader, payment.customer).await?.into_iter().collect());
    }
    if let Some(customer) = customers::find_by_external_ref(&mut reader, wanted).await? {
        return Ok(vec![customer]);
    }
    Ok(customers::find_by_email(&mut reader, wanted).await?)
}
