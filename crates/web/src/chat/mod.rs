//! Live chat for visitors: the calls of the widget, its script, and the pages around it.
//!
//! The calls stand apart from the pages: they are asked from other sites, carry a token instead of
//! a cookie, and are refused in JSON.

mod admit;
mod begin;
pub(crate) mod confirm;
pub(crate) mod demo;
mod files;
mod guest;
mod listen;
mod problem;
mod shape;
mod talk;
mod widget;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use base::{Kind, Refusal};

use crate::guard::{note_address, protect};
use crate::house::House;

/// The largest call but a file.
const LARGEST: usize = 64 * 1024;

/// There is no such call.
const NO_CALL: Refusal = Refusal::new(Kind::NotFound, "route_unknown", "there is no such call");

/// The calls of the widget, and its script.
pub(crate) fn routes(house: House) -> Router {
    let upload = post(files::hand_in).layer(DefaultBodyLimit::max(desk::files::LARGEST + 1));
    let calls = Router::new()
        .route("/greeting", get(begin::greet))
        .route("/session", post(begin::open))
        .route("/stream", get(listen::listen))
        .route("/messages", get(talk::read).post(talk::write))
        .route("/uploads", upload)
        .route("/files/{file}", get(files::fetch))
        .route("/typing", post(talk::typing))
        .route("/seen", post(talk::seen))
        .route("/leave", post(talk::leave))
        .route("/email", post(talk::mail))
        .route("/ticket", post(talk::ticket))
        .route("/rate", post(talk::rate))
        .fallback(|| async { problem::Problem::from(NO_CALL) })
        .layer(from_fn_with_state(house.clone(), admit::admit));
    Router::new()
        .nest("/chat/v1", calls)
        .route("/widget/chat.js", get(widget::send))
        .layer(DefaultBodyLimit::max(LARGEST))
        .layer(from_fn(protect))
        .layer(from_fn_with_state(house.clone(), note_address))
        .with_state(house)
}
