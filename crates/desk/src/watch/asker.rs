//! In whose name a case of the money side is.

use base::id::CustomerId;
use base::{Language, Stop};
use store::Tx;

use super::rule::Asker;
use crate::Desk;
use crate::people::{self, AddressKind, Audience, Hint, Person};

/// Where the house's own person is found; nothing is ever sent there.
const HOUSE: &str = "paydesk:billing";

/// The house as a person: whoever asks where nobody outside does.
pub(crate) async fn house(tx: &mut Tx, desk: &Desk) -> Result<Person, Stop> {
    let hint = Hint {
        name: Some(desk.billing.site.name.clone()),
        language: Language::En,
        audience: Audience::Customer,
    };
    let env = &desk.billing.env;
    Ok(people::meet(tx, env, AddressKind::Other, HOUSE, &hint).await?.0)
}

pub(super) async fn who(
    tx: &mut Tx,
    desk: &Desk,
    asker: Asker,
    customer: Option<CustomerId>,
) -> Result<Person, Stop> {
    match (asker, customer) {
        (Asker::Customer, Some(customer)) => {
            people::of_customer(tx, &desk.billing.env, customer).await
        }
        (Asker::Customer, None) | (Asker::House, _) => house(tx, desk).await,
    }
}
