//! A raw mail is handed over: it is kept before it is answered, and read afterwards.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, HttpBody as _};
use axum::extract::State;
use axum::http::StatusCode;
use base::id::RawMailId;
use base::{Kind, Refusal};
use desk::mail_in::{self, Arrived, Kept};
use http_body_util::{BodyExt as _, Limited};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::ask::{Asked, Reply};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;

/// The door, as staff see it.
const DOOR: &str = "api";
/// How long a mail may take to arrive.
const PATIENCE: Duration = Duration::from_secs(25);
/// How many recipients are written down.
const MOST_READERS: usize = 50;

/// The mail broke off.
const BROKEN: Refusal = Refusal::new(
    Kind::Malformed,
    "mail_broken_off",
    "the mail did not arrive whole within 25 seconds; send it again",
);
/// There is no mail.
const EMPTY: Refusal =
    Refusal::new(Kind::Malformed, "mail_empty", "send the raw mail (RFC 5322) as the body");

/// What the envelope said.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Query {
    /// The return path; empty if it was null. Leave it out if you do not know it.
    #[param(example = "ana@example.org")]
    from: Option<String>,
    /// The recipients, with commas between.
    #[param(example = "help@shop.example")]
    to: Option<String>,
}

/// A mail that was taken.
#[derive(Serialize, ToSchema)]
#[schema(as = RawMail)]
pub struct Taken {
    #[schema(value_type = String, example = "raw_01k2h7v3b5d8m9xq4r6s2t1w0y")]
    id: RawMailId,
    /// Always `raw_mail`.
    #[schema(example = "raw_mail")]
    object: &'static str,
    /// Whether real money moves.
    livemode: bool,
    /// Whether the same mail was handed over before; then nothing was written.
    earlier: bool,
}

/// Hand a raw mail over. It is ours once this is answered, and is read soon after. The same bytes
/// are taken once, so sending them again does no harm.
#[utoipa::path(
    post,
    path = "/v1/mail",
    tag = "mail",
    operation_id = "hand_over_mail",
    params(Query),
    request_body(
        content = Vec<u8>,
        content_type = "message/rfc822",
        description = "The mail as it came; 35 MiB at most.",
    ),
    responses((status = 202, description = "The mail is kept.", body = Taken)),
)]
pub async fn hand_over(
    State(door): State<Arc<Door>>,
    _: Caller<may::WriteMail>,
    Asked(query): Asked<Query>,
    body: Body,
) -> Result<Reply, Problem> {
    let bytes = whole(body).await?;
    let readers = query.to.as_deref().unwrap_or_default().split(',').map(str::trim);
    let readers = readers.filter(|one| (1..=320).contains(&one.len())).take(MOST_READERS);
    let readers: Vec<String> = readers.map(str::to_owned).collect();
    let from = query.from.as_deref().map(|from| from.trim().trim_matches(['<', '>']));
    let arrived = Arrived {
        envelope_from: from.filter(|from| from.len() <= 320),
        envelope_to: &readers,
        ..Arrived::whole(DOOR, &bytes)
    };
    let env = door.env();
    let kept = store::write!(door.billing.store, |tx| mail_in::keep(tx, env, &arrived).await)?;
    let taken = Taken {
        id: kept.id(),
        object: "raw_mail",
        livemode: door.livemode,
        earlier: matches!(kept, Kept::Known(_)),
    };
    Ok(Reply::new(StatusCode::ACCEPTED, &taken)?)
}

async fn whole(body: Body) -> Result<Vec<u8>, Problem> {
    let most = mail_in::LARGEST;
    if body.size_hint().lower() > u64::try_from(most).unwrap_or(u64::MAX) {
        return Err(mail_in::TOO_LARGE.into());
    }
    let collected = Limited::new(body, most).collect();
    match tokio::time::timeout(PATIENCE, collected).await {
        Ok(Ok(body)) => {
            let bytes = body.to_bytes();
            if bytes.is_empty() { Err(EMPTY.into()) } else { Ok(bytes.to_vec()) }
        }
        Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => {
            Err(mail_in::TOO_LARGE.into())
        }
        Ok(Err(_)) | Err(_) => Err(BROKEN.into()),
    }
}
