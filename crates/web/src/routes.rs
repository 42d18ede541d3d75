//! Every address of the pages, and what stands before all of them.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};

use crate::customer::{
    billing_support, charge, checkout, creators, demo, home, receipt, shop, tips, wallet, welcome,
};
use crate::guard::{Trouble, explain, note_address, protect, refuse_cross_site};
use crate::house::{House, Web};
use crate::layout::{remember_language, theme};
use crate::{assets, console};

/// The largest form anybody sends us.
const LARGEST_FORM: usize = 64 * 1024;

/// The pages, ready to be served.
///
/// Serve them with the peer's address (`into_make_service_with_connect_info`): limits count by it.
pub fn routes(web: Web) -> Router {
    let house = House::of(web);
    Router::new()
        .route("/", get(home::enter))
        .route("/theme", post(theme::choose))
        .route("/assets/{name}", get(assets::send))
        .merge(customer_routes())
        .merge(demo_routes())
        .merge(console::routes())
        .fallback(|| async { Trouble::NotFound })
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .layer(from_fn(refuse_cross_site))
        .layer(from_fn_with_state(house.clone(), remember_language))
        .layer(from_fn_with_state(house.clone(), explain))
        .layer(from_fn(protect))
        .layer(from_fn_with_state(house.clone(), note_address))
        .with_state(house)
}

fn customer_routes() -> Router<House> {
    Router::new()
        .route("/{language}", get(home::add_slash))
        .route("/{language}/", get(shop::show::show))
        .route("/{language}/buy", post(shop::buy::buy))
        .route("/{language}/checkout/{checkout}", get(checkout::show::show))
        .route("/{language}/checkout/{checkout}/pay", post(checkout::pay::pay))
        .route(
            "/{language}/checkout/{checkout}/return",
            get(checkout::outcome::show).post(checkout::outcome::take_back),
        )
        .route(
            "/{language}/checkout/{checkout}/cancel",
            get(checkout::cancel::show).post(checkout::cancel::give_up),
        )
        .route("/{language}/wallet", get(wallet::show::show))
        .route("/{language}/creators", get(creators::show::show))
        .route("/{language}/tip/{creator}", get(tips::form::show).post(tips::form::review))
        .route("/{language}/tip/{creator}/send", post(tips::send::send))
        .route("/{language}/tip/{creator}/{tip}", get(tips::sent::show))
        .route("/{language}/receipt/{payment}", get(receipt::show::show))
        .route("/{language}/charge", get(charge::form::show).post(charge::look::look))
        .route("/{language}/charge/door", post(charge::door::go))
        .route("/{language}/billing-support", get(billing_support::show::show))
        .route("/{language}/welcome", get(welcome::come_in::come_in))
        .route("/{language}/sign-out", post(welcome::go_out::go_out))
}

fn demo_routes() -> Router<House> {
    Router::new()
        .route("/demo", get(demo::show::show))
        .route("/demo/be", post(demo::be::be))
        .route("/demo/mail", get(demo::mail::list))
        .route("/demo/mail/{mail}/html", get(demo::mail::html_part))
}
