//! Forgetting somebody: what goes and what stays is shown before, what became of it after.

pub(crate) mod list;
pub(crate) mod person;

use axum::Router;
use axum::routing::{get, post};

use crate::house::House;

/// The pages about who is forgotten, and what has to wait.
pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/console/erasures", get(list::show))
        .route("/console/erasures/{erasure}/withdraw", post(person::withdraw))
        .route("/console/erasures/person/{person}", get(person::show).post(person::ask))
        .route("/console/erasures/customer/{customer}", post(person::of_customer))
}
