//! Which key is this?

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use base::Timestamp;
use base::id::ApiKeyId;
use identity::api_keys::ApiKey;
use serde::Serialize;
use utoipa::ToSchema;

use crate::ask::Reply;
use crate::door::Door;
use crate::problem::Problem;

/// The key a request came with.
#[derive(Serialize, ToSchema)]
#[schema(as = ApiKey)]
pub struct Shown {
    #[schema(value_type = String, example = "key_01k2h7v3b5d8m9xq4r6s2t1w0y")]
    id: ApiKeyId,
    /// Always `api_key`.
    #[schema(example = "api_key")]
    object: &'static str,
    /// Whether real money moves.
    livemode: bool,
    /// What your staff call it.
    #[schema(example = "web shop")]
    name: String,
    /// What it may do; who may write may read.
    #[schema(example = json!(["payments:write", "tips:write"]))]
    scopes: Vec<String>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

/// Look at the key that you use.
#[utoipa::path(
    get,
    path = "/v1/me",
    tag = "me",
    operation_id = "get_me",
    responses((status = 200, description = "The key.", body = Shown)),
)]
pub async fn show(
    State(door): State<Arc<Door>>,
    Extension(key): Extension<Arc<ApiKey>>,
) -> Result<Reply, Problem> {
    Ok(Reply::ok(&Shown {
        id: key.id,
        object: "api_key",
        livemode: door.livemode,
        name: key.name.clone(),
        scopes: key.scopes.iter().map(|scope| scope.to_string()).collect(),
        created_at: key.created_at,
    })?)
}
