//! Every address of the pages, and what stands before all of them.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};

use crate::customer::{
    billing_support, case, cases, charge, checkout, contact, creators, demo, help, home, link,
    receipt, shop, surveys, tips, wallet, welcome,
};
use crate::guard::{Trouble, explain, note_address, protect, refuse_cross_site};
use crate::house::{House, Web};
use crate::layout::{remember_language, theme};
use crate::{assets, chat, console, social};

/// The largest form anybody sends us.
const LARGEST_FORM: usize = 64 * 1024;

/// The pages, ready to be served.
///
/// Serve them with the peer's address (`into_make_service_with_connect_info`): limits count by it.
pub fn routes(web: Web) -> Router {
    let house = House::of(web);
    let calls = chat::routes(house.clone()).merge(social::routes(house.clone()));
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
        .merge(calls)
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
        .route("/{language}/link", get(link::show::show).post(link::show::make))
        .route("/{language}/creators", get(creators::show::show))
        .route("/{language}/tip/{creator}", get(tips::form::show).post(tips::form::review))
        .route("/{language}/tip/{creator}/send", post(tips::send::send))
        .route("/{language}/tip/{creator}/{tip}", get(tips::sent::show))
        .route("/{language}/receipt/{payment}", get(receipt::show::show))
        .route("/{language}/charge", get(charge::form::show).post(charge::look::look))
        .route("/{language}/charge/door", post(charge::door::go))
        .route("/{language}/billing-support", get(billing_support::show::show))
        .route(
            "/{language}/chat/mail/{secret}",
            get(chat::confirm::show).post(chat::confirm::prove),
        )
        .merge(contact_routes())
        .merge(help_routes())
        .route("/{language}/welcome", get(welcome::come_in::come_in))
        .route("/{language}/sign-out", post(welcome::go_out::go_out))
}

fn help_routes() -> Router<House> {
    Router::new()
        .route("/{language}/help", get(help::home::show))
        .route("/{language}/help/search", get(help::search::show))
        .route("/{language}/help/{door}", get(help::door::show))
        .route("/{language}/help/{door}/{category}", get(help::category::show))
        .route("/{language}/help/{door}/{category}/{slug}", get(help::article::show))
        .route("/{language}/help/{door}/{category}/{slug}/vote", post(help::vote::say))
}

fn contact_routes() -> Router<House> {
    let with_files = DefaultBodyLimit::max(contact::sheet::LARGEST);
    Router::new()
        .route("/{language}/contact", post(contact::send::send))
        .route("/{language}/case/{link}/say", post(case::deeds::say_by_link))
        .route("/{language}/cases/{case}/say", post(case::deeds::say_by_session))
        .layer(with_files)
        .route("/{language}/contact", get(contact::form::show))
        .route("/{language}/contact/suggest", get(contact::suggest::show))
        .route("/{language}/contact/mail", get(contact::mail::show))
        .route("/{language}/case/{link}", get(case::show::by_link))
        .route("/{language}/case/{link}/opinion", get(case::opinion::show).post(case::opinion::say))
        .route(
            "/{language}/surveys/stop/{word}",
            get(surveys::stop::show).post(surveys::stop::stop),
        )
        .route("/{language}/case/{link}/{deed}", post(case::deeds::by_link))
        .route("/{language}/case/{link}/file/{message}/{file}", get(case::file::by_link))
        .route("/{language}/cases", get(cases::list::show))
        .route("/{language}/cases/{case}", get(case::show::by_session))
        .route("/{language}/cases/{case}/{deed}", post(case::deeds::by_session))
        .route("/{language}/cases/{case}/file/{message}/{file}", get(case::file::by_session))
}

fn demo_routes() -> Router<House> {
    Router::new()
        .route("/demo", get(demo::show::show))
        .route("/demo/be", post(demo::be::be))
        .route("/demo/chat", get(chat::demo::show))
        .route("/demo/mail", get(demo::mail::list))
        .route("/demo/mail/{mail}/html", get(demo::mail::html_part))
}
