//! Things named by an id in the path; a path that names nothing is a 404, not a 400.

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use base::id::{self, IdKind};
use base::{Id, Kind, Refusal};

use crate::problem::Problem;

/// A kind of thing that the API shows by id.
pub trait Thing: IdKind {
    /// What is said where there is none with that id.
    const MISSING: Refusal;
}

macro_rules! things {
    ($($kind:ident $code:literal $detail:literal;)*) => {
        $(impl Thing for id::$kind {
            const MISSING: Refusal = Refusal::new(Kind::NotFound, $code, $detail);
        })*
    };
}

things! {
    Customer "customer_not_found" "there is no customer with this id; ids begin with cus_";
    Creator "creator_not_found" "there is no creator with this id; ids begin with cre_";
    TokenPack "token_pack_not_found" "there is no token pack with this id; ids begin with tpk_";
    Checkout "checkout_not_found" "there is no checkout with this id; ids begin with chk_";
    Payment "payment_not_found" "there is no payment with this id; ids begin with pay_";
    Tip "tip_not_found" "there is no tip with this id; ids begin with tip_";
    Case "case_not_found" "there is no case with this id; ids begin with cas_";
    Event "event_not_found" "there is no event with this id; ids begin with evt_";
    WebhookEndpoint "webhook_endpoint_not_found"
        "there is no webhook endpoint with this id; ids begin with whe_";
    WebhookDelivery "webhook_delivery_not_found"
        "there is no webhook delivery with this id; ids begin with whd_";
}

/// The id in the path.
pub struct Named<K: Thing>(pub Id<K>);

impl<S: Sync + Send, K: Thing> FromRequestParts<S> for Named<K> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Named<K>, Problem> {
        let params = RawPathParams::from_request_parts(parts, state).await;
        let id = params.ok().and_then(|params| {
            let (_, text) = params.iter().next()?;
            text.parse().ok()
        });
        id.map(Named).ok_or_else(|| K::MISSING.into())
    }
}
