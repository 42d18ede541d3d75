//! Payments, newest first, filtered by what staff ask for.

use askama::Template;
use axum::extract::Query;
use base::Language;
use base::id::CustomerId;
use billing::payments::{self, Filter, Payment, PaymentState};
use serde::Deserialize;
use store::Page as Rows;

use crate::answer::{Answer, html};
use crate::console::shift::Shift;
use crate::layout::ConsoleFrame;
use crate::parts::pager::Pager;

/// The list.
#[derive(Template)]
#[template(path = "console/payments/show.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) asked: Asked,
    /// What was asked for and cannot be.
    pub(crate) slip: Option<&'static str>,
    pub(crate) accounts: Vec<String>,
    pub(crate) payments: Vec<Payment>,
    pub(crate) pager: Pager,
}

/// What the address asks for. What is empty is not looked at.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    pub(crate) state: String,
    pub(crate) account: String,
    pub(crate) customer: String,
    pub(crate) attention: String,
    pub(crate) after: Option<String>,
    pub(crate) before: Option<String>,
}

impl Asked {
    fn filter(&self) -> Result<Filter, &'static str> {
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let state = some(&self.state).map(|state| state.parse::<PaymentState>()).transpose();
        let customer = some(&self.customer).map(|id| id.parse::<CustomerId>()).transpose();
        Ok(Filter {
            customer: customer
                .map_err(|_| "A customer’s id begins with cus_; to find it, use Customers.")?,
            state: state.map_err(|_| "There is no such state.")?,
            account: some(&self.account),
            needs_attention: !self.attention.is_empty(),
            from: None,
            to: None,
        })
    }

    /// The filters as part of an address, for the links to other pages of the list.
    fn query(&self) -> String {
        let pairs = [
            ("state", &self.state),
            ("account", &self.account),
            ("customer", &self.customer),
            ("attention", &self.attention),
        ];
        let asked: Vec<_> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        serde_urlencoded::to_string(asked).unwrap_or_default()
    }
}

const ROWS: u32 = 30;

/// `GET /console/payments`.
pub(crate) async fn show(shift: Shift, Query(asked): Query<Asked>) -> Answer {
    let rows = Rows::checked(Some(ROWS), asked.after.clone(), asked.before.clone())?;
    // A list of one person's payments is theirs; any other is of all.
    let whose = asked.customer.trim();
    let about = if whose.is_empty() { "payments" } else { whose };
    let (found, slip) = match asked.filter() {
        Ok(filter) => {
            let mut reader = shift.house.billing.store.read().await?;
            (payments::list(&mut reader, &filter, rows.clone()).await?, None)
        }
        Err(slip) => (Vec::new(), Some(slip)),
    };
    if !found.is_empty() {
        shift.reads_payments(about).await?;
    }
    let ids = (found.first().map(|one| one.id), found.last().map(|one| one.id));
    let page = Page {
        frame: shift.frame("Payments"),
        pager: Pager::of("/console/payments", &asked.query(), &rows, found.len(), ids),
        accounts: shift.house.billing.accounts.all().iter().map(|one| one.key.clone()).collect(),
        asked,
        slip,
        payments: found,
    };
    html(Language::En, &page)
}
