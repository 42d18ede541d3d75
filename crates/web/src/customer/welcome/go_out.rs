//! Signing out: the session ends for good, not only in this browser.

use axum::response::{IntoResponse, Redirect};
use base::Secret;
use identity::sessions;

use crate::answer::Answer;
use crate::guard::cookies::Keep;
use crate::guard::session::Visit;

/// `POST /{language}/sign-out`.
pub(crate) async fn go_out(visit: Visit) -> Answer {
    let house = &visit.house;
    if let Some(secret) = visit.kept(Keep::Customer) {
        let secret = Secret::from_text(secret);
        let mut reader = house.billing.store.read().await?;
        let session = sessions::find(&mut reader, visit.now, &secret).await?;
        drop(reader);
        if let Some(session) = session {
            store::write!(house.billing.store, |tx| {
                sessions::end(tx, visit.now, session.who, session.id).await.map_err(Into::into)
            })?;
        }
    }
    let mut response = Redirect::to(&visit.path("/")).into_response();
    Keep::Customer.forget(house, response.headers_mut());
    Keep::Checkout.forget(house, response.headers_mut());
    Ok(response)
}
