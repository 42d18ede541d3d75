//! A customer: the wallet, the payments, what became of the tokens.

use askama::Template;
use axum::extract::Path;
use base::Language;
use base::id::CustomerId;
use billing::payments::{self, Filter, Payment};
use billing::tokens::{self, Entry, Lot, Wallet};
use identity::customers::{self, Customer};
use store::Page as Rows;

use crate::answer::{Answer, html};
use crate::console::permit::Deed;
use crate::console::shift::Shift;
use crate::guard::Trouble;
use crate::layout::ConsoleFrame;

/// The customer.
#[derive(Template)]
#[template(path = "console/customers/show.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) customer: Customer,
    pub(crate) wallet: Wallet,
    pub(crate) payments: Vec<Payment>,
    pub(crate) entries: Vec<Entry>,
    pub(crate) lots: Vec<Lot>,
    /// Whether whoever looks may have them forgotten.
    pub(crate) may_erase: bool,
}

const ROWS: u32 = 20;

/// `GET /console/customers/{customer}`.
pub(crate) async fn show(shift: Shift, Path(id): Path<CustomerId>) -> Answer {
    let billing = &shift.house.billing;
    let mut reader = billing.store.read().await?;
    let customer = customers::find(&mut reader, id).await?.ok_or(Trouble::NotFound)?;
    let filter = Filter { customer: Some(id), ..Filter::default() };
    let payments = payments::list(&mut reader, &filter, Rows::first(ROWS)).await?;
    let lots = tokens::lots_of(&mut reader, id).await?;
    drop(reader);
    shift.reads_payments(id).await?;
    let page = Page {
        frame: shift.frame(customer.name.clone().unwrap_or_else(|| "Customer".to_owned())),
        wallet: tokens::wallet(billing, id).await?,
        entries: tokens::history(billing, id, Rows::first(ROWS)).await?,
        customer,
        payments,
        lots,
        may_erase: shift.may(Deed::Erase),
    };
    html(Language::En, &page)
}
