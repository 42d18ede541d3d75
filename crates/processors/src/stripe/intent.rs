//! What an intent says about money, whoever sends it: an answer, an event or a look-up.

use base::Money;
use processor::{Card, Decline};

use super::objects::{self, Intent, Linked};
use super::{declines, money};

impl Intent {
    /// What was taken.
    ///
    /// Versions of the API and stand-ins that do not say it leave the amount of an intent that is
    /// captured by itself; one that is captured by hand may have been captured in part.
    pub(super) fn received(&self) -> Result<Money, String> {
        let by_hand = self.capture_method.as_deref() == Some("manual");
        let units = match self.amount_received {
            Some(units) => units,
            None if by_hand => return Err("it does not say how much was captured".to_owned()),
            None => self.amount,
        };
        money::positive(units, &self.currency)
    }

    /// What is held.
    pub(super) fn held(&self) -> Result<Money, String> {
        money::positive(self.amount_capturable.unwrap_or(self.amount), &self.currency)
    }

    /// Our reference.
    pub(super) fn reference(&self) -> Option<String> {
        objects::reference(self.metadata.as_ref())
    }

    /// Whether a page of Stripe's collects it: there the customer may try again.
    pub(super) fn has_page(&self) -> bool {
        self.metadata.as_ref().is_some_and(|texts| texts.contains_key(objects::PAGE))
    }

    /// Why not, if it says.
    pub(super) fn decline(&self) -> Decline {
        match &self.last_payment_error {
            Some(error) => declines::of(error),
            None => {
                declines::word(self.cancellation_reason.as_deref().unwrap_or(self.status.as_str()))
            }
        }
    }

    /// What is known of the card.
    pub(super) fn card(&self) -> Option<Card> {
        let charge = self.latest_charge.as_ref().and_then(Linked::whole);
        let paid = charge.and_then(|charge| charge.payment_method_details.as_ref());
        let failed =
            self.last_payment_error.as_ref().and_then(|error| error.payment_method.as_ref());
        objects::card(paid.or(failed).and_then(|details| details.card.as_ref()))
    }

    /// The id of its latest charge.
    pub(super) fn charge(&self) -> Option<&str> {
        self.latest_charge.as_ref().map(|link| match link {
            Linked::Id(id) => id.as_str(),
            Linked::Whole(charge) => charge.id.as_str(),
        })
    }

    /// What may be charged again, if the intent was made to keep it: `pm_…`, or `cus_…:pm_…` if it
    /// belongs to a customer of Stripe's.
    pub(super) fn stored(&self) -> Option<String> {
        self.setup_future_usage.as_ref()?;
        let method = objects::id(self.payment_method.as_ref())?;
        Some(match objects::id(self.customer.as_ref()) {
            Some(customer) => format!("{customer}:{method}"),
            None => method,
        })
    }

    /// Whether money was held when it was canceled.
    pub(super) fn was_held(&self) -> bool {
        self.capture_method.as_deref() == Some("manual")
            && self.latest_charge.is_some()
            && self.last_payment_error.is_none()
    }
}
