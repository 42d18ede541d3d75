//! Every address of a case.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use super::panel::deeds as money;
use super::{
    deeds, draft, file, macros, mail_html, media, new, presence, send, show, tie, withdraw,
};
use crate::house::House;

/// Five files of ten megabytes, and the words beside them.
const LARGEST_ANSWER: usize = 51 * 1024 * 1024;

/// The pages and deeds of a case.
pub(crate) fn routes() -> Router<House> {
    let send = post(send::send).layer(DefaultBodyLimit::max(LARGEST_ANSWER));
    Router::new()
        .route("/console/cases/new", get(new::show).post(new::open))
        .route("/console/cases/{case}", get(show::show))
        .route("/console/cases/{case}/messages", send)
        .route("/console/cases/{case}/messages/{message}/withdraw", post(withdraw::withdraw))
        .route(
            "/console/cases/{case}/messages/{message}/html",
            get(mail_html::html).post(mail_html::html_with_pictures),
        )
        .route("/console/cases/{case}/messages/{message}/media/{media}", post(media::again))
        .route("/console/cases/{case}/messages/{message}/split", post(tie::split))
        .route("/console/cases/{case}/messages/{message}/files/{file}", get(file::file))
        .route("/console/cases/{case}/beat", post(presence::beat))
        .route("/console/cases/{case}/leave", post(presence::leave))
        .route("/console/cases/{case}/draft/take", post(draft::take))
        .route("/console/cases/{case}/change", post(deeds::change))
        .route("/console/cases/{case}/macros/{macro}", get(macros::look).post(macros::run))
        .route("/console/cases/{case}/merge", post(tie::merge))
        .route("/console/cases/{case}/unmerge", post(tie::unmerge))
        .route("/console/cases/{case}/credit", post(money::credit))
        .route("/console/cases/{case}/attach", post(money::attach))
        .route("/console/cases/{case}/payments/{payment}/ask", post(money::ask))
        .route("/console/cases/{case}/payments/{payment}/receipt", post(money::receipt))
        .route("/console/cases/{case}/notices/{notice}/replay", post(money::replay))
}
