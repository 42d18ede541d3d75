//! Who may see a checkout: whoever has its key, and the customer whose it is.

use base::id::CheckoutId;
use base::{Fault, Refusal, Secret, Timestamp};
use billing::Account;
use billing::checkouts::{self, Checkout};
use billing::payments::{self, Attempt, Payment};
use billing::routing;
use serde::Deserialize;

use super::Standing;
use crate::guard::cookies::Keep;
use crate::guard::session::Visit;
use crate::guard::{Room, Trouble};
use crate::parts::name_of;

/// The key in an address or in a form.
#[derive(Default, Deserialize)]
pub(crate) struct Key {
    pub(crate) key: Option<String>,
}

/// A checkout that its customer looks at.
pub(crate) struct Opened {
    pub(crate) checkout: Checkout,
    pub(crate) payment: Payment,
    pub(crate) latest: Option<Attempt>,
    /// The key it was opened with, if it was.
    pub(crate) key: Option<String>,
}

impl Opened {
    /// The checkout, if the visitor may see it.
    pub(crate) async fn find(
        visit: &Visit,
        id: CheckoutId,
        key: Option<&str>,
    ) -> Result<Opened, Trouble> {
        let house = &visit.house;
        let kept = visit.kept(Keep::Checkout);
        let kept = kept.as_deref().and_then(|kept| kept.split_once('.'));
        let kept = kept.filter(|(of, _)| *of == id.to_string()).map(|(_, key)| key);
        let mut reader = house.billing.store.read().await?;
        let mut found = None;
        for key in key.into_iter().chain(kept).filter(|key| key.len() <= 100) {
            if found.is_none() {
                let secret = Secret::from_text(key);
                found = checkouts::find_by_secret(&mut reader, id, &secret)
                    .await?
                    .map(|checkout| (checkout, Some(key.to_owned())));
            }
        }
        if found.is_none() {
            house.limits.count(Room::Secret, visit.address.0, visit.now)?;
            let own = checkouts::find(&mut reader, id).await?;
            found = own.filter(|own| visit.is(own.customer)).map(|checkout| (checkout, None));
        }
        let (checkout, key) = found.ok_or(Trouble::NotFound)?;
        let payment = payments::find(&mut reader, checkout.payment).await?;
        let payment = payment.ok_or(Trouble::NotFound)?;
        let latest = payments::attempts_of(&mut reader, payment.id).await?.pop();
        Ok(Opened { checkout, payment, latest, key })
    }

    /// How things stand.
    pub(crate) fn standing(&self, now: Timestamp) -> Standing {
        let standing = Standing::of(&self.checkout, &self.payment, self.latest.as_ref());
        match standing {
            Standing::ToPay { begun: false } if self.checkout.expires_at <= now => {
                Standing::Expired
            }
            standing => standing,
        }
    }

    /// What customers call the house that takes the payment, or would.
    pub(crate) async fn processor(&self, visit: &Visit) -> Result<String, Fault> {
        let accounts = &visit.house.billing.accounts;
        let tried = self.latest.as_ref().and_then(|attempt| accounts.get(&attempt.account));
        let account = match tried {
            Some(account) => Some(account),
            None => self.account(visit).await?.ok(),
        };
        Ok(account.map(name_of).unwrap_or_default())
    }

    /// The account that takes the payment: the one of the attempt that is open, or the one that
    /// routing would choose now.
    pub(crate) async fn account<'a>(
        &self,
        visit: &'a Visit,
    ) -> Result<Result<&'a Account, Refusal>, Fault> {
        let billing = &visit.house.billing;
        let open = self.latest.as_ref().filter(|attempt| attempt.state.is_unresolved());
        if let Some(account) = open.and_then(|attempt| billing.accounts.get(&attempt.account)) {
            return Ok(Ok(account));
        }
        let mut reader = billing.store.read().await?;
        routing::expected(&mut reader, &billing.routes, &self.payment).await
    }

    /// What follows this checkout's address.
    pub(crate) fn path(&self, visit: &Visit, rest: &str) -> String {
        visit.path(&format!("/checkout/{}{rest}", self.checkout.id))
    }
}
